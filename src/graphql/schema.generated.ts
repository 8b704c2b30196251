// Generated from schema/*.graphql by `npm run codegen`. Change the schema, not this file.
import type { GraphQLResolveInfo } from 'graphql';
import type { BlockParent, FamilyParent, HeadParent, ImageSetParent, LayerParent, ModelParent, MatrixSideParent, ModelCardParent, PassParent, PassStateParent, PoolingParent, SimilarityParent } from './parents.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
};

/** How often the right class has the highest logit, or one of the five highest. */
export type Accuracy = {
  readonly __typename?: 'Accuracy';
  /** Images looked at. */
  readonly images: Scalars['Int']['output'];
  /** Null with the reason where the images carry no labels that the model knows. */
  readonly top1: Maybe<Proportion>;
  /** Of a model with fewer than five classes: among all of them. Null as `top1`. */
  readonly top5: Maybe<Proportion>;
  /** Why values are null. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** How it came about; null where nothing was measured. */
  readonly provenance: Maybe<Provenance>;
};

/** A share of images with its 95 % Wilson interval. */
export type Proportion = {
  readonly __typename?: 'Proportion';
  /** 0 to 1. */
  readonly value: Scalars['Float']['output'];
  /** Lower end of the interval. */
  readonly low: Scalars['Float']['output'];
  /** Upper end of the interval. */
  readonly high: Scalars['Float']['output'];
  /** Images that it holds for. */
  readonly hits: Scalars['Int']['output'];
  /** Images counted. */
  readonly count: Scalars['Int']['output'];
};

/** One of a block's attention heads. */
export type Head = {
  readonly __typename?: 'Head';
  /** Its block, counted from 0. */
  readonly block: Scalars['Int']['output'];
  /** Within the block, counted from 0. */
  readonly index: Scalars['Int']['output'];
  /**
   * How far it looks, over images (Raghu et al. 2021, Fig. 3).
   *
   * ```graphql
   * {
   * 	model(id: "vit-s") {
   * 		heads {
   * 			block
   * 			index
   * 			attentionDistance(images: { count: 256 }) {
   * 				meanPx
   * 				standardErrorPx
   * 				uniformPx
   * 			}
   * 		}
   * 	}
   * }
   * ```
   */
  readonly attentionDistance: AttentionDistance;
};


/** One of a block's attention heads. */
export type HeadAttentionDistanceArgs = {
  images: ImagesInput;
};

/**
 * Mean over queries of the attention-weighted distance between patch centres, in pixels. The class token's row and column
 * are dropped without renormalisation.
 */
export type AttentionDistance = {
  readonly __typename?: 'AttentionDistance';
  /** Pixels; null with the reason where it cannot be computed. */
  readonly meanPx: Maybe<Scalars['Float']['output']>;
  /** Over images, pixels; null for fewer than 2 images. */
  readonly standardErrorPx: Maybe<Scalars['Float']['output']>;
  /** What uniform attention over the patches would give, pixels; null where the patches form no known grid. */
  readonly uniformPx: Maybe<Scalars['Float']['output']>;
  /** Why a value is null. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** How it came about; null where nothing was measured. */
  readonly provenance: Maybe<Provenance>;
};

/** Where models run. */
export type Device = {
  readonly __typename?: 'Device';
  /** cpu, webgpu or cuda. */
  readonly provider: Scalars['String']['output'];
  /** In words. */
  readonly name: Scalars['String']['output'];
  /** The runtime and its version. */
  readonly runtime: Scalars['String']['output'];
  /** Threads that the runtime computes with. */
  readonly threads: Scalars['Int']['output'];
};

/** A run of one model over images, for all that was asked of it. */
export type Pass = {
  readonly __typename?: 'Pass';
  /** What `cancelPass` takes. */
  readonly id: Scalars['ID']['output'];
  /** Id of the model. */
  readonly model: Scalars['String']['output'];
  /** Names of the metrics measured in it. */
  readonly metrics: ReadonlyArray<Scalars['String']['output']>;
  /** Images through. */
  readonly done: Scalars['Int']['output'];
  /** Images in all. */
  readonly total: Scalars['Int']['output'];
  /** Null until the first batch is through. */
  readonly secondsLeft: Maybe<Scalars['Float']['output']>;
  /** Where it stands. */
  readonly state: PassState;
  /** Bytes that it adds to the store; null until it has started. */
  readonly bytesToWrite: Maybe<Scalars['Float']['output']>;
  /** Why it failed, or for whom it waits. */
  readonly note: Maybe<Scalars['String']['output']>;
};

export type PassState =
  /** For the device, or for another process that does the same work. */
  | 'waiting'
  /** Batches go through. */
  | 'running'
  /** All images are through. */
  | 'done'
  /** An error ended it; `note` says which. */
  | 'failed'
  /** Whoever asked stopped it or left; what is summed stays. */
  | 'cancelled';

/**
 * Which images: the first `count` of a split, in batches of `batchSize`; batch b holds images b * batchSize up to
 * (b + 1) * batchSize of the split.
 */
export type ImagesInput = {
  /** Id of an image set. */
  readonly set: Scalars['ID']['input'];
  /** Which of the set's splits, each a range of images that overlaps no other. */
  readonly split: Scalars['String']['input'];
  /** Images, from 1 to 100 000. CKA uses full batches only, everything else every image. */
  readonly count: Scalars['Int']['input'];
  /**
   * Images in a batch, from 1 to 2 048: part of the estimate of CKA, hence of its value. `count * batchSize` is at most
   * 16 777 216.
   */
  readonly batchSize: Scalars['Int']['input'];
};

/** A source of images. */
export type ImageSet = {
  readonly __typename?: 'ImageSet';
  /** What `ImagesInput.set` takes. */
  readonly id: Scalars['ID']['output'];
  /** In words. */
  readonly title: Scalars['String']['output'];
  /** Pixels. */
  readonly width: Scalars['Int']['output'];
  /** Pixels. */
  readonly height: Scalars['Int']['output'];
  /** Of the generator: an unsigned 32-bit integer. */
  readonly seed: Scalars['Float']['output'];
  /** Digest of the images, or the generator with its version and seed. */
  readonly digest: Scalars['String']['output'];
  /** In the order of the class index; empty where the images carry no labels. */
  readonly classNames: ReadonlyArray<Scalars['String']['output']>;
  /** The set's parts. */
  readonly splits: ReadonlyArray<Split>;
};

/** A range of images that overlaps no other split of its set. */
export type Split = {
  readonly __typename?: 'Split';
  /** What `ImagesInput.split` takes. */
  readonly name: Scalars['String']['output'];
  /** Images there are: a whole number, beyond 32 bits where the images are generated. */
  readonly count: Scalars['Float']['output'];
};

/** A vision model and what was found in its graph. */
export type Model = {
  readonly __typename?: 'Model';
  /** What `model(id)` takes. */
  readonly id: Scalars['ID']['output'];
  /** In words. */
  readonly title: Scalars['String']['output'];
  /** What kind of network the graph was found to be. */
  readonly family: Family;
  /** SHA-256 of graph and weights. */
  readonly digest: Scalars['String']['output'];
  /** Elements of the floating-point weights: a whole number, beyond 32 bits for large models. */
  readonly parameters: Scalars['Float']['output'];
  /** Input in pixels: [height, width]. */
  readonly inputSize: ReadonlyArray<Scalars['Int']['output']>;
  /** Logits. */
  readonly classes: Scalars['Int']['output'];
  /** Id of the image set whose labels the logits are; null where that is unknown. */
  readonly labels: Maybe<Scalars['ID']['output']>;
  /** What pixels go through before the model sees them. */
  readonly preprocessing: Scalars['String']['output'];
  /** Patches [rows, columns]; null for a CNN. */
  readonly tokenGrid: Maybe<ReadonlyArray<Scalars['Int']['output']>>;
  /** Whether a class token stands before the patches; null for a CNN. */
  readonly classToken: Maybe<Scalars['Boolean']['output']>;
  /** What the classifier reads; null for a CNN. */
  readonly pooling: Maybe<Pooling>;
  /** Places where a representation is read, in the order of the forward pass. */
  readonly layers: ReadonlyArray<Layer>;
  /** A ViT's encoder blocks or a ResNet's units, in the order of the forward pass. */
  readonly blocks: ReadonlyArray<Block>;
  /** Every attention head, block by block; empty for a CNN. */
  readonly heads: ReadonlyArray<Head>;
  /** Residual additions found in the graph. */
  readonly residualAdditions: Scalars['Int']['output'];
  /** How it was made; null for a model of the user's. */
  readonly card: Maybe<ModelCard>;
  /** What was unsure about the anatomy, in sentences. */
  readonly remarks: ReadonlyArray<Scalars['String']['output']>;
  /** Top-1 and top-5 on labelled images. */
  readonly accuracy: Accuracy;
};


/** A vision model and what was found in its graph. */
export type ModelLayersArgs = {
  preset: LayerPreset;
};


/** A vision model and what was found in its graph. */
export type ModelAccuracyArgs = {
  images: ImagesInput;
};

export type Family =
  /** A vision transformer. */
  | 'vit'
  /** A convolutional network with residual additions. */
  | 'cnn'
  /** Neither was recognised; `remarks` tell what was seen. */
  | 'other';

/** What the classifier reads. */
export type Pooling =
  /** The class token. */
  | 'cls'
  /** The mean over the patch tokens. */
  | 'gap';

/** A place where a representation is read. */
export type Layer = {
  readonly __typename?: 'Layer';
  /** As "blocks.3.attention": unique in the model. */
  readonly name: Scalars['ID']['output'];
  /** What it is: norm, attention, mlpHidden, mlp, convolution, projection, output, patchEmbedding or positionEmbedding. */
  readonly kind: Scalars['String']['output'];
  /** Counted from 0; null outside blocks. */
  readonly block: Maybe<Scalars['Int']['output']>;
  /** Without the batch: [tokens, width] or [channels, height, width]. */
  readonly shape: ReadonlyArray<Scalars['Int']['output']>;
};

/** Which layers of which model. */
export type LayersInput = {
  /** Id of a model. */
  readonly model: Scalars['ID']['input'];
  /** Counts where `names` is left out. */
  readonly preset: LayerPreset;
  /** Layers by name instead, in this order. */
  readonly names?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

export type LayerPreset =
  /** Every listed tensor: 6 per ViT block + 3; 7 per bottleneck unit, 2 per projection, 2 for the stem. */
  | 'all'
  /** Block outputs only. */
  | 'blocks';

/** A ViT's encoder block or a ResNet's unit. */
export type Block = {
  readonly __typename?: 'Block';
  /** Counted from 0. */
  readonly index: Scalars['Int']['output'];
  /** encoder, bottleneck (three convolutions) or basic (two). */
  readonly kind: Scalars['String']['output'];
  /** Of a CNN: a run of units with one resolution, counted from 0; null for a ViT. */
  readonly stage: Maybe<Scalars['Int']['output']>;
  /** Layers inside the block. */
  readonly layers: ReadonlyArray<Layer>;
  /** Empty where the block has no attention. */
  readonly heads: ReadonlyArray<Head>;
};

/** How a model of the zoo was made. */
export type ModelCard = {
  readonly __typename?: 'ModelCard';
  /** File of the training's recipe: architecture, optimiser, schedule, batch and augmentation. */
  readonly recipe: Scalars['String']['output'];
  /** SHA-256 of that file. */
  readonly recipeDigest: Scalars['String']['output'];
  /** Id of the image set that it was trained on. */
  readonly imageSet: Scalars['ID']['output'];
  /** Training images seen, repeats counted: a whole number. */
  readonly imagesSeen: Scalars['Float']['output'];
  /** Different training images: a whole number. */
  readonly imagesDistinct: Scalars['Float']['output'];
  /** Of training. */
  readonly seconds: Scalars['Float']['output'];
  /** What it was trained on. */
  readonly hardware: Scalars['String']['output'];
  /** Top-1 on unseen images, 0 to 1, measured by Sightline on the shipped weights; null until it was measured. */
  readonly accuracy: Maybe<Scalars['Float']['output']>;
  /** 95 % Wilson interval [low, high] of it. */
  readonly interval: Maybe<ReadonlyArray<Scalars['Float']['output']>>;
  /** Images that it was measured on. */
  readonly accuracyImages: Maybe<Scalars['Int']['output']>;
  /** Of the weights: an SPDX identifier. */
  readonly licence: Scalars['String']['output'];
  /** What it stands in for in the paper. */
  readonly standsFor: Scalars['String']['output'];
  /** The training as it went. */
  readonly curve: ReadonlyArray<CurvePoint>;
};

/** The state of a training. */
export type CurvePoint = {
  readonly __typename?: 'CurvePoint';
  /** Training images seen so far: a whole number. */
  readonly imagesSeen: Scalars['Float']['output'];
  /** Since it began. */
  readonly seconds: Scalars['Float']['output'];
  /** Top-1 on the training images just seen, 0 to 1. */
  readonly trainAccuracy: Scalars['Float']['output'];
  /** Top-1 on the validation images, 0 to 1; null where they were not looked at. */
  readonly validationAccuracy: Maybe<Scalars['Float']['output']>;
};

/** How a value came about: beside the value, never part of it. */
export type Provenance = {
  readonly __typename?: 'Provenance';
  /** The variant in words: estimator, tokens, pooling. */
  readonly variant: Scalars['String']['output'];
  /** Image set and split, as "leaves/test". */
  readonly images: Scalars['String']['output'];
  /** Images asked for. */
  readonly imagesAsked: Scalars['Int']['output'];
  /** Images that the value rests on. */
  readonly imagesUsed: Scalars['Int']['output'];
  /** Images in a full batch. */
  readonly batchSize: Scalars['Int']['output'];
  /** Digest of the images, or the generator with its version and seed. */
  readonly imagesDigest: Scalars['String']['output'];
  /** Of the generator of the images: an unsigned 32-bit integer. */
  readonly seed: Scalars['Float']['output'];
  /** SHA-256 of graph and weights, a model each, in the order asked (rows before columns). */
  readonly modelDigests: ReadonlyArray<Scalars['String']['output']>;
  /** Addresses of the records in the store: SHA-256 of everything that determines them. */
  readonly keys: ReadonlyArray<Scalars['String']['output']>;
  /** Of the weights and of the arithmetic on the device; sums are float64. */
  readonly precision: Scalars['String']['output'];
  /** Where the model ran. */
  readonly device: Scalars['String']['output'];
  /** Versions of the runtime and of Sightline, as "name version". */
  readonly versions: ReadonlyArray<Scalars['String']['output']>;
  /** Seconds that the device spent in the passes that measured it. */
  readonly seconds: Scalars['Float']['output'];
  /** Nothing had to run for it. */
  readonly cached: Scalars['Boolean']['output'];
  /** When the records were complete, ISO 8601, UTC. */
  readonly measuredAt: Scalars['String']['output'];
};

/**
 * What Sightline measures, of which model, on which images. Nothing that is not asked for is computed, and everything that
 * one operation asks of a model is measured in one pass over the images. Every value says how it came about
 * (`provenance`) and how sure it is, or is null with the reason.
 *
 * ```graphql
 * {
 * 	models {
 * 		id
 * 		title
 * 		family
 * 	}
 * }
 * ```
 */
export type Query = {
  readonly __typename?: 'Query';
  /** The models at hand: the embedded zoo, and those of sightline.json. */
  readonly models: ReadonlyArray<Model>;
  /**
   * One model, by its id; on the machine that Sightline runs on also by the path of a model file.
   *
   * ```graphql
   * {
   * 	model(id: "vit-s") {
   * 		tokenGrid
   * 		parameters
   * 		layers(preset: BLOCKS) {
   * 			name
   * 			shape
   * 		}
   * 		accuracy {
   * 			top1 {
   * 				value
   * 				low
   * 				high
   * 			}
   * 		}
   * 	}
   * }
   * ```
   */
  readonly model: Model;
  /** The image sets at hand, with their splits. */
  readonly imageSets: ReadonlyArray<ImageSet>;
  /**
   * Linear CKA of every row layer with every column layer (Raghu et al. 2021, Fig. 1 and 2). Both models see the same
   * images in the same batches. Without `columns` the row layers are compared with each other.
   *
   * ```graphql
   * {
   * 	similarity(rows: { model: "vit-s", preset: BLOCKS }, columns: { model: "resnet-s", preset: BLOCKS }) {
   * 		rows {
   * 			name
   * 		}
   * 		columns {
   * 			name
   * 		}
   * 		values
   * 		standardErrors
   * 	}
   * }
   * ```
   */
  readonly similarity: Similarity;
  /** Where models run. */
  readonly device: Device;
  /** Passes running or waiting. */
  readonly passes: ReadonlyArray<Pass>;
  /** The reports that can be published. */
  readonly reports: ReadonlyArray<Report>;
};


/**
 * What Sightline measures, of which model, on which images. Nothing that is not asked for is computed, and everything that
 * one operation asks of a model is measured in one pass over the images. Every value says how it came about
 * (`provenance`) and how sure it is, or is null with the reason.
 *
 * ```graphql
 * {
 * 	models {
 * 		id
 * 		title
 * 		family
 * 	}
 * }
 * ```
 */
export type QueryModelArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What Sightline measures, of which model, on which images. Nothing that is not asked for is computed, and everything that
 * one operation asks of a model is measured in one pass over the images. Every value says how it came about
 * (`provenance`) and how sure it is, or is null with the reason.
 *
 * ```graphql
 * {
 * 	models {
 * 		id
 * 		title
 * 		family
 * 	}
 * }
 * ```
 */
export type QuerySimilarityArgs = {
  rows: LayersInput;
  columns?: InputMaybe<LayersInput>;
  images: ImagesInput;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Stops a pass at its next batch; what is summed stays. False where there is no such pass. */
  readonly cancelPass: Scalars['Boolean']['output'];
};


export type MutationCancelPassArgs = {
  id: Scalars['ID']['input'];
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * The passes there are, then each change of any: over server-sent events, as POST /graphql/stream. A slow reader gets
   * the newest state of each pass and misses older ones.
   */
  readonly passes: Pass;
};

/** A report: figures and the claims they bear on. */
export type Report = {
  readonly __typename?: 'Report';
  /** What `sightline report` takes. */
  readonly id: Scalars['ID']['output'];
  /** In words. */
  readonly title: Scalars['String']['output'];
  /** What it reproduces. */
  readonly source: Scalars['String']['output'];
  /** In the order of the pages. */
  readonly figures: ReadonlyArray<Figure>;
};

/** One figure of a report. */
export type Figure = {
  readonly __typename?: 'Figure';
  /** Unique in the report. */
  readonly id: Scalars['ID']['output'];
  /** In words. */
  readonly title: Scalars['String']['output'];
  /** The GraphQL query that gives the figure's data. */
  readonly query: Scalars['String']['output'];
  /** Sentences of the claims judged at this figure. */
  readonly claims: ReadonlyArray<Scalars['String']['output']>;
};

/**
 * A matrix of linear CKA values: unbiased HSIC averaged over batches, then the ratio (Nguyen et al. 2021,
 * arXiv:2010.15327), on column-centred features of all tokens or positions.
 */
export type Similarity = {
  readonly __typename?: 'Similarity';
  /** Of the first axis. */
  readonly rows: ReadonlyArray<Layer>;
  /** Of the second axis. */
  readonly columns: ReadonlyArray<Layer>;
  /** values[row][column]: no unit, at most 1; may fall slightly below 0 and is not clamped; null with one of `reasons`. */
  readonly values: ReadonlyArray<ReadonlyArray<Maybe<Scalars['Float']['output']>>>;
  /** Jackknife over batches: [row][column] as `values`; null below 4 batches. */
  readonly standardErrors: ReadonlyArray<ReadonlyArray<Maybe<Scalars['Float']['output']>>>;
  /**
   * leaveOneOut[batch][row][column]: the matrix without that batch, for jackknife intervals of any statistic of the
   * matrix; empty below 4 batches. Computed only where asked for.
   */
  readonly leaveOneOut: ReadonlyArray<ReadonlyArray<ReadonlyArray<Maybe<Scalars['Float']['output']>>>>;
  /** Why cells are null. */
  readonly reasons: ReadonlyArray<NullReason>;
  /** Full batches used. */
  readonly batches: Scalars['Int']['output'];
  /** How it came about. */
  readonly provenance: Provenance;
};

/** Why cells of a matrix are null. */
export type NullReason = {
  readonly __typename?: 'NullReason';
  /** ROWS or COLUMNS where it is a layer of that side; null where it concerns all. */
  readonly side: Maybe<MatrixSide>;
  /** Name of a layer; null where it concerns all. */
  readonly layer: Maybe<Scalars['String']['output']>;
  /** A sentence. */
  readonly reason: Scalars['String']['output'];
};

export type MatrixSide =
  /** The first axis. */
  | 'rows'
  /** The second axis. */
  | 'columns';



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Accuracy: ResolverTypeWrapper<Accuracy>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Proportion: ResolverTypeWrapper<Proportion>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Head: ResolverTypeWrapper<HeadParent>;
  AttentionDistance: ResolverTypeWrapper<AttentionDistance>;
  Device: ResolverTypeWrapper<Device>;
  Pass: ResolverTypeWrapper<PassParent>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  PassState: ResolverTypeWrapper<PassStateParent>;
  ImagesInput: ImagesInput;
  ImageSet: ResolverTypeWrapper<ImageSetParent>;
  Split: ResolverTypeWrapper<Split>;
  Model: ResolverTypeWrapper<ModelParent>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Family: ResolverTypeWrapper<FamilyParent>;
  Pooling: ResolverTypeWrapper<PoolingParent>;
  Layer: ResolverTypeWrapper<LayerParent>;
  LayersInput: LayersInput;
  LayerPreset: null;
  Block: ResolverTypeWrapper<BlockParent>;
  ModelCard: ResolverTypeWrapper<ModelCardParent>;
  CurvePoint: ResolverTypeWrapper<CurvePoint>;
  Provenance: ResolverTypeWrapper<Provenance>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Report: ResolverTypeWrapper<Report>;
  Figure: ResolverTypeWrapper<Figure>;
  Similarity: ResolverTypeWrapper<SimilarityParent>;
  NullReason: ResolverTypeWrapper<Omit<NullReason, 'side'> & { side?: Maybe<ResolversTypes['MatrixSide']> }>;
  MatrixSide: ResolverTypeWrapper<MatrixSideParent>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Accuracy: Accuracy;
  String: Scalars['String']['output'];
  Proportion: Proportion;
  Float: Scalars['Float']['output'];
  Head: HeadParent;
  AttentionDistance: AttentionDistance;
  Device: Device;
  Pass: PassParent;
  ID: Scalars['ID']['output'];
  ImagesInput: ImagesInput;
  ImageSet: ImageSetParent;
  Split: Split;
  Model: ModelParent;
  Boolean: Scalars['Boolean']['output'];
  Layer: LayerParent;
  LayersInput: LayersInput;
  Block: BlockParent;
  ModelCard: ModelCardParent;
  CurvePoint: CurvePoint;
  Provenance: Provenance;
  Query: Record<PropertyKey, never>;
  Mutation: Record<PropertyKey, never>;
  Subscription: Record<PropertyKey, never>;
  Report: Report;
  Figure: Figure;
  Similarity: SimilarityParent;
  NullReason: NullReason;
  Int: Scalars['Int']['output'];
};

export type ListSizeDirectiveArgs = {
  assumedSize: Scalars['Int']['input'];
};

export type ListSizeDirectiveResolver<Result, Parent, ContextType = Context, Args = ListSizeDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CostDirectiveArgs = {
  weight: Scalars['Int']['input'];
};

export type CostDirectiveResolver<Result, Parent, ContextType = Context, Args = CostDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AccuracyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Accuracy'] = ResolversParentTypes['Accuracy']> = {
  images?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  top1?: Resolver<Maybe<ResolversTypes['Proportion']>, ParentType, ContextType>;
  top5?: Resolver<Maybe<ResolversTypes['Proportion']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  provenance?: Resolver<Maybe<ResolversTypes['Provenance']>, ParentType, ContextType>;
};

export type ProportionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Proportion'] = ResolversParentTypes['Proportion']> = {
  value?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  low?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  high?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  hits?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type HeadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Head'] = ResolversParentTypes['Head']> = {
  block?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  attentionDistance?: Resolver<ResolversTypes['AttentionDistance'], ParentType, ContextType, RequireFields<HeadAttentionDistanceArgs, 'images'>>;
};

export type AttentionDistanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AttentionDistance'] = ResolversParentTypes['AttentionDistance']> = {
  meanPx?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  standardErrorPx?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  uniformPx?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  provenance?: Resolver<Maybe<ResolversTypes['Provenance']>, ParentType, ContextType>;
};

export type DeviceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Device'] = ResolversParentTypes['Device']> = {
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  runtime?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  threads?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PassResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Pass'] = ResolversParentTypes['Pass']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  model?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  metrics?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  done?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  secondsLeft?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['PassState'], ParentType, ContextType>;
  bytesToWrite?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PassStateResolvers = { WAITING: 'waiting', RUNNING: 'running', DONE: 'done', FAILED: 'failed', CANCELLED: 'cancelled' };

export type ImageSetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImageSet'] = ResolversParentTypes['ImageSet']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  width?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  height?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seed?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  digest?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  classNames?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  splits?: Resolver<ReadonlyArray<ResolversTypes['Split']>, ParentType, ContextType>;
};

export type SplitResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Split'] = ResolversParentTypes['Split']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ModelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Model'] = ResolversParentTypes['Model']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  family?: Resolver<ResolversTypes['Family'], ParentType, ContextType>;
  digest?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parameters?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  inputSize?: Resolver<ReadonlyArray<ResolversTypes['Int']>, ParentType, ContextType>;
  classes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  labels?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  preprocessing?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tokenGrid?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Int']>>, ParentType, ContextType>;
  classToken?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  pooling?: Resolver<Maybe<ResolversTypes['Pooling']>, ParentType, ContextType>;
  layers?: Resolver<ReadonlyArray<ResolversTypes['Layer']>, ParentType, ContextType, RequireFields<ModelLayersArgs, 'preset'>>;
  blocks?: Resolver<ReadonlyArray<ResolversTypes['Block']>, ParentType, ContextType>;
  heads?: Resolver<ReadonlyArray<ResolversTypes['Head']>, ParentType, ContextType>;
  residualAdditions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  card?: Resolver<Maybe<ResolversTypes['ModelCard']>, ParentType, ContextType>;
  remarks?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  accuracy?: Resolver<ResolversTypes['Accuracy'], ParentType, ContextType, RequireFields<ModelAccuracyArgs, 'images'>>;
};

export type FamilyResolvers = { VIT: 'vit', CNN: 'cnn', OTHER: 'other' };

export type PoolingResolvers = { CLS: 'cls', GAP: 'gap' };

export type LayerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Layer'] = ResolversParentTypes['Layer']> = {
  name?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  block?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  shape?: Resolver<ReadonlyArray<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type LayerPresetResolvers = { ALL: 'all', BLOCKS: 'blocks' };

export type BlockResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Block'] = ResolversParentTypes['Block']> = {
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stage?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  layers?: Resolver<ReadonlyArray<ResolversTypes['Layer']>, ParentType, ContextType>;
  heads?: Resolver<ReadonlyArray<ResolversTypes['Head']>, ParentType, ContextType>;
};

export type ModelCardResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModelCard'] = ResolversParentTypes['ModelCard']> = {
  recipe?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  recipeDigest?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  imageSet?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  imagesSeen?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  imagesDistinct?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  seconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  hardware?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  accuracy?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  interval?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Float']>>, ParentType, ContextType>;
  accuracyImages?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  licence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  standsFor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  curve?: Resolver<ReadonlyArray<ResolversTypes['CurvePoint']>, ParentType, ContextType>;
};

export type CurvePointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CurvePoint'] = ResolversParentTypes['CurvePoint']> = {
  imagesSeen?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  seconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  trainAccuracy?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  validationAccuracy?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type ProvenanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Provenance'] = ResolversParentTypes['Provenance']> = {
  variant?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  images?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  imagesAsked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  imagesUsed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  batchSize?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  imagesDigest?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  seed?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  modelDigests?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  keys?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  precision?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  device?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  versions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  seconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  cached?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  measuredAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  models?: Resolver<ReadonlyArray<ResolversTypes['Model']>, ParentType, ContextType>;
  model?: Resolver<ResolversTypes['Model'], ParentType, ContextType, RequireFields<QueryModelArgs, 'id'>>;
  imageSets?: Resolver<ReadonlyArray<ResolversTypes['ImageSet']>, ParentType, ContextType>;
  similarity?: Resolver<ResolversTypes['Similarity'], ParentType, ContextType, RequireFields<QuerySimilarityArgs, 'rows' | 'images'>>;
  device?: Resolver<ResolversTypes['Device'], ParentType, ContextType>;
  passes?: Resolver<ReadonlyArray<ResolversTypes['Pass']>, ParentType, ContextType>;
  reports?: Resolver<ReadonlyArray<ResolversTypes['Report']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelPass?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationCancelPassArgs, 'id'>>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  passes?: SubscriptionResolver<ResolversTypes['Pass'], "passes", ParentType, ContextType>;
};

export type ReportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Report'] = ResolversParentTypes['Report']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  figures?: Resolver<ReadonlyArray<ResolversTypes['Figure']>, ParentType, ContextType>;
};

export type FigureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Figure'] = ResolversParentTypes['Figure']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  query?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  claims?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SimilarityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Similarity'] = ResolversParentTypes['Similarity']> = {
  rows?: Resolver<ReadonlyArray<ResolversTypes['Layer']>, ParentType, ContextType>;
  columns?: Resolver<ReadonlyArray<ResolversTypes['Layer']>, ParentType, ContextType>;
  values?: Resolver<ReadonlyArray<ReadonlyArray<Maybe<ResolversTypes['Float']>>>, ParentType, ContextType>;
  standardErrors?: Resolver<ReadonlyArray<ReadonlyArray<Maybe<ResolversTypes['Float']>>>, ParentType, ContextType>;
  leaveOneOut?: Resolver<ReadonlyArray<ReadonlyArray<ReadonlyArray<Maybe<ResolversTypes['Float']>>>>, ParentType, ContextType>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['NullReason']>, ParentType, ContextType>;
  batches?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
};

export type NullReasonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NullReason'] = ResolversParentTypes['NullReason']> = {
  side?: Resolver<Maybe<ResolversTypes['MatrixSide']>, ParentType, ContextType>;
  layer?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MatrixSideResolvers = { ROWS: 'rows', COLUMNS: 'columns' };

export type Resolvers<ContextType = Context> = {
  Accuracy?: AccuracyResolvers<ContextType>;
  Proportion?: ProportionResolvers<ContextType>;
  Head?: HeadResolvers<ContextType>;
  AttentionDistance?: AttentionDistanceResolvers<ContextType>;
  Device?: DeviceResolvers<ContextType>;
  Pass?: PassResolvers<ContextType>;
  PassState?: PassStateResolvers;
  ImageSet?: ImageSetResolvers<ContextType>;
  Split?: SplitResolvers<ContextType>;
  Model?: ModelResolvers<ContextType>;
  Family?: FamilyResolvers;
  Pooling?: PoolingResolvers;
  Layer?: LayerResolvers<ContextType>;
  LayerPreset?: LayerPresetResolvers;
  Block?: BlockResolvers<ContextType>;
  ModelCard?: ModelCardResolvers<ContextType>;
  CurvePoint?: CurvePointResolvers<ContextType>;
  Provenance?: ProvenanceResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Report?: ReportResolvers<ContextType>;
  Figure?: FigureResolvers<ContextType>;
  Similarity?: SimilarityResolvers<ContextType>;
  NullReason?: NullReasonResolvers<ContextType>;
  MatrixSide?: MatrixSideResolvers;
};

export type DirectiveResolvers<ContextType = Context> = {
  listSize?: ListSizeDirectiveResolver<any, any, ContextType>;
  cost?: CostDirectiveResolver<any, any, ContextType>;
};

/** schema/*.graphql, joined. */
export const typeDefs = `"How often the right class has the highest logit, or one of the five highest."
type Accuracy {
  "Images looked at."
  images: Int!
  "Null with the reason where the images carry no labels that the model knows."
  top1: Proportion
  "Of a model with fewer than five classes: among all of them. Null as \`top1\`."
  top5: Proportion
  "Why values are null."
  reason: String
  "How it came about; null where nothing was measured."
  provenance: Provenance
}

"A share of images with its 95 % Wilson interval."
type Proportion {
  "0 to 1."
  value: Float!
  "Lower end of the interval."
  low: Float!
  "Upper end of the interval."
  high: Float!
  "Images that it holds for."
  hits: Int!
  "Images counted."
  count: Int!
}

"One of a block's attention heads."
type Head {
  "Its block, counted from 0."
  block: Int!
  "Within the block, counted from 0."
  index: Int!
  """
  How far it looks, over images (Raghu et al. 2021, Fig. 3).
  
  \`\`\`graphql
  {
  	model(id: "vit-s") {
  		heads {
  			block
  			index
  			attentionDistance(images: { count: 256 }) {
  				meanPx
  				standardErrorPx
  				uniformPx
  			}
  		}
  	}
  }
  \`\`\`
  """
  attentionDistance(images: ImagesInput! = {}): AttentionDistance!
}

"""
Mean over queries of the attention-weighted distance between patch centres, in pixels. The class token's row and column
are dropped without renormalisation.
"""
type AttentionDistance {
  "Pixels; null with the reason where it cannot be computed."
  meanPx: Float
  "Over images, pixels; null for fewer than 2 images."
  standardErrorPx: Float
  "What uniform attention over the patches would give, pixels; null where the patches form no known grid."
  uniformPx: Float
  "Why a value is null."
  reason: String
  "How it came about; null where nothing was measured."
  provenance: Provenance
}

"Where models run."
type Device {
  "cpu, webgpu or cuda."
  provider: String!
  "In words."
  name: String!
  "The runtime and its version."
  runtime: String!
  "Threads that the runtime computes with."
  threads: Int!
}

"A run of one model over images, for all that was asked of it."
type Pass {
  "What \`cancelPass\` takes."
  id: ID!
  "Id of the model."
  model: String!
  "Names of the metrics measured in it."
  metrics: [String!]!
  "Images through."
  done: Int!
  "Images in all."
  total: Int!
  "Null until the first batch is through."
  secondsLeft: Float
  "Where it stands."
  state: PassState!
  "Bytes that it adds to the store; null until it has started."
  bytesToWrite: Float
  "Why it failed, or for whom it waits."
  note: String
}

enum PassState {
  "For the device, or for another process that does the same work."
  WAITING
  "Batches go through."
  RUNNING
  "All images are through."
  DONE
  "An error ended it; \`note\` says which."
  FAILED
  "Whoever asked stopped it or left; what is summed stays."
  CANCELLED
}

"""
Which images: the first \`count\` of a split, in batches of \`batchSize\`; batch b holds images b * batchSize up to
(b + 1) * batchSize of the split.
"""
input ImagesInput {
  "Id of an image set."
  set: ID! = "leaves"
  "Which of the set's splits, each a range of images that overlaps no other."
  split: String! = "test"
  "Images, from 1 to 100 000. CKA uses full batches only, everything else every image."
  count: Int! = 512
  """
  Images in a batch, from 1 to 2 048: part of the estimate of CKA, hence of its value. \`count * batchSize\` is at most
  16 777 216.
  """
  batchSize: Int! = 64
}

"A source of images."
type ImageSet {
  "What \`ImagesInput.set\` takes."
  id: ID!
  "In words."
  title: String!
  "Pixels."
  width: Int!
  "Pixels."
  height: Int!
  "Of the generator: an unsigned 32-bit integer."
  seed: Float!
  "Digest of the images, or the generator with its version and seed."
  digest: String!
  "In the order of the class index; empty where the images carry no labels."
  classNames: [String!]!
  "The set's parts."
  splits: [Split!]! @listSize(assumedSize: 8)
}

"A range of images that overlaps no other split of its set."
type Split {
  "What \`ImagesInput.split\` takes."
  name: String!
  "Images there are: a whole number, beyond 32 bits where the images are generated."
  count: Float!
}

"""
How many items of a list the cost limit reckons with. The cost of an operation is the number of fields that its answer
may hold; one that may hold more than 500 000 is refused before anything runs.
"""
directive @listSize(assumedSize: Int!) on FIELD_DEFINITION

"What a field counts for in the cost limit, where that is not 1: matrices."
directive @cost(weight: Int!) on FIELD_DEFINITION

"A vision model and what was found in its graph."
type Model {
  "What \`model(id)\` takes."
  id: ID!
  "In words."
  title: String!
  "What kind of network the graph was found to be."
  family: Family!
  "SHA-256 of graph and weights."
  digest: String!
  "Elements of the floating-point weights: a whole number, beyond 32 bits for large models."
  parameters: Float!
  "Input in pixels: [height, width]."
  inputSize: [Int!]!
  "Logits."
  classes: Int!
  "Id of the image set whose labels the logits are; null where that is unknown."
  labels: ID
  "What pixels go through before the model sees them."
  preprocessing: String!
  "Patches [rows, columns]; null for a CNN."
  tokenGrid: [Int!]
  "Whether a class token stands before the patches; null for a CNN."
  classToken: Boolean
  "What the classifier reads; null for a CNN."
  pooling: Pooling
  "Places where a representation is read, in the order of the forward pass."
  layers(preset: LayerPreset! = ALL): [Layer!]! @listSize(assumedSize: 400)
  "A ViT's encoder blocks or a ResNet's units, in the order of the forward pass."
  blocks: [Block!]! @listSize(assumedSize: 64)
  "Every attention head, block by block; empty for a CNN."
  heads: [Head!]! @listSize(assumedSize: 512)
  "Residual additions found in the graph."
  residualAdditions: Int!
  "How it was made; null for a model of the user's."
  card: ModelCard
  "What was unsure about the anatomy, in sentences."
  remarks: [String!]!
  "Top-1 and top-5 on labelled images."
  accuracy(images: ImagesInput! = {}): Accuracy!
}

enum Family {
  "A vision transformer."
  VIT
  "A convolutional network with residual additions."
  CNN
  "Neither was recognised; \`remarks\` tell what was seen."
  OTHER
}

"What the classifier reads."
enum Pooling {
  "The class token."
  CLS
  "The mean over the patch tokens."
  GAP
}

"A place where a representation is read."
type Layer {
  "As \\"blocks.3.attention\\": unique in the model."
  name: ID!
  "What it is: norm, attention, mlpHidden, mlp, convolution, projection, output, patchEmbedding or positionEmbedding."
  kind: String!
  "Counted from 0; null outside blocks."
  block: Int
  "Without the batch: [tokens, width] or [channels, height, width]."
  shape: [Int!]!
}

"Which layers of which model."
input LayersInput {
  "Id of a model."
  model: ID!
  "Counts where \`names\` is left out."
  preset: LayerPreset! = ALL
  "Layers by name instead, in this order."
  names: [String!]
}

enum LayerPreset {
  "Every listed tensor: 6 per ViT block + 3; 7 per bottleneck unit, 2 per projection, 2 for the stem."
  ALL
  "Block outputs only."
  BLOCKS
}

"A ViT's encoder block or a ResNet's unit."
type Block {
  "Counted from 0."
  index: Int!
  "encoder, bottleneck (three convolutions) or basic (two)."
  kind: String!
  "Of a CNN: a run of units with one resolution, counted from 0; null for a ViT."
  stage: Int
  "Layers inside the block."
  layers: [Layer!]! @listSize(assumedSize: 10)
  "Empty where the block has no attention."
  heads: [Head!]! @listSize(assumedSize: 16)
}

"How a model of the zoo was made."
type ModelCard {
  "File of the training's recipe: architecture, optimiser, schedule, batch and augmentation."
  recipe: String!
  "SHA-256 of that file."
  recipeDigest: String!
  "Id of the image set that it was trained on."
  imageSet: ID!
  "Training images seen, repeats counted: a whole number."
  imagesSeen: Float!
  "Different training images: a whole number."
  imagesDistinct: Float!
  "Of training."
  seconds: Float!
  "What it was trained on."
  hardware: String!
  "Top-1 on unseen images, 0 to 1, measured by Sightline on the shipped weights; null until it was measured."
  accuracy: Float
  "95 % Wilson interval [low, high] of it."
  interval: [Float!]
  "Images that it was measured on."
  accuracyImages: Int
  "Of the weights: an SPDX identifier."
  licence: String!
  "What it stands in for in the paper."
  standsFor: String!
  "The training as it went."
  curve: [CurvePoint!]! @listSize(assumedSize: 50)
}

"The state of a training."
type CurvePoint {
  "Training images seen so far: a whole number."
  imagesSeen: Float!
  "Since it began."
  seconds: Float!
  "Top-1 on the training images just seen, 0 to 1."
  trainAccuracy: Float!
  "Top-1 on the validation images, 0 to 1; null where they were not looked at."
  validationAccuracy: Float
}

"How a value came about: beside the value, never part of it."
type Provenance {
  "The variant in words: estimator, tokens, pooling."
  variant: String!
  "Image set and split, as \\"leaves/test\\"."
  images: String!
  "Images asked for."
  imagesAsked: Int!
  "Images that the value rests on."
  imagesUsed: Int!
  "Images in a full batch."
  batchSize: Int!
  "Digest of the images, or the generator with its version and seed."
  imagesDigest: String!
  "Of the generator of the images: an unsigned 32-bit integer."
  seed: Float!
  "SHA-256 of graph and weights, a model each, in the order asked (rows before columns)."
  modelDigests: [String!]!
  "Addresses of the records in the store: SHA-256 of everything that determines them."
  keys: [String!]!
  "Of the weights and of the arithmetic on the device; sums are float64."
  precision: String!
  "Where the model ran."
  device: String!
  "Versions of the runtime and of Sightline, as \\"name version\\"."
  versions: [String!]!
  "Seconds that the device spent in the passes that measured it."
  seconds: Float!
  "Nothing had to run for it."
  cached: Boolean!
  "When the records were complete, ISO 8601, UTC."
  measuredAt: String!
}

"""
What Sightline measures, of which model, on which images. Nothing that is not asked for is computed, and everything that
one operation asks of a model is measured in one pass over the images. Every value says how it came about
(\`provenance\`) and how sure it is, or is null with the reason.

\`\`\`graphql
{
	models {
		id
		title
		family
	}
}
\`\`\`
"""
type Query {
  "The models at hand: the embedded zoo, and those of sightline.json."
  models: [Model!]! @listSize(assumedSize: 32)
  """
  One model, by its id; on the machine that Sightline runs on also by the path of a model file.
  
  \`\`\`graphql
  {
  	model(id: "vit-s") {
  		tokenGrid
  		parameters
  		layers(preset: BLOCKS) {
  			name
  			shape
  		}
  		accuracy {
  			top1 {
  				value
  				low
  				high
  			}
  		}
  	}
  }
  \`\`\`
  """
  model(id: ID!): Model!
  "The image sets at hand, with their splits."
  imageSets: [ImageSet!]! @listSize(assumedSize: 16)
  """
  Linear CKA of every row layer with every column layer (Raghu et al. 2021, Fig. 1 and 2). Both models see the same
  images in the same batches. Without \`columns\` the row layers are compared with each other.
  
  \`\`\`graphql
  {
  	similarity(rows: { model: "vit-s", preset: BLOCKS }, columns: { model: "resnet-s", preset: BLOCKS }) {
  		rows {
  			name
  		}
  		columns {
  			name
  		}
  		values
  		standardErrors
  	}
  }
  \`\`\`
  """
  similarity(rows: LayersInput!, columns: LayersInput, images: ImagesInput! = {}): Similarity!
  "Where models run."
  device: Device!
  "Passes running or waiting."
  passes: [Pass!]! @listSize(assumedSize: 16)
  "The reports that can be published."
  reports: [Report!]! @listSize(assumedSize: 4)
}

type Mutation {
  "Stops a pass at its next batch; what is summed stays. False where there is no such pass."
  cancelPass(id: ID!): Boolean!
}

type Subscription {
  """
  The passes there are, then each change of any: over server-sent events, as POST /graphql/stream. A slow reader gets
  the newest state of each pass and misses older ones.
  """
  passes: Pass!
}

"A report: figures and the claims they bear on."
type Report {
  "What \`sightline report\` takes."
  id: ID!
  "In words."
  title: String!
  "What it reproduces."
  source: String!
  "In the order of the pages."
  figures: [Figure!]! @listSize(assumedSize: 40)
}

"One figure of a report."
type Figure {
  "Unique in the report."
  id: ID!
  "In words."
  title: String!
  "The GraphQL query that gives the figure's data."
  query: String!
  "Sentences of the claims judged at this figure."
  claims: [String!]!
}

"""
A matrix of linear CKA values: unbiased HSIC averaged over batches, then the ratio (Nguyen et al. 2021,
arXiv:2010.15327), on column-centred features of all tokens or positions.
"""
type Similarity {
  "Of the first axis."
  rows: [Layer!]! @listSize(assumedSize: 400)
  "Of the second axis."
  columns: [Layer!]! @listSize(assumedSize: 400)
  """
  values[row][column]: no unit, at most 1; may fall slightly below 0 and is not clamped; null with one of \`reasons\`.
  """
  values: [[Float]!]! @cost(weight: 1000)
  "Jackknife over batches: [row][column] as \`values\`; null below 4 batches."
  standardErrors: [[Float]!]! @cost(weight: 1000)
  """
  leaveOneOut[batch][row][column]: the matrix without that batch, for jackknife intervals of any statistic of the
  matrix; empty below 4 batches. Computed only where asked for.
  """
  leaveOneOut: [[[Float]!]!]! @cost(weight: 10000)
  "Why cells are null."
  reasons: [NullReason!]! @listSize(assumedSize: 100)
  "Full batches used."
  batches: Int!
  "How it came about."
  provenance: Provenance!
}

"Why cells of a matrix are null."
type NullReason {
  "ROWS or COLUMNS where it is a layer of that side; null where it concerns all."
  side: MatrixSide
  "Name of a layer; null where it concerns all."
  layer: String
  "A sentence."
  reason: String!
}

enum MatrixSide {
  "The first axis."
  ROWS
  "The second axis."
  COLUMNS
}`;
