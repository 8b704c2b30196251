// Generated from schema/*.graphql by `npm run codegen`. Change the schema, not this file.
import type { GraphQLResolveInfo } from 'graphql';
import type { AddedModelParent, BlockParent, BranchKindParent, FamilyParent, HeadParent, ImageSetParent, LayerParent, LocalizationParent, ModelParent, MatrixSideParent, ModelCardParent, PassParent, PassStateParent, PoolingParent, ProbeReadoutParent, ReceptiveFieldParent, ReceptiveFieldSquareParent, ReceptiveFieldVariantParent, ResidualSideParent, SimilarityParent, SkipAblationSideParent } from './parents.ts';
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

/** How often two models name the same class for an image, right or wrong: it asks for no labels. */
export type PredictionAgreement = {
  readonly __typename?: 'PredictionAgreement';
  /** Images looked at. */
  readonly images: Scalars['Int']['output'];
  /** Of the images that have the class of the highest logit in common; null with the reason where the models have other classes. */
  readonly share: Maybe<Proportion>;
  /** Why there is none. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** How it came about; null where nothing was measured. */
  readonly provenance: Maybe<Provenance>;
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
  /**
   * How widely it looks: entropy of its attention, averaged over queries and images.
   *
   * ```graphql
   * {
   * 	model(id: "vit-s") {
   * 		heads {
   * 			attentionEntropy(images: { count: 128 }) {
   * 				nats
   * 				ofUniform
   * 			}
   * 		}
   * 	}
   * }
   * ```
   */
  readonly attentionEntropy: AttentionEntropy;
  /**
   * What it looks at: a picture of its attention weights, of one image or averaged over images.
   *
   * ```graphql
   * {
   * 	model(id: "vit-s") {
   * 		blocks {
   * 			heads {
   * 				attentionMap(query: CLS, image: 3, images: { count: 64 }) {
   * 					weights
   * 				}
   * 			}
   * 		}
   * 	}
   * }
   * ```
   */
  readonly attentionMap: AttentionMap;
};


/** One of a block's attention heads. */
export type HeadAttentionDistanceArgs = {
  images: ImagesInput;
  variant: DistanceVariant;
};


/** One of a block's attention heads. */
export type HeadAttentionEntropyArgs = {
  images: ImagesInput;
};


/** One of a block's attention heads. */
export type HeadAttentionMapArgs = {
  query: MapQuery;
  patch?: InputMaybe<ReadonlyArray<Scalars['Int']['input']>>;
  image?: InputMaybe<Scalars['Int']['input']>;
  images: ImagesInput;
};

/** Which tokens count, and how distances are measured. */
export type DistanceVariant =
  /** Pixels; the class token's row and column are dropped without renormalisation (Raghu et al. 2021, Fig. 3). */
  | 'paper'
  /** Pixels; dropped, and what is left of each row divided by its sum. */
  | 'renormalised'
  /** Pixels; the class token asks and is attended to like a patch in the middle of the image. */
  | 'withClassToken'
  /** Renormalised, on a grid of patches from 0 to 1 (Walmer et al. 2023). */
  | 'unitGrid';

/** Who asks. */
export type MapQuery =
  /** The class token. */
  | 'cls'
  /** All patches, their weights averaged. */
  | 'mean'
  /** One patch, named by `patch`. */
  | 'patch';

/** Mean over queries of the attention-weighted distance between patch centres. */
export type AttentionDistance = {
  readonly __typename?: 'AttentionDistance';
  /** Pixels; null with the reason where it cannot be computed, and for UNIT_GRID. */
  readonly meanPx: Maybe<Scalars['Float']['output']>;
  /** Of UNIT_GRID: as a share of the grid's side; null for any other variant. */
  readonly meanUnit: Maybe<Scalars['Float']['output']>;
  /** Over images, pixels; null for fewer than 2 images. */
  readonly standardErrorPx: Maybe<Scalars['Float']['output']>;
  /** Over images, of UNIT_GRID. */
  readonly standardErrorUnit: Maybe<Scalars['Float']['output']>;
  /** Standard deviation over images, pixels. */
  readonly deviationPx: Maybe<Scalars['Float']['output']>;
  /** What uniform attention would give, pixels; null where the patches form no known grid. */
  readonly uniformPx: Maybe<Scalars['Float']['output']>;
  /** What uniform attention would give, of UNIT_GRID. */
  readonly uniformUnit: Maybe<Scalars['Float']['output']>;
  /** Why a value is null. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** How it came about; null where nothing was measured. */
  readonly provenance: Maybe<Provenance>;
};

/** -sum over keys of a ln a, averaged over all queries and images. */
export type AttentionEntropy = {
  readonly __typename?: 'AttentionEntropy';
  /** 0 to ln(tokens); null with the reason. */
  readonly nats: Maybe<Scalars['Float']['output']>;
  /** Over images. */
  readonly standardErrorNats: Maybe<Scalars['Float']['output']>;
  /** Over ln(tokens), what uniform attention has: 0 to 1. */
  readonly ofUniform: Maybe<Scalars['Float']['output']>;
  /** Why a value is null. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** How it came about. */
  readonly provenance: Maybe<Provenance>;
};

/** Attention weights on the patches. */
export type AttentionMap = {
  readonly __typename?: 'AttentionMap';
  /** [row][column], 0 to 1; what is missing to 1 rests on the class token. Null with the reason. */
  readonly weights: Maybe<ReadonlyArray<ReadonlyArray<Scalars['Float']['output']>>>;
  /** Number of the image within the run; null for the mean over images. */
  readonly image: Maybe<Scalars['Int']['output']>;
  /** Why there is none. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** How it came about. */
  readonly provenance: Maybe<Provenance>;
};

/**
 * Linear CKA of subsets of a block's heads, from the most local to the most global, with layers of another model (Raghu et al.
 * 2021, Fig. 5). A subset is a window over the heads sorted by attention distance; what it sees is its heads' values mixed by
 * attention, side by side, before the output projection.
 */
export type HeadSubsetCka = {
  readonly __typename?: 'HeadSubsetCka';
  /** From local to global; empty with the reason. */
  readonly windows: ReadonlyArray<HeadWindow>;
  /** The layers compared with. */
  readonly units: ReadonlyArray<Layer>;
  /** values[window][unit]: linear CKA, no unit, at most 1; null with the reason. */
  readonly values: ReadonlyArray<ReadonlyArray<Maybe<Scalars['Float']['output']>>>;
  /** Jackknife over batches: [window][unit]. */
  readonly standardErrors: ReadonlyArray<ReadonlyArray<Maybe<Scalars['Float']['output']>>>;
  /** Of each unit, how CKA goes with distance over the windows. */
  readonly correlations: ReadonlyArray<RankCorrelation>;
  /** Why values are null, or there are none. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** How it came about; null where nothing was measured. */
  readonly provenance: Maybe<Provenance>;
};

/** Heads that stand side by side when sorted by distance. */
export type HeadWindow = {
  readonly __typename?: 'HeadWindow';
  /** Within the block. */
  readonly heads: ReadonlyArray<Scalars['Int']['output']>;
  /** Of their mean attention distances, pixels. */
  readonly meanDistancePx: Scalars['Float']['output'];
};

/** Spearman's rank correlation. */
export type RankCorrelation = {
  readonly __typename?: 'RankCorrelation';
  /** -1 to 1; null with the reason, as for fewer than 3 windows. */
  readonly rho: Maybe<Scalars['Float']['output']>;
  /** Jackknife over batches; null below 4. */
  readonly standardError: Maybe<Scalars['Float']['output']>;
  /** Why a value is null. */
  readonly reason: Maybe<Scalars['String']['output']>;
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
  /** Id of an image set; on the machine that Sightline runs on also the path of images in its working folder. */
  readonly set: Scalars['ID']['input'];
  /** Which of the set's splits. */
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
  /** Pixels; null where the images differ. */
  readonly width: Maybe<Scalars['Int']['output']>;
  /** Pixels; null where the images differ. */
  readonly height: Maybe<Scalars['Int']['output']>;
  /** Of the generator, or of the shuffle of a folder's files: an unsigned 32-bit integer. */
  readonly seed: Scalars['Float']['output'];
  /** Digest of the images with their labels and order, or the generator with its version and seed. */
  readonly digest: Scalars['String']['output'];
  /** In the order of the class index; empty where the images carry no labels. */
  readonly classNames: ReadonlyArray<Scalars['String']['output']>;
  /** Id of the set whose classes these are: its own, or that of a set that shows the same ones. */
  readonly labels: Scalars['ID']['output'];
  /** The set's parts. */
  readonly splits: ReadonlyArray<Split>;
  /** Files that look like images and yet are left out, with the reason; empty where the images are generated. */
  readonly skipped: ReadonlyArray<SkippedFile>;
};

/** A file that could not be read as an image. */
export type SkippedFile = {
  readonly __typename?: 'SkippedFile';
  /** Relative to the set's folder. */
  readonly file: Scalars['String']['output'];
  /** A sentence. */
  readonly reason: Scalars['String']['output'];
};

/**
 * A range of a set's images that overlaps no other, but for "all" of a folder: its other splits one after the other. Of a
 * folder with a folder per class (or none), "probe" is the first half of each class after a shuffle, and "test" the rest; a
 * folder that is divided into "train", "val" and "test" has "train", "validation" and "test" instead. Any first images of a
 * split hold its classes in proportion.
 */
export type Split = {
  readonly __typename?: 'Split';
  /** What `ImagesInput.split` takes. */
  readonly name: Scalars['String']['output'];
  /** Images there are: a whole number, beyond 32 bits where the images are generated. */
  readonly count: Scalars['Float']['output'];
};

/**
 * Where in the image the tokens of a layer come from: linear CKA, over images, of each patch token (or position of a CNN, with
 * all its channels) with the pixels of each input patch after the model's normalisation. Unbiased HSIC, summed over
 * minibatches before the ratio; full batches only. Interior tokens are those that do not lie on the border of the grid.
 */
export type Localization = {
  readonly __typename?: 'Localization';
  /** Null with the reason where the model has no layer with tokens or positions. */
  readonly layer: Maybe<Layer>;
  /** Tokens or positions [rows, columns]; null where the layer has none. */
  readonly tokens: Maybe<ReadonlyArray<Scalars['Int']['output']>>;
  /** Patches [rows, columns]. */
  readonly patches: Maybe<ReadonlyArray<Scalars['Int']['output']>>;
  /**
   * values[token][patch], both row by row: CKA, no unit, at most 1; may fall slightly below 0 and is not clamped; null with
   * one of `reasons` where one of the two does not vary over the images.
   */
  readonly values: Maybe<ReadonlyArray<ReadonlyArray<Maybe<Scalars['Float']['output']>>>>;
  /** Jackknife over batches: [token][patch] as `values`; null below 4 batches. */
  readonly standardErrors: Maybe<ReadonlyArray<ReadonlyArray<Maybe<Scalars['Float']['output']>>>>;
  /**
   * One token's CKA with the patches as they lie in the image, [row][column]; row and column of the token count from 0. Null
   * where there is no such token.
   */
  readonly map: Maybe<ReadonlyArray<ReadonlyArray<Maybe<Scalars['Float']['output']>>>>;
  /** Share of interior tokens whose largest CKA is with their own patch, 0 to 1 (Raghu et al. 2021, Fig. 9). */
  readonly ownShare: Maybe<LocalizationEstimate>;
  /** Median over interior tokens of the distance from their own patch to that of the largest CKA, in patches. */
  readonly medianDistance: Maybe<LocalizationEstimate>;
  /** The same in pixels. */
  readonly medianDistancePx: Maybe<LocalizationEstimate>;
  /** Interior tokens' CKA with their own patch less that with all patches, mean over tokens. */
  readonly ownMinusMean: Maybe<LocalizationEstimate>;
  /** As `ownShare`, of edge tokens. */
  readonly edgeOwnShare: Maybe<LocalizationEstimate>;
  /** Mean CKA of edge tokens with the patches of the border but their own. */
  readonly edgeWithBorder: Maybe<LocalizationEstimate>;
  /** Mean CKA of edge tokens with the patches inside. */
  readonly edgeWithInterior: Maybe<LocalizationEstimate>;
  /** Which tokens and patches have no values, and why there are no errors. */
  readonly reasons: ReadonlyArray<LocalizationReason>;
  /** Why there is nothing at all. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** Full batches used. */
  readonly batches: Scalars['Int']['output'];
  /** How it came about; null where nothing was measured. */
  readonly provenance: Maybe<Provenance>;
};


/**
 * Where in the image the tokens of a layer come from: linear CKA, over images, of each patch token (or position of a CNN, with
 * all its channels) with the pixels of each input patch after the model's normalisation. Unbiased HSIC, summed over
 * minibatches before the ratio; full batches only. Interior tokens are those that do not lie on the border of the grid.
 */
export type LocalizationMapArgs = {
  row: Scalars['Int']['input'];
  column: Scalars['Int']['input'];
};

/**
 * A statistic of a localisation with its 95 % interval over batches of images (jackknife, Student's t). A share and a median
 * of tokens move in steps: their intervals are rough, may reach beyond what is possible, and are a point where no batch that
 * is left out moves any token.
 */
export type LocalizationEstimate = {
  readonly __typename?: 'LocalizationEstimate';
  /** Null with the reason where no token counts. */
  readonly value: Maybe<Scalars['Float']['output']>;
  /** Null below 4 batches. */
  readonly low: Maybe<Scalars['Float']['output']>;
  /** Null below 4 batches. */
  readonly high: Maybe<Scalars['Float']['output']>;
  /** Why something is null. */
  readonly reason: Maybe<Scalars['String']['output']>;
};

/** Why values of a localisation are null. */
export type LocalizationReason = {
  readonly __typename?: 'LocalizationReason';
  /** Token, row by row from 0; null where it is not about one. */
  readonly token: Maybe<Scalars['Int']['output']>;
  /** Patch, row by row from 0; null where it is not about one. */
  readonly patch: Maybe<Scalars['Int']['output']>;
  /** A sentence. */
  readonly reason: Scalars['String']['output'];
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
  /** Whose places its entry says that it takes in reports. */
  readonly roles: ReadonlyArray<Scalars['String']['output']>;
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
  /**
   * Subsets of a block's heads, from local to global, beside layers of another model (Raghu et al. 2021, Fig. 5).
   *
   * ```graphql
   * {
   * 	model(id: "vit-s") {
   * 		headSubsetCka(with: { model: "resnet-s", names: ["blocks.0.output", "blocks.1.output"] }) {
   * 			windows {
   * 				heads
   * 				meanDistancePx
   * 			}
   * 			values
   * 			correlations {
   * 				rho
   * 			}
   * 		}
   * 	}
   * }
   * ```
   */
  readonly headSubsetCka: HeadSubsetCka;
  /** Residual additions found in the graph. */
  readonly residualAdditions: Scalars['Int']['output'];
  /** How it was made; null for a model of the user's. */
  readonly card: Maybe<ModelCard>;
  /** Where the analogy with the paper's model that it stands in for ends; null where it stands for itself. */
  readonly analogyEnds: Maybe<Scalars['String']['output']>;
  /** What was unsure about the anatomy, in sentences. */
  readonly remarks: ReadonlyArray<Scalars['String']['output']>;
  /** How sure each part of what was found is, and why. What is unsure can be declared in the model's entry. */
  readonly findings: ReadonlyArray<Finding>;
  /**
   * The model without the identity path of some blocks (Raghu et al. 2021, Fig. 8).
   *
   * ```graphql
   * {
   * 	model(id: "vit-s") {
   * 		skipAblation(blocks: [3], images: { count: 256 }) {
   * 			ablated {
   * 				accuracyDifference {
   * 					value
   * 					low
   * 					high
   * 				}
   * 				split {
   * 					value
   * 					standardError
   * 				}
   * 			}
   * 		}
   * 	}
   * }
   * ```
   */
  readonly skipAblation: SkipAblation;
  /** Top-1 and top-5 on labelled images. */
  readonly accuracy: Accuracy;
  /**
   * How well each token of a layer matches its own place in the image (Raghu et al. 2021, Figs 9, 10 and D).
   *
   * ```graphql
   * {
   * 	model(id: "vit-s") {
   * 		localization(images: { count: 512 }) {
   * 			layer {
   * 				name
   * 			}
   * 			ownShare {
   * 				value
   * 				low
   * 				high
   * 			}
   * 			map(row: 1, column: 2)
   * 		}
   * 	}
   * }
   * ```
   */
  readonly localization: ReadonlyArray<Localization>;
  /**
   * How well each layer tells the classes apart: few-shot linear probes (Raghu et al. 2021, Figs 11, 13, D.4 and F).
   *
   * ```graphql
   * {
   * 	model(id: "vit-s") {
   * 		linearProbe(readout: MEAN, shots: 10) {
   * 			layer {
   * 				name
   * 			}
   * 			accuracy
   * 			low
   * 			high
   * 		}
   * 	}
   * }
   * ```
   */
  readonly linearProbe: ReadonlyArray<LinearProbe>;
  /**
   * Effective receptive fields, layer by layer (Raghu et al. 2021, Figs 6 and C): the gradient of each layer's centre with
   * respect to the pixels.
   *
   * ```graphql
   * {
   * 	model(id: "vit-s") {
   * 		receptiveFields(images: { count: 32, batchSize: 4 }, residual: AFTER) {
   * 			layer
   * 			centreMass {
   * 				value
   * 				standardError
   * 			}
   * 			radiusHoldingHalfPx {
   * 				value
   * 				standardError
   * 			}
   * 			reason
   * 		}
   * 	}
   * }
   * ```
   */
  readonly receptiveFields: ReadonlyArray<ReceptiveField>;
};


/** A vision model and what was found in its graph. */
export type ModelLayersArgs = {
  preset: LayerPreset;
};


/** A vision model and what was found in its graph. */
export type ModelHeadSubsetCkaArgs = {
  block: Scalars['Int']['input'];
  window?: InputMaybe<Scalars['Int']['input']>;
  with: LayersInput;
  images: ImagesInput;
};


/** A vision model and what was found in its graph. */
export type ModelSkipAblationArgs = {
  blocks: ReadonlyArray<Scalars['Int']['input']>;
  branches?: InputMaybe<ReadonlyArray<BranchKind>>;
  trained?: InputMaybe<Scalars['ID']['input']>;
  images: ImagesInput;
};


/** A vision model and what was found in its graph. */
export type ModelAccuracyArgs = {
  images: ImagesInput;
};


/** A vision model and what was found in its graph. */
export type ModelLocalizationArgs = {
  blocks: ReadonlyArray<Scalars['Int']['input']>;
  layers?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  patchPx?: InputMaybe<Scalars['Int']['input']>;
  images: ImagesInput;
};


/** A vision model and what was found in its graph. */
export type ModelLinearProbeArgs = {
  blocks?: InputMaybe<ReadonlyArray<Scalars['Int']['input']>>;
  layers?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  readout: ProbeReadout;
  patchFlatten: Scalars['Boolean']['input'];
  shots?: InputMaybe<Scalars['Int']['input']>;
  seeds: Scalars['Int']['input'];
  l2: ReadonlyArray<Scalars['Float']['input']>;
  images: ImagesInput;
  train?: InputMaybe<ImagesInput>;
};


/** A vision model and what was found in its graph. */
export type ModelReceptiveFieldsArgs = {
  images: ImagesInput;
  residual: ResidualSide;
  layers?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  channels?: InputMaybe<Scalars['Int']['input']>;
  variant: ReceptiveFieldVariant;
  patchPx?: InputMaybe<Scalars['Float']['input']>;
};

/** A part of what was found in a model's graph. */
export type Finding = {
  readonly __typename?: 'Finding';
  /** input, output, blocks, residualAdditions, heads, grid, classToken or pooling. */
  readonly part: Scalars['String']['output'];
  /** certain: nothing in the graph allows another answer; likely: another would be unusual; guess: one of several. */
  readonly confidence: Scalars['String']['output'];
  /** In a sentence. */
  readonly reason: Scalars['String']['output'];
};

export type Family =
  /** A vision transformer, over all patches or within windows of them. */
  | 'vit'
  /** An MLP-Mixer: MLPs over the tokens in place of attention. */
  | 'mixer'
  /** A convolutional network. */
  | 'cnn'
  /** Neither was recognised; `remarks` tell what was seen. */
  | 'other';

/** What the classifier reads. */
export type Pooling =
  /** The class token. */
  | 'cls'
  /** The mean over the patch tokens, or over the positions of the last map. */
  | 'gap'
  /** Both, side by side. */
  | 'cls+gap';

/** A place where a representation is read. */
export type Layer = {
  readonly __typename?: 'Layer';
  /** As "blocks.3.attention": unique in the model. */
  readonly name: Scalars['ID']['output'];
  /** What it is: norm, attention, tokenMixing, mlpHidden, mlp, convolution, projection, output, patchEmbedding or positionEmbedding. */
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

/** A ViT's encoder block, a ResNet's unit, or what else a network is made of again and again. */
export type Block = {
  readonly __typename?: 'Block';
  /** Counted from 0. */
  readonly index: Scalars['Int']['output'];
  /**
   * encoder, mixer; of a CNN bottleneck (three convolutions), basic (two), inverted (a depthwise one between pointwise
   * ones), convnext (a depthwise one, then an MLP), dense (a DenseNet's layer) or plain (a run without skips).
   */
  readonly kind: Scalars['String']['output'];
  /** A run of blocks with one width and resolution, counted from 0; null for a ViT whose blocks are all alike. */
  readonly stage: Maybe<Scalars['Int']['output']>;
  /** Layers inside the block. */
  readonly layers: ReadonlyArray<Layer>;
  /**
   * How each of its residual additions divides into stream and branch (Raghu et al. 2021, Fig. 7).
   *
   * ```graphql
   * {
   * 	model(id: "vit-s") {
   * 		blocks {
   * 			residualNorms(images: { count: 256 }) {
   * 				branches {
   * 					kind
   * 					cls {
   * 						ratio
   * 					}
   * 					spatial {
   * 						ratio
   * 						ratioStandardError
   * 						cosineWithSum
   * 					}
   * 				}
   * 			}
   * 		}
   * 	}
   * }
   * ```
   */
  readonly residualNorms: ResidualNorms;
  /** Empty where the block has no attention. */
  readonly heads: ReadonlyArray<Head>;
};


/** A ViT's encoder block, a ResNet's unit, or what else a network is made of again and again. */
export type BlockResidualNormsArgs = {
  images: ImagesInput;
  aggregation: NormAggregation;
  projections: Scalars['Boolean']['input'];
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
  /** The model whose weights the training went on from; null where it began with random ones. */
  readonly startsFrom: Maybe<StartingWeights>;
  /** What it stands in for in the paper. */
  readonly standsFor: Scalars['String']['output'];
  /** The training as it went. */
  readonly curve: ReadonlyArray<CurvePoint>;
};

/** Weights that a training went on from. */
export type StartingWeights = {
  readonly __typename?: 'StartingWeights';
  /** What `model(id)` takes. */
  readonly id: Scalars['ID']['output'];
  /** SHA-256 of the weights' file. */
  readonly digest: Scalars['String']['output'];
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

/** What changes something. Pages of other servers can send none of it. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Stops a pass at its next batch; what is summed stays. False where there is no such pass. */
  readonly cancelPass: Scalars['Boolean']['output'];
  /**
   * Looks at a model and names it in sightline.json, as `sightline add` does. Only of a server that was started with
   * `--allow-add`; one entry at a time, and no entry that is there is changed. At most 4 GB, in however many files.
   */
  readonly addModel: AddedModel;
  /**
   * Looks at images in the server's working folder and names them in sightline.json, as `sightline add-images` does. Only of
   * a server that was started with `--allow-add`, and only for clients on its machine; one entry at a time, and no entry that is
   * there is changed.
   */
  readonly addImages: ImageSet;
};


/** What changes something. Pages of other servers can send none of it. */
export type MutationCancelPassArgs = {
  id: Scalars['ID']['input'];
};


/** What changes something. Pages of other servers can send none of it. */
export type MutationAddModelArgs = {
  model: Scalars['String']['input'];
  id?: InputMaybe<Scalars['ID']['input']>;
  title?: InputMaybe<Scalars['String']['input']>;
  labels?: InputMaybe<Scalars['ID']['input']>;
};


/** What changes something. Pages of other servers can send none of it. */
export type MutationAddImagesArgs = {
  path: Scalars['String']['input'];
  id?: InputMaybe<Scalars['ID']['input']>;
  title?: InputMaybe<Scalars['String']['input']>;
  labels?: InputMaybe<Scalars['String']['input']>;
  upright: Scalars['Boolean']['input'];
  strict: Scalars['Boolean']['input'];
};

/** A model that was added. */
export type AddedModel = {
  readonly __typename?: 'AddedModel';
  /** How its preprocessing was found out, in sentences. */
  readonly notes: ReadonlyArray<Scalars['String']['output']>;
  /** As it can be named from now on. */
  readonly model: Model;
};

/** What a probe reads of a layer. Positions of a CNN are those of its map after pooling (`patchFlatten` says how). */
export type ProbeReadout =
  /** The class token. */
  | 'cls'
  /** Each patch token or position, by a probe of its own; the accuracy is their mean. */
  | 'tokens'
  /** The patch token or position of the upper left corner. */
  | 'firstToken'
  /** The mean over patch tokens or positions, without the class token. */
  | 'mean'
  /** The mean over all tokens, with the class token. */
  | 'meanWithCls'
  /** All patch tokens or positions side by side, as one vector. */
  | 'all';

/**
 * How well a linear classifier reads the class from a layer: ridge regression in closed form on a few images of each class,
 * with features standardised by these images, a constant feature of 100 and targets of 1 and -1 (big_vision's few-shot
 * evaluator), tested on other images.
 */
export type LinearProbe = {
  readonly __typename?: 'LinearProbe';
  /** Null with the reason where the model has no layers. */
  readonly layer: Maybe<Layer>;
  /** Share of test images whose class is found, 0 to 1: mean over seeds, and over tokens where each is read by itself. */
  readonly accuracy: Maybe<Scalars['Float']['output']>;
  /**
   * Lower end of the 95 % interval, not below 0: over the choice of images to fit on (Student's t over seeds) and over test
   * images (Wilson), joined as Zou and Donner (2008) do. Of one fit it covers the test images alone.
   */
  readonly low: Maybe<Scalars['Float']['output']>;
  /** Upper end of it, not above 1; null for one seed. */
  readonly high: Maybe<Scalars['Float']['output']>;
  /** Each choice of images to fit on by itself. */
  readonly perSeed: ReadonlyArray<SeededProbe>;
  /** Where each token is read by itself: [row][column], the accuracy of that place, 0 to 1, mean over seeds. Else null. */
  readonly map: Maybe<ReadonlyArray<ReadonlyArray<Scalars['Float']['output']>>>;
  /** Features of a vector that is read; null where nothing is. */
  readonly width: Maybe<Scalars['Int']['output']>;
  /** Why there is no accuracy. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** How it was tested; null where nothing was measured. */
  readonly provenance: Maybe<Provenance>;
  /** What it was fitted on: the images that each seed chooses from. Null where nothing was measured. */
  readonly trainProvenance: Maybe<Provenance>;
};

/** A probe that was fitted on one choice of images. */
export type SeededProbe = {
  readonly __typename?: 'SeededProbe';
  /** Determines the choice: from 0. */
  readonly seed: Scalars['Int']['output'];
  /** 0 to 1. */
  readonly accuracy: Scalars['Float']['output'];
  /** Lower end of the 95 % interval over test images (Wilson); for a mean over tokens, of an interval at least as wide. */
  readonly low: Scalars['Float']['output'];
  /** Upper end of it. */
  readonly high: Scalars['Float']['output'];
  /** The ridge that was used. */
  readonly l2: Scalars['Float']['output'];
  /** Images fitted on. */
  readonly fitted: Scalars['Int']['output'];
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
  /** Of the generator or the shuffle of the images: an unsigned 32-bit integer. */
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
   * One model, by its id; on the machine that Sightline runs on also by the path of a model file in its working folder.
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
   * One image set, by its id; on the machine that Sightline runs on also by the path of images in its working folder.
   *
   * ```graphql
   * {
   * 	imageSet(id: "leaves") {
   * 		title
   * 		splits {
   * 			name
   * 			count
   * 		}
   * 		skipped {
   * 			file
   * 			reason
   * 		}
   * 	}
   * }
   * ```
   */
  readonly imageSet: ImageSet;
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
   *
   * As many images as it takes, and what the same estimate gives where there is nothing in common:
   *
   * ```graphql
   * {
   * 	similarity(
   * 		rows: { model: "vit-s", preset: BLOCKS }
   * 		columns: { model: "resnet-s", preset: BLOCKS }
   * 		images: { count: 256, batchSize: 32 }
   * 		tokens: MEAN
   * 		until: { standardError: 0.02, atMost: 1024 }
   * 	) {
   * 		values
   * 		stopped {
   * 			reached
   * 			images
   * 			reason
   * 		}
   * 		trace {
   * 			images
   * 			largestStandardError
   * 			largestChange
   * 		}
   * 		shuffled {
   * 			values
   * 			standardErrors
   * 		}
   * 	}
   * }
   * ```
   */
  readonly similarity: Similarity;
  /**
   * The same block of two models (Raghu et al. 2021, Fig. 12 and G.1).
   *
   * ```graphql
   * {
   * 	blockSimilarity(before: "vit-s", after: "vit-s-gap", images: { count: 256 }) {
   * 		blocks {
   * 			block
   * 			value
   * 			standardError
   * 		}
   * 		reason
   * 	}
   * }
   * ```
   */
  readonly blockSimilarity: BlockSimilarity;
  /**
   * Top-1 of a model less that of another on the same images: what a change of the weights, or of their format, gains or costs.
   *
   * ```graphql
   * {
   * 	accuracyDifference(before: "vit-s", after: "vit-s-gap", images: { count: 256 }) {
   * 		value
   * 		low
   * 		high
   * 		reason
   * 	}
   * }
   * ```
   */
  readonly accuracyDifference: Difference;
  /**
   * On how many images two models name the same class, right or wrong: what an export or a quantised copy kept of the
   * answers. It needs no labels, and two models of equal accuracy may differ in it.
   *
   * ```graphql
   * {
   * 	predictionAgreement(before: "vit-s", after: "vit-s-gap", images: { count: 256 }) {
   * 		share {
   * 			value
   * 			low
   * 			high
   * 		}
   * 		reason
   * 	}
   * }
   * ```
   */
  readonly predictionAgreement: PredictionAgreement;
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
export type QueryImageSetArgs = {
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
  tokens: TokenChoice;
  estimator: CkaEstimator;
  until?: InputMaybe<UntilInput>;
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
export type QueryBlockSimilarityArgs = {
  before: Scalars['ID']['input'];
  after: Scalars['ID']['input'];
  images: ImagesInput;
  tokens: TokenChoice;
  estimator: CkaEstimator;
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
export type QueryAccuracyDifferenceArgs = {
  before: Scalars['ID']['input'];
  after: Scalars['ID']['input'];
  images: ImagesInput;
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
export type QueryPredictionAgreementArgs = {
  before: Scalars['ID']['input'];
  after: Scalars['ID']['input'];
  images: ImagesInput;
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * The passes there are, then each change of any: over server-sent events, as POST /graphql/stream. A slow reader gets
   * the newest state of each pass and misses older ones.
   */
  readonly passes: Pass;
};

/** Where a layer is read, next to a residual addition. */
export type ResidualSide =
  /** The branch, before it is added. */
  | 'before'
  /** The stream after the addition; of a CNN's unit its output, after the activation that follows. */
  | 'after';

/** Which gradient of the centre cell makes a receptive field. All are summed over colours and averaged over images. */
export type ReceptiveFieldVariant =
  /** Absolute gradient of each channel, then the mean over channels (Raghu et al. 2021). */
  | 'jacobian'
  /** Absolute gradient of the sum over channels: one gradient a layer, in which channels of opposite sign cancel. */
  | 'channelSum'
  /** Positive part of the gradient of the sum of the channels' positive parts (Ding et al. 2022, RepLKNet). */
  | 'repLKNet';

/**
 * The effective receptive field of a layer: how its centre cell, (rows // 2, columns // 2) of its tokens or positions, changes
 * with each pixel of the input. The centre that distances are measured from is the middle of that cell.
 */
export type ReceptiveField = {
  readonly __typename?: 'ReceptiveField';
  /**
   * As \"blocks.3.attention\" (the branch) or \"blocks.3.+attention\" (the stream after its addition); \"blocks.3.unit\" and
   * \"blocks.3.+unit\" of a CNN; or the first layer of all. Null with the reason where the model has none.
   */
  readonly layer: Maybe<Scalars['ID']['output']>;
  /** attention, tokenMixing, mlp or unit; of the first layer patchEmbedding or convolution. */
  readonly kind: Maybe<Scalars['String']['output']>;
  /** Counted from 0; null for the first layer. */
  readonly block: Maybe<Scalars['Int']['output']>;
  /** Null for the first layer: nothing is added to it. */
  readonly residual: Maybe<ResidualSide>;
  /**
   * [row][column] of the input, of sum 1; of REP_LK_NET log10(score + 1) over its largest value. Null with the reason where
   * the gradient is zero everywhere or not finite.
   */
  readonly map: Maybe<ReadonlyArray<ReadonlyArray<Scalars['Float']['output']>>>;
  /** The map's largest value. */
  readonly largest: Maybe<Scalars['Float']['output']>;
  /** Of the map, in pixels: the model's input. */
  readonly width: Maybe<Scalars['Int']['output']>;
  /** Of the map, in pixels: the model's input. */
  readonly height: Maybe<Scalars['Int']['output']>;
  /** The centre, in pixels from the upper edge. */
  readonly centreRowPx: Maybe<Scalars['Float']['output']>;
  /** The centre, in pixels from the left edge. */
  readonly centreColumnPx: Maybe<Scalars['Float']['output']>;
  /** Side of the square about the centre that `centreMass` is about, in pixels. */
  readonly patchPx: Scalars['Float']['output'];
  /** Share of the map's sum in that square, 0 to 1; pixels on its border count by their area inside. */
  readonly centreMass: Maybe<ReceptiveFieldEstimate>;
  /** The same over the square's share of the image's area: 1 for an even map. */
  readonly centreMassOverArea: Maybe<ReceptiveFieldEstimate>;
  /** Radius of the circle about the centre that holds 50 % of the map's sum, in pixels. */
  readonly radiusHoldingHalfPx: Maybe<ReceptiveFieldEstimate>;
  /** Radius of the circle about the centre that holds 90 % of the map's sum, in pixels. */
  readonly radiusHoldingNinetyPx: Maybe<ReceptiveFieldEstimate>;
  /** `radiusHoldingHalfPx` over the image's shorter side. */
  readonly radiusHoldingHalf: Maybe<ReceptiveFieldEstimate>;
  /** `radiusHoldingNinetyPx` over the image's shorter side. */
  readonly radiusHoldingNinety: Maybe<ReceptiveFieldEstimate>;
  /** Share of the image's area, 0 to 1, that the brightest pixels take which hold 50 % of the map's sum. */
  readonly areaHoldingHalf: Maybe<ReceptiveFieldEstimate>;
  /** Of REP_LK_NET, for 20, 30, 50 and 99 % of its map; else empty. */
  readonly squares: ReadonlyArray<ReceptiveFieldSquare>;
  /** Images that it rests on. */
  readonly images: Scalars['Int']['output'];
  /** Batches that it rests on. */
  readonly batches: Scalars['Int']['output'];
  /** Why something is null, or images were left out. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** How it came about; null where nothing was measured. */
  readonly provenance: Maybe<Provenance>;
};

/** A statistic of a receptive field, with its error over images. */
export type ReceptiveFieldEstimate = {
  readonly __typename?: 'ReceptiveFieldEstimate';
  /** Null with the reason where it is not defined. */
  readonly value: Maybe<Scalars['Float']['output']>;
  /** Jackknife over batches, in the unit of the value; null below 4 batches. */
  readonly standardError: Maybe<Scalars['Float']['output']>;
  /** Why something is null. */
  readonly reason: Maybe<Scalars['String']['output']>;
};

/**
 * The smallest square about the pixel in the middle of the image (side // 2) that holds more than a share of the map's sum; its
 * side is odd, and at least 3.
 */
export type ReceptiveFieldSquare = {
  readonly __typename?: 'ReceptiveFieldSquare';
  /** 0 to 1. */
  readonly share: Scalars['Float']['output'];
  /** Pixels; null where no square within the image holds so much. */
  readonly sidePx: ReceptiveFieldEstimate;
  /** Of the image's area, 0 to 1. */
  readonly area: Maybe<Scalars['Float']['output']>;
};

/** A report: figures and the claims they bear on. */
export type Report = {
  readonly __typename?: 'Report';
  /** What `sightline report` takes. */
  readonly id: Scalars['ID']['output'];
  /** In words. */
  readonly title: Scalars['String']['output'];
  /** What it reproduces, or what it shows where it reproduces nothing. */
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
 * How each residual addition z + f(z) of a block divides into the stream z and the branch f: the ratio of their norms, and
 * how the stream points beside the sum and beside the branch, per token (of a CNN, per position) and averaged over images
 * (Raghu et al. 2021, Fig. 7, E.1 and E.2).
 */
export type ResidualNorms = {
  readonly __typename?: 'ResidualNorms';
  /** In the order of the forward pass: attention and MLP of an encoder block, or the unit. Empty with the reason. */
  readonly branches: ReadonlyArray<BranchNorms>;
  /** Why there are none. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** How it came about; null where nothing was measured. */
  readonly provenance: Maybe<Provenance>;
};

/** One residual addition. */
export type BranchNorms = {
  readonly __typename?: 'BranchNorms';
  /** What the branch is. */
  readonly kind: BranchKind;
  /** The stream passes a projection before the addition: z is what the projection makes of it. */
  readonly projected: Scalars['Boolean']['output'];
  /** Of the class token; null where there is none. */
  readonly cls: Maybe<TokenNorms>;
  /** The mean over patch tokens or positions. */
  readonly spatial: TokenNorms;
  /** Each token by itself, the class token first where there is one; of a CNN each position, row by row. */
  readonly tokens: ReadonlyArray<TokenMeans>;
  /** Why values of some tokens are null; null where none is. */
  readonly reason: Maybe<Scalars['String']['output']>;
};

export type BranchKind =
  /** Multi-head self-attention. */
  | 'attention'
  /** The MLP over tokens of a Mixer. */
  | 'tokenMixing'
  /** The MLP of an encoder block. */
  | 'mlp'
  /** The convolutions of a ResNet's unit. */
  | 'unit';

/** Means over images with their standard errors. */
export type TokenNorms = {
  readonly __typename?: 'TokenNorms';
  /** |z| / |f(z)|, not negative, no unit; null with the reason where a norm is zero. */
  readonly ratio: Maybe<Scalars['Float']['output']>;
  /** Over images; null with the reason, as for fewer than 2 images. */
  readonly ratioStandardError: Maybe<Scalars['Float']['output']>;
  /** cos(z, z + f(z)), -1 to 1. */
  readonly cosineWithSum: Maybe<Scalars['Float']['output']>;
  /** Over images. */
  readonly cosineWithSumStandardError: Maybe<Scalars['Float']['output']>;
  /** cos(z, f(z)), -1 to 1. */
  readonly cosineWithBranch: Maybe<Scalars['Float']['output']>;
  /** Over images. */
  readonly cosineWithBranchStandardError: Maybe<Scalars['Float']['output']>;
  /** Why a value is null. */
  readonly reason: Maybe<Scalars['String']['output']>;
};

/** A token's means over images; null where a norm is zero. */
export type TokenMeans = {
  readonly __typename?: 'TokenMeans';
  /** |z| / |f(z)|, not negative, no unit. */
  readonly ratio: Maybe<Scalars['Float']['output']>;
  /** cos(z, z + f(z)), -1 to 1. */
  readonly cosineWithSum: Maybe<Scalars['Float']['output']>;
  /** cos(z, f(z)), -1 to 1. */
  readonly cosineWithBranch: Maybe<Scalars['Float']['output']>;
};

/** How the ratio of norms is averaged over images, which the paper leaves open. */
export type NormAggregation =
  /** The mean of each image's ratio at each token. */
  | 'meanOfRatios'
  /** The mean of |z| over the mean of |f(z)|. */
  | 'ratioOfMeans';

/**
 * A matrix of linear CKA values: HSIC summed over batches, then the ratio (Nguyen et al. 2021, arXiv:2010.15327), on
 * column-centred features.
 */
export type Similarity = {
  readonly __typename?: 'Similarity';
  /** Of the first axis. */
  readonly rows: ReadonlyArray<Layer>;
  /** Of the second axis. */
  readonly columns: ReadonlyArray<Layer>;
  /** values[row][column]: no unit, at most 1; may fall slightly below 0 and is not clamped; null with one of `reasons`. */
  readonly values: ReadonlyArray<ReadonlyArray<Maybe<Scalars['Float']['output']>>>;
  /** Jackknife: [row][column] as `values`. Over batches, null below 4; over images where all are one batch. */
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
  /**
   * A control: the same, while the columns see the images of every batch in another order, so that nothing is left in
   * common. The unbiased estimate is then 0 within its error; what the biased one shows is bias.
   */
  readonly shuffled: ShuffledSimilarity;
  /** How the errors shrink with more images: after 4, 8, 16, ... batches, and after all. */
  readonly trace: ReadonlyArray<ConvergencePoint>;
  /** How measuring ended; null without `until`. */
  readonly stopped: Maybe<StopReport>;
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

/** Which part of every layer is compared. Layers that do not have it give nulls with the reason. */
export type TokenChoice =
  /** Every token with the class token, or every position, flattened to one example. */
  | 'all'
  /** The class token. */
  | 'cls'
  /** Every patch token or position, flattened. */
  | 'spatial'
  /** The mean over patch tokens or positions. */
  | 'mean';

/** How HSIC is estimated. */
export type CkaEstimator =
  /** HSIC_1 (Song et al. 2012) of every batch, summed over batches. */
  | 'unbiased'
  /** HSIC_0 (Gretton et al. 2005) of every batch: near 1 whatever the layers, where there are more features than images. */
  | 'biased'
  /** The debiased CKA of Kornblith et al. 2019: HSIC_1 of all images as one batch. `batchSize` is then `count`. */
  | 'debiasedFullBatch';

/** Measures more images, twice as many each time, until the largest standard error is as small as asked. */
export type UntilInput = {
  /** CKA, above 0. */
  readonly standardError: Scalars['Float']['input'];
  /** Images at most; fewer where the split has no more. */
  readonly atMost: Scalars['Int']['input'];
};

/** How measuring until a standard error ended. */
export type StopReport = {
  readonly __typename?: 'StopReport';
  /** Whether the largest standard error is as small as asked. */
  readonly reached: Scalars['Boolean']['output'];
  /** It, CKA; null where there is none. */
  readonly largestStandardError: Maybe<Scalars['Float']['output']>;
  /** Images asked for in the end. */
  readonly images: Scalars['Int']['output'];
  /** Why it was not reached; null where it was. */
  readonly reason: Maybe<Scalars['String']['output']>;
};

/** A control without anything in common. */
export type ShuffledSimilarity = {
  readonly __typename?: 'ShuffledSimilarity';
  /** [row][column] as the matrix itself. */
  readonly values: ReadonlyArray<ReadonlyArray<Maybe<Scalars['Float']['output']>>>;
  /** As those of the matrix itself. */
  readonly standardErrors: ReadonlyArray<ReadonlyArray<Maybe<Scalars['Float']['output']>>>;
  /** Why cells are null. */
  readonly reasons: ReadonlyArray<NullReason>;
};

/** Where an estimate stands after some of its batches. */
export type ConvergencePoint = {
  readonly __typename?: 'ConvergencePoint';
  /** Images so far. */
  readonly images: Scalars['Int']['output'];
  /** Full batches so far. */
  readonly batches: Scalars['Int']['output'];
  /** Over the cells but those of a layer with itself, CKA; null where there is none, as below 4 batches. */
  readonly largestStandardError: Maybe<Scalars['Float']['output']>;
  /** Over the same cells, CKA. */
  readonly meanStandardError: Maybe<Scalars['Float']['output']>;
  /** Over the cells, against the point before; null for the first. */
  readonly largestChange: Maybe<Scalars['Float']['output']>;
};

/** Linear CKA of each block of a model with the same block of another: before and after fine-tuning, or of less data. */
export type BlockSimilarity = {
  readonly __typename?: 'BlockSimilarity';
  /** Empty with the reason. */
  readonly blocks: ReadonlyArray<BlockPair>;
  /** Why there are none. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** How it came about; null where nothing was measured. */
  readonly provenance: Maybe<Provenance>;
};

/** A block's output in two models. */
export type BlockPair = {
  readonly __typename?: 'BlockPair';
  /** Counted from 0. */
  readonly block: Scalars['Int']['output'];
  /** Linear CKA, no unit, at most 1; null with the reason. */
  readonly value: Maybe<Scalars['Float']['output']>;
  /** Jackknife over batches; null below 4. */
  readonly standardError: Maybe<Scalars['Float']['output']>;
  /** Why a value is null. */
  readonly reason: Maybe<Scalars['String']['output']>;
};

/**
 * A model without the identity path of some residual additions (Raghu et al. 2021, Fig. 8): where stream and branch were added,
 * the branch alone goes on, in the graph of the trained model. Beside it the model as it is and, where one is named, a model
 * that was trained without that skip.
 */
export type SkipAblation = {
  readonly __typename?: 'SkipAblation';
  /** The model as it is. */
  readonly original: SkipAblationSide;
  /** The model without the skips; null with the reason. */
  readonly ablated: Maybe<SkipAblationSide>;
  /** The model that was trained without them; null where none is named. */
  readonly trained: Maybe<SkipAblationSide>;
  /** Why there is no model without the skips. */
  readonly reason: Maybe<Scalars['String']['output']>;
};

/** One of the models compared. */
export type SkipAblationSide = {
  readonly __typename?: 'SkipAblationSide';
  /** The model: everything may be asked of it. An ablated one is called as "vit-s?withoutSkips=3". */
  readonly model: Model;
  /** Top-1 and top-5 on the images. */
  readonly accuracy: Accuracy;
  /** Top-1 less that of the model as it is. */
  readonly accuracyDifference: Difference;
  /** Linear CKA of all layers with each other. */
  readonly similarity: Similarity;
  /** How far the layers are divided where the first of the skips is left out. */
  readonly split: SplitScore;
};

/** A difference of two shares of the same images with its 95 % interval for paired shares (Newcombe 1998, method 10). */
export type Difference = {
  readonly __typename?: 'Difference';
  /** -1 to 1; null with the reason. */
  readonly value: Maybe<Scalars['Float']['output']>;
  /** Lower end of the interval. */
  readonly low: Maybe<Scalars['Float']['output']>;
  /** Upper end of the interval. */
  readonly high: Maybe<Scalars['Float']['output']>;
  /** Why there is none. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** How it came about; null where nothing was measured. */
  readonly provenance: Maybe<Provenance>;
};

/**
 * The mean CKA of the layers before a cut with those from it on, over the mean CKA within either part: 1 where the cut divides
 * nothing, near 0 where the parts have nothing in common.
 */
export type SplitScore = {
  readonly __typename?: 'SplitScore';
  /** No unit; null with the reason. */
  readonly value: Maybe<Scalars['Float']['output']>;
  /** Jackknife over batches; null with the reason. */
  readonly standardError: Maybe<Scalars['Float']['output']>;
  /** The first layer of the upper part. */
  readonly layer: Maybe<Scalars['String']['output']>;
  /** Why a value is null. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** How it came about; null where nothing was measured. */
  readonly provenance: Maybe<Provenance>;
};



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
  PredictionAgreement: ResolverTypeWrapper<PredictionAgreement>;
  Head: ResolverTypeWrapper<HeadParent>;
  DistanceVariant: null;
  MapQuery: null;
  AttentionDistance: ResolverTypeWrapper<AttentionDistance>;
  AttentionEntropy: ResolverTypeWrapper<AttentionEntropy>;
  AttentionMap: ResolverTypeWrapper<AttentionMap>;
  HeadSubsetCka: ResolverTypeWrapper<Omit<HeadSubsetCka, 'units'> & { units: ReadonlyArray<ResolversTypes['Layer']> }>;
  HeadWindow: ResolverTypeWrapper<HeadWindow>;
  RankCorrelation: ResolverTypeWrapper<RankCorrelation>;
  Device: ResolverTypeWrapper<Device>;
  Pass: ResolverTypeWrapper<PassParent>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  PassState: ResolverTypeWrapper<PassStateParent>;
  ImagesInput: ImagesInput;
  ImageSet: ResolverTypeWrapper<ImageSetParent>;
  SkippedFile: ResolverTypeWrapper<SkippedFile>;
  Split: ResolverTypeWrapper<Split>;
  Localization: ResolverTypeWrapper<LocalizationParent>;
  LocalizationEstimate: ResolverTypeWrapper<LocalizationEstimate>;
  LocalizationReason: ResolverTypeWrapper<LocalizationReason>;
  Model: ResolverTypeWrapper<ModelParent>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Finding: ResolverTypeWrapper<Finding>;
  Family: ResolverTypeWrapper<FamilyParent>;
  Pooling: ResolverTypeWrapper<PoolingParent>;
  Layer: ResolverTypeWrapper<LayerParent>;
  LayersInput: LayersInput;
  LayerPreset: null;
  Block: ResolverTypeWrapper<BlockParent>;
  ModelCard: ResolverTypeWrapper<ModelCardParent>;
  StartingWeights: ResolverTypeWrapper<StartingWeights>;
  CurvePoint: ResolverTypeWrapper<CurvePoint>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  AddedModel: ResolverTypeWrapper<AddedModelParent>;
  ProbeReadout: ResolverTypeWrapper<ProbeReadoutParent>;
  LinearProbe: ResolverTypeWrapper<Omit<LinearProbe, 'layer'> & { layer?: Maybe<ResolversTypes['Layer']> }>;
  SeededProbe: ResolverTypeWrapper<SeededProbe>;
  Provenance: ResolverTypeWrapper<Provenance>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ResidualSide: ResolverTypeWrapper<ResidualSideParent>;
  ReceptiveFieldVariant: ResolverTypeWrapper<ReceptiveFieldVariantParent>;
  ReceptiveField: ResolverTypeWrapper<ReceptiveFieldParent>;
  ReceptiveFieldEstimate: ResolverTypeWrapper<ReceptiveFieldEstimate>;
  ReceptiveFieldSquare: ResolverTypeWrapper<ReceptiveFieldSquareParent>;
  Report: ResolverTypeWrapper<Report>;
  Figure: ResolverTypeWrapper<Figure>;
  ResidualNorms: ResolverTypeWrapper<Omit<ResidualNorms, 'branches'> & { branches: ReadonlyArray<ResolversTypes['BranchNorms']> }>;
  BranchNorms: ResolverTypeWrapper<Omit<BranchNorms, 'kind'> & { kind: ResolversTypes['BranchKind'] }>;
  BranchKind: ResolverTypeWrapper<BranchKindParent>;
  TokenNorms: ResolverTypeWrapper<TokenNorms>;
  TokenMeans: ResolverTypeWrapper<TokenMeans>;
  NormAggregation: null;
  Similarity: ResolverTypeWrapper<SimilarityParent>;
  NullReason: ResolverTypeWrapper<Omit<NullReason, 'side'> & { side?: Maybe<ResolversTypes['MatrixSide']> }>;
  MatrixSide: ResolverTypeWrapper<MatrixSideParent>;
  TokenChoice: null;
  CkaEstimator: null;
  UntilInput: UntilInput;
  StopReport: ResolverTypeWrapper<StopReport>;
  ShuffledSimilarity: ResolverTypeWrapper<Omit<ShuffledSimilarity, 'reasons'> & { reasons: ReadonlyArray<ResolversTypes['NullReason']> }>;
  ConvergencePoint: ResolverTypeWrapper<ConvergencePoint>;
  BlockSimilarity: ResolverTypeWrapper<BlockSimilarity>;
  BlockPair: ResolverTypeWrapper<BlockPair>;
  SkipAblation: ResolverTypeWrapper<Omit<SkipAblation, 'original' | 'ablated' | 'trained'> & { original: ResolversTypes['SkipAblationSide'], ablated?: Maybe<ResolversTypes['SkipAblationSide']>, trained?: Maybe<ResolversTypes['SkipAblationSide']> }>;
  SkipAblationSide: ResolverTypeWrapper<SkipAblationSideParent>;
  Difference: ResolverTypeWrapper<Difference>;
  SplitScore: ResolverTypeWrapper<SplitScore>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Accuracy: Accuracy;
  String: Scalars['String']['output'];
  Proportion: Proportion;
  Float: Scalars['Float']['output'];
  PredictionAgreement: PredictionAgreement;
  Head: HeadParent;
  AttentionDistance: AttentionDistance;
  AttentionEntropy: AttentionEntropy;
  AttentionMap: AttentionMap;
  HeadSubsetCka: Omit<HeadSubsetCka, 'units'> & { units: ReadonlyArray<ResolversParentTypes['Layer']> };
  HeadWindow: HeadWindow;
  RankCorrelation: RankCorrelation;
  Device: Device;
  Pass: PassParent;
  ID: Scalars['ID']['output'];
  ImagesInput: ImagesInput;
  ImageSet: ImageSetParent;
  SkippedFile: SkippedFile;
  Split: Split;
  Localization: LocalizationParent;
  LocalizationEstimate: LocalizationEstimate;
  LocalizationReason: LocalizationReason;
  Model: ModelParent;
  Boolean: Scalars['Boolean']['output'];
  Finding: Finding;
  Layer: LayerParent;
  LayersInput: LayersInput;
  Block: BlockParent;
  ModelCard: ModelCardParent;
  StartingWeights: StartingWeights;
  CurvePoint: CurvePoint;
  Mutation: Record<PropertyKey, never>;
  AddedModel: AddedModelParent;
  LinearProbe: Omit<LinearProbe, 'layer'> & { layer?: Maybe<ResolversParentTypes['Layer']> };
  SeededProbe: SeededProbe;
  Provenance: Provenance;
  Query: Record<PropertyKey, never>;
  Subscription: Record<PropertyKey, never>;
  ReceptiveField: ReceptiveFieldParent;
  ReceptiveFieldEstimate: ReceptiveFieldEstimate;
  ReceptiveFieldSquare: ReceptiveFieldSquareParent;
  Report: Report;
  Figure: Figure;
  ResidualNorms: Omit<ResidualNorms, 'branches'> & { branches: ReadonlyArray<ResolversParentTypes['BranchNorms']> };
  BranchNorms: BranchNorms;
  TokenNorms: TokenNorms;
  TokenMeans: TokenMeans;
  Similarity: SimilarityParent;
  NullReason: NullReason;
  UntilInput: UntilInput;
  StopReport: StopReport;
  ShuffledSimilarity: Omit<ShuffledSimilarity, 'reasons'> & { reasons: ReadonlyArray<ResolversParentTypes['NullReason']> };
  ConvergencePoint: ConvergencePoint;
  BlockSimilarity: BlockSimilarity;
  BlockPair: BlockPair;
  SkipAblation: Omit<SkipAblation, 'original' | 'ablated' | 'trained'> & { original: ResolversParentTypes['SkipAblationSide'], ablated?: Maybe<ResolversParentTypes['SkipAblationSide']>, trained?: Maybe<ResolversParentTypes['SkipAblationSide']> };
  SkipAblationSide: SkipAblationSideParent;
  Difference: Difference;
  SplitScore: SplitScore;
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

export type PredictionAgreementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PredictionAgreement'] = ResolversParentTypes['PredictionAgreement']> = {
  images?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  share?: Resolver<Maybe<ResolversTypes['Proportion']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  provenance?: Resolver<Maybe<ResolversTypes['Provenance']>, ParentType, ContextType>;
};

export type HeadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Head'] = ResolversParentTypes['Head']> = {
  block?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  attentionDistance?: Resolver<ResolversTypes['AttentionDistance'], ParentType, ContextType, RequireFields<HeadAttentionDistanceArgs, 'images' | 'variant'>>;
  attentionEntropy?: Resolver<ResolversTypes['AttentionEntropy'], ParentType, ContextType, RequireFields<HeadAttentionEntropyArgs, 'images'>>;
  attentionMap?: Resolver<ResolversTypes['AttentionMap'], ParentType, ContextType, RequireFields<HeadAttentionMapArgs, 'query' | 'images'>>;
};

export type DistanceVariantResolvers = { PAPER: 'paper', RENORMALISED: 'renormalised', WITH_CLASS_TOKEN: 'withClassToken', UNIT_GRID: 'unitGrid' };

export type MapQueryResolvers = { CLS: 'cls', MEAN: 'mean', PATCH: 'patch' };

export type AttentionDistanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AttentionDistance'] = ResolversParentTypes['AttentionDistance']> = {
  meanPx?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  meanUnit?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  standardErrorPx?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  standardErrorUnit?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  deviationPx?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  uniformPx?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  uniformUnit?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  provenance?: Resolver<Maybe<ResolversTypes['Provenance']>, ParentType, ContextType>;
};

export type AttentionEntropyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AttentionEntropy'] = ResolversParentTypes['AttentionEntropy']> = {
  nats?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  standardErrorNats?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  ofUniform?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  provenance?: Resolver<Maybe<ResolversTypes['Provenance']>, ParentType, ContextType>;
};

export type AttentionMapResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AttentionMap'] = ResolversParentTypes['AttentionMap']> = {
  weights?: Resolver<Maybe<ReadonlyArray<ReadonlyArray<ResolversTypes['Float']>>>, ParentType, ContextType>;
  image?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  provenance?: Resolver<Maybe<ResolversTypes['Provenance']>, ParentType, ContextType>;
};

export type HeadSubsetCkaResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HeadSubsetCka'] = ResolversParentTypes['HeadSubsetCka']> = {
  windows?: Resolver<ReadonlyArray<ResolversTypes['HeadWindow']>, ParentType, ContextType>;
  units?: Resolver<ReadonlyArray<ResolversTypes['Layer']>, ParentType, ContextType>;
  values?: Resolver<ReadonlyArray<ReadonlyArray<Maybe<ResolversTypes['Float']>>>, ParentType, ContextType>;
  standardErrors?: Resolver<ReadonlyArray<ReadonlyArray<Maybe<ResolversTypes['Float']>>>, ParentType, ContextType>;
  correlations?: Resolver<ReadonlyArray<ResolversTypes['RankCorrelation']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  provenance?: Resolver<Maybe<ResolversTypes['Provenance']>, ParentType, ContextType>;
};

export type HeadWindowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HeadWindow'] = ResolversParentTypes['HeadWindow']> = {
  heads?: Resolver<ReadonlyArray<ResolversTypes['Int']>, ParentType, ContextType>;
  meanDistancePx?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type RankCorrelationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RankCorrelation'] = ResolversParentTypes['RankCorrelation']> = {
  rho?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  standardError?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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
  width?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  height?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  seed?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  digest?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  classNames?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  labels?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  splits?: Resolver<ReadonlyArray<ResolversTypes['Split']>, ParentType, ContextType>;
  skipped?: Resolver<ReadonlyArray<ResolversTypes['SkippedFile']>, ParentType, ContextType>;
};

export type SkippedFileResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SkippedFile'] = ResolversParentTypes['SkippedFile']> = {
  file?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SplitResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Split'] = ResolversParentTypes['Split']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type LocalizationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Localization'] = ResolversParentTypes['Localization']> = {
  layer?: Resolver<Maybe<ResolversTypes['Layer']>, ParentType, ContextType>;
  tokens?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Int']>>, ParentType, ContextType>;
  patches?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Int']>>, ParentType, ContextType>;
  values?: Resolver<Maybe<ReadonlyArray<ReadonlyArray<Maybe<ResolversTypes['Float']>>>>, ParentType, ContextType>;
  standardErrors?: Resolver<Maybe<ReadonlyArray<ReadonlyArray<Maybe<ResolversTypes['Float']>>>>, ParentType, ContextType>;
  map?: Resolver<Maybe<ReadonlyArray<ReadonlyArray<Maybe<ResolversTypes['Float']>>>>, ParentType, ContextType, RequireFields<LocalizationMapArgs, 'row' | 'column'>>;
  ownShare?: Resolver<Maybe<ResolversTypes['LocalizationEstimate']>, ParentType, ContextType>;
  medianDistance?: Resolver<Maybe<ResolversTypes['LocalizationEstimate']>, ParentType, ContextType>;
  medianDistancePx?: Resolver<Maybe<ResolversTypes['LocalizationEstimate']>, ParentType, ContextType>;
  ownMinusMean?: Resolver<Maybe<ResolversTypes['LocalizationEstimate']>, ParentType, ContextType>;
  edgeOwnShare?: Resolver<Maybe<ResolversTypes['LocalizationEstimate']>, ParentType, ContextType>;
  edgeWithBorder?: Resolver<Maybe<ResolversTypes['LocalizationEstimate']>, ParentType, ContextType>;
  edgeWithInterior?: Resolver<Maybe<ResolversTypes['LocalizationEstimate']>, ParentType, ContextType>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['LocalizationReason']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  batches?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  provenance?: Resolver<Maybe<ResolversTypes['Provenance']>, ParentType, ContextType>;
};

export type LocalizationEstimateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LocalizationEstimate'] = ResolversParentTypes['LocalizationEstimate']> = {
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  low?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  high?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type LocalizationReasonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LocalizationReason'] = ResolversParentTypes['LocalizationReason']> = {
  token?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  patch?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  roles?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  tokenGrid?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Int']>>, ParentType, ContextType>;
  classToken?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  pooling?: Resolver<Maybe<ResolversTypes['Pooling']>, ParentType, ContextType>;
  layers?: Resolver<ReadonlyArray<ResolversTypes['Layer']>, ParentType, ContextType, RequireFields<ModelLayersArgs, 'preset'>>;
  blocks?: Resolver<ReadonlyArray<ResolversTypes['Block']>, ParentType, ContextType>;
  heads?: Resolver<ReadonlyArray<ResolversTypes['Head']>, ParentType, ContextType>;
  headSubsetCka?: Resolver<ResolversTypes['HeadSubsetCka'], ParentType, ContextType, RequireFields<ModelHeadSubsetCkaArgs, 'block' | 'with' | 'images'>>;
  residualAdditions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  card?: Resolver<Maybe<ResolversTypes['ModelCard']>, ParentType, ContextType>;
  analogyEnds?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  remarks?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  findings?: Resolver<ReadonlyArray<ResolversTypes['Finding']>, ParentType, ContextType>;
  skipAblation?: Resolver<ResolversTypes['SkipAblation'], ParentType, ContextType, RequireFields<ModelSkipAblationArgs, 'blocks' | 'images'>>;
  accuracy?: Resolver<ResolversTypes['Accuracy'], ParentType, ContextType, RequireFields<ModelAccuracyArgs, 'images'>>;
  localization?: Resolver<ReadonlyArray<ResolversTypes['Localization']>, ParentType, ContextType, RequireFields<ModelLocalizationArgs, 'blocks' | 'images'>>;
  linearProbe?: Resolver<ReadonlyArray<ResolversTypes['LinearProbe']>, ParentType, ContextType, RequireFields<ModelLinearProbeArgs, 'readout' | 'patchFlatten' | 'shots' | 'seeds' | 'l2' | 'images'>>;
  receptiveFields?: Resolver<ReadonlyArray<ResolversTypes['ReceptiveField']>, ParentType, ContextType, RequireFields<ModelReceptiveFieldsArgs, 'images' | 'residual' | 'channels' | 'variant'>>;
};

export type FindingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Finding'] = ResolversParentTypes['Finding']> = {
  part?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FamilyResolvers = { VIT: 'vit', MIXER: 'mixer', CNN: 'cnn', OTHER: 'other' };

export type PoolingResolvers = { CLS: 'cls', GAP: 'gap', CLS_AND_GAP: 'cls+gap' };

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
  residualNorms?: Resolver<ResolversTypes['ResidualNorms'], ParentType, ContextType, RequireFields<BlockResidualNormsArgs, 'images' | 'aggregation' | 'projections'>>;
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
  startsFrom?: Resolver<Maybe<ResolversTypes['StartingWeights']>, ParentType, ContextType>;
  standsFor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  curve?: Resolver<ReadonlyArray<ResolversTypes['CurvePoint']>, ParentType, ContextType>;
};

export type StartingWeightsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StartingWeights'] = ResolversParentTypes['StartingWeights']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  digest?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CurvePointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CurvePoint'] = ResolversParentTypes['CurvePoint']> = {
  imagesSeen?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  seconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  trainAccuracy?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  validationAccuracy?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelPass?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationCancelPassArgs, 'id'>>;
  addModel?: Resolver<ResolversTypes['AddedModel'], ParentType, ContextType, RequireFields<MutationAddModelArgs, 'model'>>;
  addImages?: Resolver<ResolversTypes['ImageSet'], ParentType, ContextType, RequireFields<MutationAddImagesArgs, 'path' | 'upright' | 'strict'>>;
};

export type AddedModelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AddedModel'] = ResolversParentTypes['AddedModel']> = {
  notes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  model?: Resolver<ResolversTypes['Model'], ParentType, ContextType>;
};

export type ProbeReadoutResolvers = { CLS: 'cls', TOKENS: 'tokens', FIRST_TOKEN: 'firstToken', MEAN: 'mean', MEAN_WITH_CLS: 'meanWithCls', ALL: 'all' };

export type LinearProbeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LinearProbe'] = ResolversParentTypes['LinearProbe']> = {
  layer?: Resolver<Maybe<ResolversTypes['Layer']>, ParentType, ContextType>;
  accuracy?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  low?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  high?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  perSeed?: Resolver<ReadonlyArray<ResolversTypes['SeededProbe']>, ParentType, ContextType>;
  map?: Resolver<Maybe<ReadonlyArray<ReadonlyArray<ResolversTypes['Float']>>>, ParentType, ContextType>;
  width?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  provenance?: Resolver<Maybe<ResolversTypes['Provenance']>, ParentType, ContextType>;
  trainProvenance?: Resolver<Maybe<ResolversTypes['Provenance']>, ParentType, ContextType>;
};

export type SeededProbeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeededProbe'] = ResolversParentTypes['SeededProbe']> = {
  seed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  accuracy?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  low?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  high?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  l2?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  fitted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
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
  imageSet?: Resolver<ResolversTypes['ImageSet'], ParentType, ContextType, RequireFields<QueryImageSetArgs, 'id'>>;
  similarity?: Resolver<ResolversTypes['Similarity'], ParentType, ContextType, RequireFields<QuerySimilarityArgs, 'rows' | 'images' | 'tokens' | 'estimator'>>;
  blockSimilarity?: Resolver<ResolversTypes['BlockSimilarity'], ParentType, ContextType, RequireFields<QueryBlockSimilarityArgs, 'before' | 'after' | 'images' | 'tokens' | 'estimator'>>;
  accuracyDifference?: Resolver<ResolversTypes['Difference'], ParentType, ContextType, RequireFields<QueryAccuracyDifferenceArgs, 'before' | 'after' | 'images'>>;
  predictionAgreement?: Resolver<ResolversTypes['PredictionAgreement'], ParentType, ContextType, RequireFields<QueryPredictionAgreementArgs, 'before' | 'after' | 'images'>>;
  device?: Resolver<ResolversTypes['Device'], ParentType, ContextType>;
  passes?: Resolver<ReadonlyArray<ResolversTypes['Pass']>, ParentType, ContextType>;
  reports?: Resolver<ReadonlyArray<ResolversTypes['Report']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  passes?: SubscriptionResolver<ResolversTypes['Pass'], "passes", ParentType, ContextType>;
};

export type ResidualSideResolvers = { BEFORE: 'before', AFTER: 'after' };

export type ReceptiveFieldVariantResolvers = { JACOBIAN: 'jacobian', CHANNEL_SUM: 'channelSum', REP_LK_NET: 'repLKNet' };

export type ReceptiveFieldResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReceptiveField'] = ResolversParentTypes['ReceptiveField']> = {
  layer?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  block?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  residual?: Resolver<Maybe<ResolversTypes['ResidualSide']>, ParentType, ContextType>;
  map?: Resolver<Maybe<ReadonlyArray<ReadonlyArray<ResolversTypes['Float']>>>, ParentType, ContextType>;
  largest?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  width?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  height?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  centreRowPx?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  centreColumnPx?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  patchPx?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  centreMass?: Resolver<Maybe<ResolversTypes['ReceptiveFieldEstimate']>, ParentType, ContextType>;
  centreMassOverArea?: Resolver<Maybe<ResolversTypes['ReceptiveFieldEstimate']>, ParentType, ContextType>;
  radiusHoldingHalfPx?: Resolver<Maybe<ResolversTypes['ReceptiveFieldEstimate']>, ParentType, ContextType>;
  radiusHoldingNinetyPx?: Resolver<Maybe<ResolversTypes['ReceptiveFieldEstimate']>, ParentType, ContextType>;
  radiusHoldingHalf?: Resolver<Maybe<ResolversTypes['ReceptiveFieldEstimate']>, ParentType, ContextType>;
  radiusHoldingNinety?: Resolver<Maybe<ResolversTypes['ReceptiveFieldEstimate']>, ParentType, ContextType>;
  areaHoldingHalf?: Resolver<Maybe<ResolversTypes['ReceptiveFieldEstimate']>, ParentType, ContextType>;
  squares?: Resolver<ReadonlyArray<ResolversTypes['ReceptiveFieldSquare']>, ParentType, ContextType>;
  images?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  batches?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  provenance?: Resolver<Maybe<ResolversTypes['Provenance']>, ParentType, ContextType>;
};

export type ReceptiveFieldEstimateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReceptiveFieldEstimate'] = ResolversParentTypes['ReceptiveFieldEstimate']> = {
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  standardError?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReceptiveFieldSquareResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReceptiveFieldSquare'] = ResolversParentTypes['ReceptiveFieldSquare']> = {
  share?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  sidePx?: Resolver<ResolversTypes['ReceptiveFieldEstimate'], ParentType, ContextType>;
  area?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
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

export type ResidualNormsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResidualNorms'] = ResolversParentTypes['ResidualNorms']> = {
  branches?: Resolver<ReadonlyArray<ResolversTypes['BranchNorms']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  provenance?: Resolver<Maybe<ResolversTypes['Provenance']>, ParentType, ContextType>;
};

export type BranchNormsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BranchNorms'] = ResolversParentTypes['BranchNorms']> = {
  kind?: Resolver<ResolversTypes['BranchKind'], ParentType, ContextType>;
  projected?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  cls?: Resolver<Maybe<ResolversTypes['TokenNorms']>, ParentType, ContextType>;
  spatial?: Resolver<ResolversTypes['TokenNorms'], ParentType, ContextType>;
  tokens?: Resolver<ReadonlyArray<ResolversTypes['TokenMeans']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type BranchKindResolvers = { ATTENTION: 'attention', TOKEN_MIXING: 'tokenMixing', MLP: 'mlp', UNIT: 'unit' };

export type TokenNormsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TokenNorms'] = ResolversParentTypes['TokenNorms']> = {
  ratio?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  ratioStandardError?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  cosineWithSum?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  cosineWithSumStandardError?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  cosineWithBranch?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  cosineWithBranchStandardError?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TokenMeansResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TokenMeans'] = ResolversParentTypes['TokenMeans']> = {
  ratio?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  cosineWithSum?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  cosineWithBranch?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type NormAggregationResolvers = { MEAN_OF_RATIOS: 'meanOfRatios', RATIO_OF_MEANS: 'ratioOfMeans' };

export type SimilarityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Similarity'] = ResolversParentTypes['Similarity']> = {
  rows?: Resolver<ReadonlyArray<ResolversTypes['Layer']>, ParentType, ContextType>;
  columns?: Resolver<ReadonlyArray<ResolversTypes['Layer']>, ParentType, ContextType>;
  values?: Resolver<ReadonlyArray<ReadonlyArray<Maybe<ResolversTypes['Float']>>>, ParentType, ContextType>;
  standardErrors?: Resolver<ReadonlyArray<ReadonlyArray<Maybe<ResolversTypes['Float']>>>, ParentType, ContextType>;
  leaveOneOut?: Resolver<ReadonlyArray<ReadonlyArray<ReadonlyArray<Maybe<ResolversTypes['Float']>>>>, ParentType, ContextType>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['NullReason']>, ParentType, ContextType>;
  batches?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  shuffled?: Resolver<ResolversTypes['ShuffledSimilarity'], ParentType, ContextType>;
  trace?: Resolver<ReadonlyArray<ResolversTypes['ConvergencePoint']>, ParentType, ContextType>;
  stopped?: Resolver<Maybe<ResolversTypes['StopReport']>, ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
};

export type NullReasonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NullReason'] = ResolversParentTypes['NullReason']> = {
  side?: Resolver<Maybe<ResolversTypes['MatrixSide']>, ParentType, ContextType>;
  layer?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MatrixSideResolvers = { ROWS: 'rows', COLUMNS: 'columns' };

export type TokenChoiceResolvers = { ALL: 'all', CLS: 'cls', SPATIAL: 'spatial', MEAN: 'mean' };

export type CkaEstimatorResolvers = { UNBIASED: 'unbiased', BIASED: 'biased', DEBIASED_FULL_BATCH: 'debiasedFullBatch' };

export type StopReportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StopReport'] = ResolversParentTypes['StopReport']> = {
  reached?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  largestStandardError?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  images?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ShuffledSimilarityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShuffledSimilarity'] = ResolversParentTypes['ShuffledSimilarity']> = {
  values?: Resolver<ReadonlyArray<ReadonlyArray<Maybe<ResolversTypes['Float']>>>, ParentType, ContextType>;
  standardErrors?: Resolver<ReadonlyArray<ReadonlyArray<Maybe<ResolversTypes['Float']>>>, ParentType, ContextType>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['NullReason']>, ParentType, ContextType>;
};

export type ConvergencePointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConvergencePoint'] = ResolversParentTypes['ConvergencePoint']> = {
  images?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  batches?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  largestStandardError?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  meanStandardError?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  largestChange?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type BlockSimilarityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BlockSimilarity'] = ResolversParentTypes['BlockSimilarity']> = {
  blocks?: Resolver<ReadonlyArray<ResolversTypes['BlockPair']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  provenance?: Resolver<Maybe<ResolversTypes['Provenance']>, ParentType, ContextType>;
};

export type BlockPairResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BlockPair'] = ResolversParentTypes['BlockPair']> = {
  block?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  standardError?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SkipAblationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SkipAblation'] = ResolversParentTypes['SkipAblation']> = {
  original?: Resolver<ResolversTypes['SkipAblationSide'], ParentType, ContextType>;
  ablated?: Resolver<Maybe<ResolversTypes['SkipAblationSide']>, ParentType, ContextType>;
  trained?: Resolver<Maybe<ResolversTypes['SkipAblationSide']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SkipAblationSideResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SkipAblationSide'] = ResolversParentTypes['SkipAblationSide']> = {
  model?: Resolver<ResolversTypes['Model'], ParentType, ContextType>;
  accuracy?: Resolver<ResolversTypes['Accuracy'], ParentType, ContextType>;
  accuracyDifference?: Resolver<ResolversTypes['Difference'], ParentType, ContextType>;
  similarity?: Resolver<ResolversTypes['Similarity'], ParentType, ContextType>;
  split?: Resolver<ResolversTypes['SplitScore'], ParentType, ContextType>;
};

export type DifferenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Difference'] = ResolversParentTypes['Difference']> = {
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  low?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  high?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  provenance?: Resolver<Maybe<ResolversTypes['Provenance']>, ParentType, ContextType>;
};

export type SplitScoreResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SplitScore'] = ResolversParentTypes['SplitScore']> = {
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  standardError?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  layer?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  provenance?: Resolver<Maybe<ResolversTypes['Provenance']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Accuracy?: AccuracyResolvers<ContextType>;
  Proportion?: ProportionResolvers<ContextType>;
  PredictionAgreement?: PredictionAgreementResolvers<ContextType>;
  Head?: HeadResolvers<ContextType>;
  DistanceVariant?: DistanceVariantResolvers;
  MapQuery?: MapQueryResolvers;
  AttentionDistance?: AttentionDistanceResolvers<ContextType>;
  AttentionEntropy?: AttentionEntropyResolvers<ContextType>;
  AttentionMap?: AttentionMapResolvers<ContextType>;
  HeadSubsetCka?: HeadSubsetCkaResolvers<ContextType>;
  HeadWindow?: HeadWindowResolvers<ContextType>;
  RankCorrelation?: RankCorrelationResolvers<ContextType>;
  Device?: DeviceResolvers<ContextType>;
  Pass?: PassResolvers<ContextType>;
  PassState?: PassStateResolvers;
  ImageSet?: ImageSetResolvers<ContextType>;
  SkippedFile?: SkippedFileResolvers<ContextType>;
  Split?: SplitResolvers<ContextType>;
  Localization?: LocalizationResolvers<ContextType>;
  LocalizationEstimate?: LocalizationEstimateResolvers<ContextType>;
  LocalizationReason?: LocalizationReasonResolvers<ContextType>;
  Model?: ModelResolvers<ContextType>;
  Finding?: FindingResolvers<ContextType>;
  Family?: FamilyResolvers;
  Pooling?: PoolingResolvers;
  Layer?: LayerResolvers<ContextType>;
  LayerPreset?: LayerPresetResolvers;
  Block?: BlockResolvers<ContextType>;
  ModelCard?: ModelCardResolvers<ContextType>;
  StartingWeights?: StartingWeightsResolvers<ContextType>;
  CurvePoint?: CurvePointResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  AddedModel?: AddedModelResolvers<ContextType>;
  ProbeReadout?: ProbeReadoutResolvers;
  LinearProbe?: LinearProbeResolvers<ContextType>;
  SeededProbe?: SeededProbeResolvers<ContextType>;
  Provenance?: ProvenanceResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  ResidualSide?: ResidualSideResolvers;
  ReceptiveFieldVariant?: ReceptiveFieldVariantResolvers;
  ReceptiveField?: ReceptiveFieldResolvers<ContextType>;
  ReceptiveFieldEstimate?: ReceptiveFieldEstimateResolvers<ContextType>;
  ReceptiveFieldSquare?: ReceptiveFieldSquareResolvers<ContextType>;
  Report?: ReportResolvers<ContextType>;
  Figure?: FigureResolvers<ContextType>;
  ResidualNorms?: ResidualNormsResolvers<ContextType>;
  BranchNorms?: BranchNormsResolvers<ContextType>;
  BranchKind?: BranchKindResolvers;
  TokenNorms?: TokenNormsResolvers<ContextType>;
  TokenMeans?: TokenMeansResolvers<ContextType>;
  NormAggregation?: NormAggregationResolvers;
  Similarity?: SimilarityResolvers<ContextType>;
  NullReason?: NullReasonResolvers<ContextType>;
  MatrixSide?: MatrixSideResolvers;
  TokenChoice?: TokenChoiceResolvers;
  CkaEstimator?: CkaEstimatorResolvers;
  StopReport?: StopReportResolvers<ContextType>;
  ShuffledSimilarity?: ShuffledSimilarityResolvers<ContextType>;
  ConvergencePoint?: ConvergencePointResolvers<ContextType>;
  BlockSimilarity?: BlockSimilarityResolvers<ContextType>;
  BlockPair?: BlockPairResolvers<ContextType>;
  SkipAblation?: SkipAblationResolvers<ContextType>;
  SkipAblationSide?: SkipAblationSideResolvers<ContextType>;
  Difference?: DifferenceResolvers<ContextType>;
  SplitScore?: SplitScoreResolvers<ContextType>;
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

"How often two models name the same class for an image, right or wrong: it asks for no labels."
type PredictionAgreement {
  "Images looked at."
  images: Int!
  "Of the images that have the class of the highest logit in common; null with the reason where the models have other classes."
  share: Proportion
  "Why there is none."
  reason: String
  "How it came about; null where nothing was measured."
  provenance: Provenance
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
  attentionDistance(images: ImagesInput! = {}, variant: DistanceVariant! = PAPER): AttentionDistance!
  """
  How widely it looks: entropy of its attention, averaged over queries and images.
  
  \`\`\`graphql
  {
  	model(id: "vit-s") {
  		heads {
  			attentionEntropy(images: { count: 128 }) {
  				nats
  				ofUniform
  			}
  		}
  	}
  }
  \`\`\`
  """
  attentionEntropy(images: ImagesInput! = {}): AttentionEntropy!
  """
  What it looks at: a picture of its attention weights, of one image or averaged over images.
  
  \`\`\`graphql
  {
  	model(id: "vit-s") {
  		blocks {
  			heads {
  				attentionMap(query: CLS, image: 3, images: { count: 64 }) {
  					weights
  				}
  			}
  		}
  	}
  }
  \`\`\`
  """
  attentionMap(
    query: MapQuery! = MEAN
    "Row and column of the patch that asks, counted from 0, where the query is PATCH."
    patch: [Int!]
    "Number within the run of images, from 0; left out, the mean over all of them."
    image: Int
    images: ImagesInput! = {}
  ): AttentionMap!
}

"Which tokens count, and how distances are measured."
enum DistanceVariant {
  "Pixels; the class token's row and column are dropped without renormalisation (Raghu et al. 2021, Fig. 3)."
  PAPER
  "Pixels; dropped, and what is left of each row divided by its sum."
  RENORMALISED
  "Pixels; the class token asks and is attended to like a patch in the middle of the image."
  WITH_CLASS_TOKEN
  "Renormalised, on a grid of patches from 0 to 1 (Walmer et al. 2023)."
  UNIT_GRID
}

"Who asks."
enum MapQuery {
  "The class token."
  CLS
  "All patches, their weights averaged."
  MEAN
  "One patch, named by \`patch\`."
  PATCH
}

"Mean over queries of the attention-weighted distance between patch centres."
type AttentionDistance {
  "Pixels; null with the reason where it cannot be computed, and for UNIT_GRID."
  meanPx: Float
  "Of UNIT_GRID: as a share of the grid's side; null for any other variant."
  meanUnit: Float
  "Over images, pixels; null for fewer than 2 images."
  standardErrorPx: Float
  "Over images, of UNIT_GRID."
  standardErrorUnit: Float
  "Standard deviation over images, pixels."
  deviationPx: Float
  "What uniform attention would give, pixels; null where the patches form no known grid."
  uniformPx: Float
  "What uniform attention would give, of UNIT_GRID."
  uniformUnit: Float
  "Why a value is null."
  reason: String
  "How it came about; null where nothing was measured."
  provenance: Provenance
}

"-sum over keys of a ln a, averaged over all queries and images."
type AttentionEntropy {
  "0 to ln(tokens); null with the reason."
  nats: Float
  "Over images."
  standardErrorNats: Float
  "Over ln(tokens), what uniform attention has: 0 to 1."
  ofUniform: Float
  "Why a value is null."
  reason: String
  "How it came about."
  provenance: Provenance
}

"Attention weights on the patches."
type AttentionMap {
  "[row][column], 0 to 1; what is missing to 1 rests on the class token. Null with the reason."
  weights: [[Float!]!] @cost(weight: 200)
  "Number of the image within the run; null for the mean over images."
  image: Int
  "Why there is none."
  reason: String
  "How it came about."
  provenance: Provenance
}

"""
Linear CKA of subsets of a block's heads, from the most local to the most global, with layers of another model (Raghu et al.
2021, Fig. 5). A subset is a window over the heads sorted by attention distance; what it sees is its heads' values mixed by
attention, side by side, before the output projection.
"""
type HeadSubsetCka {
  "From local to global; empty with the reason."
  windows: [HeadWindow!]! @listSize(assumedSize: 32)
  "The layers compared with."
  units: [Layer!]! @listSize(assumedSize: 60)
  "values[window][unit]: linear CKA, no unit, at most 1; null with the reason."
  values: [[Float]!]! @cost(weight: 200)
  "Jackknife over batches: [window][unit]."
  standardErrors: [[Float]!]! @cost(weight: 200)
  "Of each unit, how CKA goes with distance over the windows."
  correlations: [RankCorrelation!]! @listSize(assumedSize: 60)
  "Why values are null, or there are none."
  reason: String
  "How it came about; null where nothing was measured."
  provenance: Provenance
}

"Heads that stand side by side when sorted by distance."
type HeadWindow {
  "Within the block."
  heads: [Int!]!
  "Of their mean attention distances, pixels."
  meanDistancePx: Float!
}

"Spearman's rank correlation."
type RankCorrelation {
  "-1 to 1; null with the reason, as for fewer than 3 windows."
  rho: Float
  "Jackknife over batches; null below 4."
  standardError: Float
  "Why a value is null."
  reason: String
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
  "Id of an image set; on the machine that Sightline runs on also the path of images in its working folder."
  set: ID! = "leaves"
  "Which of the set's splits."
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
  "Pixels; null where the images differ."
  width: Int
  "Pixels; null where the images differ."
  height: Int
  "Of the generator, or of the shuffle of a folder's files: an unsigned 32-bit integer."
  seed: Float!
  "Digest of the images with their labels and order, or the generator with its version and seed."
  digest: String!
  "In the order of the class index; empty where the images carry no labels."
  classNames: [String!]!
  "Id of the set whose classes these are: its own, or that of a set that shows the same ones."
  labels: ID!
  "The set's parts."
  splits: [Split!]! @listSize(assumedSize: 8)
  "Files that look like images and yet are left out, with the reason; empty where the images are generated."
  skipped: [SkippedFile!]! @listSize(assumedSize: 100)
}

"A file that could not be read as an image."
type SkippedFile {
  "Relative to the set's folder."
  file: String!
  "A sentence."
  reason: String!
}

"""
A range of a set's images that overlaps no other, but for "all" of a folder: its other splits one after the other. Of a
folder with a folder per class (or none), "probe" is the first half of each class after a shuffle, and "test" the rest; a
folder that is divided into "train", "val" and "test" has "train", "validation" and "test" instead. Any first images of a
split hold its classes in proportion.
"""
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

"""
Where in the image the tokens of a layer come from: linear CKA, over images, of each patch token (or position of a CNN, with
all its channels) with the pixels of each input patch after the model's normalisation. Unbiased HSIC, summed over
minibatches before the ratio; full batches only. Interior tokens are those that do not lie on the border of the grid.
"""
type Localization {
  "Null with the reason where the model has no layer with tokens or positions."
  layer: Layer
  "Tokens or positions [rows, columns]; null where the layer has none."
  tokens: [Int!]
  "Patches [rows, columns]."
  patches: [Int!]
  """
  values[token][patch], both row by row: CKA, no unit, at most 1; may fall slightly below 0 and is not clamped; null with
  one of \`reasons\` where one of the two does not vary over the images.
  """
  values: [[Float]!] @cost(weight: 1000)
  "Jackknife over batches: [token][patch] as \`values\`; null below 4 batches."
  standardErrors: [[Float]!] @cost(weight: 1000)
  """
  One token's CKA with the patches as they lie in the image, [row][column]; row and column of the token count from 0. Null
  where there is no such token.
  """
  map(row: Int!, column: Int!): [[Float]!] @cost(weight: 100)
  "Share of interior tokens whose largest CKA is with their own patch, 0 to 1 (Raghu et al. 2021, Fig. 9)."
  ownShare: LocalizationEstimate
  "Median over interior tokens of the distance from their own patch to that of the largest CKA, in patches."
  medianDistance: LocalizationEstimate
  "The same in pixels."
  medianDistancePx: LocalizationEstimate
  "Interior tokens' CKA with their own patch less that with all patches, mean over tokens."
  ownMinusMean: LocalizationEstimate
  "As \`ownShare\`, of edge tokens."
  edgeOwnShare: LocalizationEstimate
  "Mean CKA of edge tokens with the patches of the border but their own."
  edgeWithBorder: LocalizationEstimate
  "Mean CKA of edge tokens with the patches inside."
  edgeWithInterior: LocalizationEstimate
  "Which tokens and patches have no values, and why there are no errors."
  reasons: [LocalizationReason!]! @listSize(assumedSize: 100)
  "Why there is nothing at all."
  reason: String
  "Full batches used."
  batches: Int!
  "How it came about; null where nothing was measured."
  provenance: Provenance
}

"""
A statistic of a localisation with its 95 % interval over batches of images (jackknife, Student's t). A share and a median
of tokens move in steps: their intervals are rough, may reach beyond what is possible, and are a point where no batch that
is left out moves any token.
"""
type LocalizationEstimate {
  "Null with the reason where no token counts."
  value: Float
  "Null below 4 batches."
  low: Float
  "Null below 4 batches."
  high: Float
  "Why something is null."
  reason: String
}

"Why values of a localisation are null."
type LocalizationReason {
  "Token, row by row from 0; null where it is not about one."
  token: Int
  "Patch, row by row from 0; null where it is not about one."
  patch: Int
  "A sentence."
  reason: String!
}

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
  "Whose places its entry says that it takes in reports."
  roles: [String!]!
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
  """
  Subsets of a block's heads, from local to global, beside layers of another model (Raghu et al. 2021, Fig. 5).
  
  \`\`\`graphql
  {
  	model(id: "vit-s") {
  		headSubsetCka(with: { model: "resnet-s", names: ["blocks.0.output", "blocks.1.output"] }) {
  			windows {
  				heads
  				meanDistancePx
  			}
  			values
  			correlations {
  				rho
  			}
  		}
  	}
  }
  \`\`\`
  """
  headSubsetCka(
    "Whose heads, counted from 0."
    block: Int! = 0
    "Heads in a subset; a quarter of them if left out."
    window: Int
    with: LayersInput!
    images: ImagesInput! = {}
  ): HeadSubsetCka!
  "Residual additions found in the graph."
  residualAdditions: Int!
  "How it was made; null for a model of the user's."
  card: ModelCard
  "Where the analogy with the paper's model that it stands in for ends; null where it stands for itself."
  analogyEnds: String
  "What was unsure about the anatomy, in sentences."
  remarks: [String!]!
  "How sure each part of what was found is, and why. What is unsure can be declared in the model's entry."
  findings: [Finding!]! @listSize(assumedSize: 8)
  """
  The model without the identity path of some blocks (Raghu et al. 2021, Fig. 8).
  
  \`\`\`graphql
  {
  	model(id: "vit-s") {
  		skipAblation(blocks: [3], images: { count: 256 }) {
  			ablated {
  				accuracyDifference {
  					value
  					low
  					high
  				}
  				split {
  					value
  					standardError
  				}
  			}
  		}
  	}
  }
  \`\`\`
  """
  skipAblation(
    "Blocks whose skips are left out, counted from 0."
    blocks: [Int!]!
    "Only those beside these branches; all of a block's if left out."
    branches: [BranchKind!]
    "Id of a model that was trained without them."
    trained: ID
    images: ImagesInput! = {}
  ): SkipAblation!
  "Top-1 and top-5 on labelled images."
  accuracy(images: ImagesInput! = {}): Accuracy!
  """
  How well each token of a layer matches its own place in the image (Raghu et al. 2021, Figs 9, 10 and D).
  
  \`\`\`graphql
  {
  	model(id: "vit-s") {
  		localization(images: { count: 512 }) {
  			layer {
  				name
  			}
  			ownShare {
  				value
  				low
  				high
  			}
  			map(row: 1, column: 2)
  		}
  	}
  }
  \`\`\`
  """
  localization(
    "Outputs of these blocks, counted from 0, or from the last as -1, -2, ..."
    blocks: [Int!]! = [-1]
    "Layers by name instead."
    layers: [ID!]
    "Side of a patch in pixels; without, one patch for each token or position of the layer."
    patchPx: Int
    images: ImagesInput! = {}
  ): [Localization!]! @listSize(assumedSize: 8)
  """
  How well each layer tells the classes apart: few-shot linear probes (Raghu et al. 2021, Figs 11, 13, D.4 and F).
  
  \`\`\`graphql
  {
  	model(id: "vit-s") {
  		linearProbe(readout: MEAN, shots: 10) {
  			layer {
  				name
  			}
  			accuracy
  			low
  			high
  		}
  	}
  }
  \`\`\`
  """
  linearProbe(
    """
    Outputs of these blocks, counted from 0, or from the last as -1, -2, ...; without, what enters the first block (of a CNN
    the stem, before its activation) and every block's output.
    """
    blocks: [Int!]
    "Layers by name instead."
    layers: [ID!]
    "What is read of a layer."
    readout: ProbeReadout! = MEAN
    """
    For the maps of a CNN, which are brought to the last map's rows and columns by mean pooling: before that, they are cut
    into patches of k x k positions whose channels are laid side by side, with the k that brings them nearest to the last
    map's channels (Raghu et al. 2021, appendix A; the paper does not give its patches).
    """
    patchFlatten: Boolean! = true
    "Images of each class to fit on, from 1 to 1 000; null for all of \`train\`."
    shots: Int = 10
    "So many choices of these images, from 1 to 100."
    seeds: Int! = 3
    """
    The ridge, above 0. Of several, up to 32, the one that is best on images of \`train\` that are not fitted on: those that
    the shots leave over, or a tenth of each class where all are taken. One is taken as it is: big_vision's is 1024.
    """
    l2: [Float!]! = [1, 4, 16, 64, 256, 1024, 4096]
    "To test on."
    images: ImagesInput! = {}
    """
    To choose from and fit on; without, up to 1 024 of the same set's split "probe", or "train" where it has none.
    """
    train: ImagesInput
  ): [LinearProbe!]! @listSize(assumedSize: 64)
  """
  Effective receptive fields, layer by layer (Raghu et al. 2021, Figs 6 and C): the gradient of each layer's centre with
  respect to the pixels.
  
  \`\`\`graphql
  {
  	model(id: "vit-s") {
  		receptiveFields(images: { count: 32, batchSize: 4 }, residual: AFTER) {
  			layer
  			centreMass {
  				value
  				standardError
  			}
  			radiusHoldingHalfPx {
  				value
  				standardError
  			}
  			reason
  		}
  	}
  }
  \`\`\`
  """
  receptiveFields(
    images: ImagesInput! = {count: 32, batchSize: 4}
    "Before or after every residual addition; the first layer is in both."
    residual: ResidualSide! = AFTER
    "Layers by name instead, in this order."
    layers: [ID!]
    "How many channels of each layer the Jacobian takes, drawn once for all images; null: all. Other variants take all."
    channels: Int = 16
    variant: ReceptiveFieldVariant! = JACOBIAN
    "Side in pixels of the square about the centre whose mass is told; a seventh of the input's shorter side if left out."
    patchPx: Float
  ): [ReceptiveField!]! @listSize(assumedSize: 64)
}

"A part of what was found in a model's graph."
type Finding {
  "input, output, blocks, residualAdditions, heads, grid, classToken or pooling."
  part: String!
  "certain: nothing in the graph allows another answer; likely: another would be unusual; guess: one of several."
  confidence: String!
  "In a sentence."
  reason: String!
}

enum Family {
  "A vision transformer, over all patches or within windows of them."
  VIT
  "An MLP-Mixer: MLPs over the tokens in place of attention."
  MIXER
  "A convolutional network."
  CNN
  "Neither was recognised; \`remarks\` tell what was seen."
  OTHER
}

"What the classifier reads."
enum Pooling {
  "The class token."
  CLS
  "The mean over the patch tokens, or over the positions of the last map."
  GAP
  "Both, side by side."
  CLS_AND_GAP
}

"A place where a representation is read."
type Layer {
  "As \\"blocks.3.attention\\": unique in the model."
  name: ID!
  "What it is: norm, attention, tokenMixing, mlpHidden, mlp, convolution, projection, output, patchEmbedding or positionEmbedding."
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

"A ViT's encoder block, a ResNet's unit, or what else a network is made of again and again."
type Block {
  "Counted from 0."
  index: Int!
  """
  encoder, mixer; of a CNN bottleneck (three convolutions), basic (two), inverted (a depthwise one between pointwise
  ones), convnext (a depthwise one, then an MLP), dense (a DenseNet's layer) or plain (a run without skips).
  """
  kind: String!
  "A run of blocks with one width and resolution, counted from 0; null for a ViT whose blocks are all alike."
  stage: Int
  "Layers inside the block."
  layers: [Layer!]! @listSize(assumedSize: 10)
  """
  How each of its residual additions divides into stream and branch (Raghu et al. 2021, Fig. 7).
  
  \`\`\`graphql
  {
  	model(id: "vit-s") {
  		blocks {
  			residualNorms(images: { count: 256 }) {
  				branches {
  					kind
  					cls {
  						ratio
  					}
  					spatial {
  						ratio
  						ratioStandardError
  						cosineWithSum
  					}
  				}
  			}
  		}
  	}
  }
  \`\`\`
  """
  residualNorms(
    images: ImagesInput! = {}
    aggregation: NormAggregation! = MEAN_OF_RATIOS
    "Whether additions behind a projection shortcut are told; otherwise their values are null with that reason."
    projections: Boolean! = true
  ): ResidualNorms!
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
  "The model whose weights the training went on from; null where it began with random ones."
  startsFrom: StartingWeights
  "What it stands in for in the paper."
  standsFor: String!
  "The training as it went."
  curve: [CurvePoint!]! @listSize(assumedSize: 50)
}

"Weights that a training went on from."
type StartingWeights {
  "What \`model(id)\` takes."
  id: ID!
  "SHA-256 of the weights' file."
  digest: String!
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

"What changes something. Pages of other servers can send none of it."
type Mutation {
  "Stops a pass at its next batch; what is summed stays. False where there is no such pass."
  cancelPass(id: ID!): Boolean!
  """
  Looks at a model and names it in sightline.json, as \`sightline add\` does. Only of a server that was started with
  \`--allow-add\`; one entry at a time, and no entry that is there is changed. At most 4 GB, in however many files.
  """
  addModel(
    """
    An address: hf:owner/name[@revision][:path/in/repository] or https://host/path, fetched by https from allowed hosts
    alone (\`--allow-host\`). On the machine that Sightline runs on also the path of a file in its working folder.
    """
    model: String!
    "Names it; made of its address or path if left out."
    id: ID
    "For people; the id if left out."
    title: String
    "Id of the image set whose labels its logits are."
    labels: ID
  ): AddedModel!
  """
  Looks at images in the server's working folder and names them in sightline.json, as \`sightline add-images\` does. Only of
  a server that was started with \`--allow-add\`, and only for clients on its machine; one entry at a time, and no entry that is
  there is changed.
  """
  addImages(
    "Of a folder, or of a file that holds images."
    path: String!
    "Names the set; the last part of the path if left out."
    id: ID
    "For people; the id if left out."
    title: String
    "The column, array, kind of label or extension that labels are taken from, where there are several."
    labels: String
    "Turn images as EXIF says that the camera was held."
    upright: Boolean! = false
    "Refuse the set where anything in it cannot be read, now and later."
    strict: Boolean! = false
  ): ImageSet!
}

"A model that was added."
type AddedModel {
  "How its preprocessing was found out, in sentences."
  notes: [String!]!
  "As it can be named from now on."
  model: Model!
}

"What a probe reads of a layer. Positions of a CNN are those of its map after pooling (\`patchFlatten\` says how)."
enum ProbeReadout {
  "The class token."
  CLS
  "Each patch token or position, by a probe of its own; the accuracy is their mean."
  TOKENS
  "The patch token or position of the upper left corner."
  FIRST_TOKEN
  "The mean over patch tokens or positions, without the class token."
  MEAN
  "The mean over all tokens, with the class token."
  MEAN_WITH_CLS
  "All patch tokens or positions side by side, as one vector."
  ALL
}

"""
How well a linear classifier reads the class from a layer: ridge regression in closed form on a few images of each class,
with features standardised by these images, a constant feature of 100 and targets of 1 and -1 (big_vision's few-shot
evaluator), tested on other images.
"""
type LinearProbe {
  "Null with the reason where the model has no layers."
  layer: Layer
  "Share of test images whose class is found, 0 to 1: mean over seeds, and over tokens where each is read by itself."
  accuracy: Float
  """
  Lower end of the 95 % interval, not below 0: over the choice of images to fit on (Student's t over seeds) and over test
  images (Wilson), joined as Zou and Donner (2008) do. Of one fit it covers the test images alone.
  """
  low: Float
  "Upper end of it, not above 1; null for one seed."
  high: Float
  "Each choice of images to fit on by itself."
  perSeed: [SeededProbe!]! @listSize(assumedSize: 10)
  """
  Where each token is read by itself: [row][column], the accuracy of that place, 0 to 1, mean over seeds. Else null.
  """
  map: [[Float!]!] @cost(weight: 100)
  "Features of a vector that is read; null where nothing is."
  width: Int
  "Why there is no accuracy."
  reason: String
  "How it was tested; null where nothing was measured."
  provenance: Provenance
  "What it was fitted on: the images that each seed chooses from. Null where nothing was measured."
  trainProvenance: Provenance
}

"A probe that was fitted on one choice of images."
type SeededProbe {
  "Determines the choice: from 0."
  seed: Int!
  "0 to 1."
  accuracy: Float!
  "Lower end of the 95 % interval over test images (Wilson); for a mean over tokens, of an interval at least as wide."
  low: Float!
  "Upper end of it."
  high: Float!
  "The ridge that was used."
  l2: Float!
  "Images fitted on."
  fitted: Int!
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
  "Of the generator or the shuffle of the images: an unsigned 32-bit integer."
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
  One model, by its id; on the machine that Sightline runs on also by the path of a model file in its working folder.
  
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
  One image set, by its id; on the machine that Sightline runs on also by the path of images in its working folder.
  
  \`\`\`graphql
  {
  	imageSet(id: "leaves") {
  		title
  		splits {
  			name
  			count
  		}
  		skipped {
  			file
  			reason
  		}
  	}
  }
  \`\`\`
  """
  imageSet(id: ID!): ImageSet!
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
  
  As many images as it takes, and what the same estimate gives where there is nothing in common:
  
  \`\`\`graphql
  {
  	similarity(
  		rows: { model: "vit-s", preset: BLOCKS }
  		columns: { model: "resnet-s", preset: BLOCKS }
  		images: { count: 256, batchSize: 32 }
  		tokens: MEAN
  		until: { standardError: 0.02, atMost: 1024 }
  	) {
  		values
  		stopped {
  			reached
  			images
  			reason
  		}
  		trace {
  			images
  			largestStandardError
  			largestChange
  		}
  		shuffled {
  			values
  			standardErrors
  		}
  	}
  }
  \`\`\`
  """
  similarity(
    rows: LayersInput!
    columns: LayersInput
    images: ImagesInput! = {}
    "Of rows and columns alike."
    tokens: TokenChoice! = ALL
    estimator: CkaEstimator! = UNBIASED
    "Where it is given, \`images.count\` is where measuring begins. What is stored is not measured again."
    until: UntilInput
  ): Similarity!
  """
  The same block of two models (Raghu et al. 2021, Fig. 12 and G.1).
  
  \`\`\`graphql
  {
  	blockSimilarity(before: "vit-s", after: "vit-s-gap", images: { count: 256 }) {
  		blocks {
  			block
  			value
  			standardError
  		}
  		reason
  	}
  }
  \`\`\`
  """
  blockSimilarity(before: ID!, after: ID!, images: ImagesInput! = {}, tokens: TokenChoice! = ALL, estimator: CkaEstimator! = UNBIASED): BlockSimilarity!
  """
  Top-1 of a model less that of another on the same images: what a change of the weights, or of their format, gains or costs.
  
  \`\`\`graphql
  {
  	accuracyDifference(before: "vit-s", after: "vit-s-gap", images: { count: 256 }) {
  		value
  		low
  		high
  		reason
  	}
  }
  \`\`\`
  """
  accuracyDifference(before: ID!, after: ID!, images: ImagesInput! = {}): Difference!
  """
  On how many images two models name the same class, right or wrong: what an export or a quantised copy kept of the
  answers. It needs no labels, and two models of equal accuracy may differ in it.
  
  \`\`\`graphql
  {
  	predictionAgreement(before: "vit-s", after: "vit-s-gap", images: { count: 256 }) {
  		share {
  			value
  			low
  			high
  		}
  		reason
  	}
  }
  \`\`\`
  """
  predictionAgreement(before: ID!, after: ID!, images: ImagesInput! = {}): PredictionAgreement!
  "Where models run."
  device: Device!
  "Passes running or waiting."
  passes: [Pass!]! @listSize(assumedSize: 16)
  "The reports that can be published."
  reports: [Report!]! @listSize(assumedSize: 4)
}

type Subscription {
  """
  The passes there are, then each change of any: over server-sent events, as POST /graphql/stream. A slow reader gets
  the newest state of each pass and misses older ones.
  """
  passes: Pass!
}

"Where a layer is read, next to a residual addition."
enum ResidualSide {
  "The branch, before it is added."
  BEFORE
  "The stream after the addition; of a CNN's unit its output, after the activation that follows."
  AFTER
}

"Which gradient of the centre cell makes a receptive field. All are summed over colours and averaged over images."
enum ReceptiveFieldVariant {
  "Absolute gradient of each channel, then the mean over channels (Raghu et al. 2021)."
  JACOBIAN
  "Absolute gradient of the sum over channels: one gradient a layer, in which channels of opposite sign cancel."
  CHANNEL_SUM
  "Positive part of the gradient of the sum of the channels' positive parts (Ding et al. 2022, RepLKNet)."
  REP_LK_NET
}

"""
The effective receptive field of a layer: how its centre cell, (rows // 2, columns // 2) of its tokens or positions, changes
with each pixel of the input. The centre that distances are measured from is the middle of that cell.
"""
type ReceptiveField {
  """
  As \\"blocks.3.attention\\" (the branch) or \\"blocks.3.+attention\\" (the stream after its addition); \\"blocks.3.unit\\" and
  \\"blocks.3.+unit\\" of a CNN; or the first layer of all. Null with the reason where the model has none.
  """
  layer: ID
  "attention, tokenMixing, mlp or unit; of the first layer patchEmbedding or convolution."
  kind: String
  "Counted from 0; null for the first layer."
  block: Int
  "Null for the first layer: nothing is added to it."
  residual: ResidualSide
  """
  [row][column] of the input, of sum 1; of REP_LK_NET log10(score + 1) over its largest value. Null with the reason where
  the gradient is zero everywhere or not finite.
  """
  map: [[Float!]!] @cost(weight: 1000)
  "The map's largest value."
  largest: Float
  "Of the map, in pixels: the model's input."
  width: Int
  "Of the map, in pixels: the model's input."
  height: Int
  "The centre, in pixels from the upper edge."
  centreRowPx: Float
  "The centre, in pixels from the left edge."
  centreColumnPx: Float
  "Side of the square about the centre that \`centreMass\` is about, in pixels."
  patchPx: Float!
  "Share of the map's sum in that square, 0 to 1; pixels on its border count by their area inside."
  centreMass: ReceptiveFieldEstimate
  "The same over the square's share of the image's area: 1 for an even map."
  centreMassOverArea: ReceptiveFieldEstimate
  "Radius of the circle about the centre that holds 50 % of the map's sum, in pixels."
  radiusHoldingHalfPx: ReceptiveFieldEstimate
  "Radius of the circle about the centre that holds 90 % of the map's sum, in pixels."
  radiusHoldingNinetyPx: ReceptiveFieldEstimate
  "\`radiusHoldingHalfPx\` over the image's shorter side."
  radiusHoldingHalf: ReceptiveFieldEstimate
  "\`radiusHoldingNinetyPx\` over the image's shorter side."
  radiusHoldingNinety: ReceptiveFieldEstimate
  "Share of the image's area, 0 to 1, that the brightest pixels take which hold 50 % of the map's sum."
  areaHoldingHalf: ReceptiveFieldEstimate
  "Of REP_LK_NET, for 20, 30, 50 and 99 % of its map; else empty."
  squares: [ReceptiveFieldSquare!]! @listSize(assumedSize: 4)
  "Images that it rests on."
  images: Int!
  "Batches that it rests on."
  batches: Int!
  "Why something is null, or images were left out."
  reason: String
  "How it came about; null where nothing was measured."
  provenance: Provenance
}

"A statistic of a receptive field, with its error over images."
type ReceptiveFieldEstimate {
  "Null with the reason where it is not defined."
  value: Float
  "Jackknife over batches, in the unit of the value; null below 4 batches."
  standardError: Float
  "Why something is null."
  reason: String
}

"""
The smallest square about the pixel in the middle of the image (side // 2) that holds more than a share of the map's sum; its
side is odd, and at least 3.
"""
type ReceptiveFieldSquare {
  "0 to 1."
  share: Float!
  "Pixels; null where no square within the image holds so much."
  sidePx: ReceptiveFieldEstimate!
  "Of the image's area, 0 to 1."
  area: Float
}

"A report: figures and the claims they bear on."
type Report {
  "What \`sightline report\` takes."
  id: ID!
  "In words."
  title: String!
  "What it reproduces, or what it shows where it reproduces nothing."
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
How each residual addition z + f(z) of a block divides into the stream z and the branch f: the ratio of their norms, and
how the stream points beside the sum and beside the branch, per token (of a CNN, per position) and averaged over images
(Raghu et al. 2021, Fig. 7, E.1 and E.2).
"""
type ResidualNorms {
  "In the order of the forward pass: attention and MLP of an encoder block, or the unit. Empty with the reason."
  branches: [BranchNorms!]! @listSize(assumedSize: 2)
  "Why there are none."
  reason: String
  "How it came about; null where nothing was measured."
  provenance: Provenance
}

"One residual addition."
type BranchNorms {
  "What the branch is."
  kind: BranchKind!
  "The stream passes a projection before the addition: z is what the projection makes of it."
  projected: Boolean!
  "Of the class token; null where there is none."
  cls: TokenNorms
  "The mean over patch tokens or positions."
  spatial: TokenNorms!
  "Each token by itself, the class token first where there is one; of a CNN each position, row by row."
  tokens: [TokenMeans!]! @listSize(assumedSize: 200)
  "Why values of some tokens are null; null where none is."
  reason: String
}

enum BranchKind {
  "Multi-head self-attention."
  ATTENTION
  "The MLP over tokens of a Mixer."
  TOKEN_MIXING
  "The MLP of an encoder block."
  MLP
  "The convolutions of a ResNet's unit."
  UNIT
}

"Means over images with their standard errors."
type TokenNorms {
  "|z| / |f(z)|, not negative, no unit; null with the reason where a norm is zero."
  ratio: Float
  "Over images; null with the reason, as for fewer than 2 images."
  ratioStandardError: Float
  "cos(z, z + f(z)), -1 to 1."
  cosineWithSum: Float
  "Over images."
  cosineWithSumStandardError: Float
  "cos(z, f(z)), -1 to 1."
  cosineWithBranch: Float
  "Over images."
  cosineWithBranchStandardError: Float
  "Why a value is null."
  reason: String
}

"A token's means over images; null where a norm is zero."
type TokenMeans {
  "|z| / |f(z)|, not negative, no unit."
  ratio: Float
  "cos(z, z + f(z)), -1 to 1."
  cosineWithSum: Float
  "cos(z, f(z)), -1 to 1."
  cosineWithBranch: Float
}

"How the ratio of norms is averaged over images, which the paper leaves open."
enum NormAggregation {
  "The mean of each image's ratio at each token."
  MEAN_OF_RATIOS
  "The mean of |z| over the mean of |f(z)|."
  RATIO_OF_MEANS
}

"""
A matrix of linear CKA values: HSIC summed over batches, then the ratio (Nguyen et al. 2021, arXiv:2010.15327), on
column-centred features.
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
  "Jackknife: [row][column] as \`values\`. Over batches, null below 4; over images where all are one batch."
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
  """
  A control: the same, while the columns see the images of every batch in another order, so that nothing is left in
  common. The unbiased estimate is then 0 within its error; what the biased one shows is bias.
  """
  shuffled: ShuffledSimilarity!
  "How the errors shrink with more images: after 4, 8, 16, ... batches, and after all."
  trace: [ConvergencePoint!]! @listSize(assumedSize: 12)
  "How measuring ended; null without \`until\`."
  stopped: StopReport
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
}

"Which part of every layer is compared. Layers that do not have it give nulls with the reason."
enum TokenChoice {
  "Every token with the class token, or every position, flattened to one example."
  ALL
  "The class token."
  CLS
  "Every patch token or position, flattened."
  SPATIAL
  "The mean over patch tokens or positions."
  MEAN
}

"How HSIC is estimated."
enum CkaEstimator {
  "HSIC_1 (Song et al. 2012) of every batch, summed over batches."
  UNBIASED
  "HSIC_0 (Gretton et al. 2005) of every batch: near 1 whatever the layers, where there are more features than images."
  BIASED
  "The debiased CKA of Kornblith et al. 2019: HSIC_1 of all images as one batch. \`batchSize\` is then \`count\`."
  DEBIASED_FULL_BATCH
}

"Measures more images, twice as many each time, until the largest standard error is as small as asked."
input UntilInput {
  "CKA, above 0."
  standardError: Float!
  "Images at most; fewer where the split has no more."
  atMost: Int! = 10240
}

"How measuring until a standard error ended."
type StopReport {
  "Whether the largest standard error is as small as asked."
  reached: Boolean!
  "It, CKA; null where there is none."
  largestStandardError: Float
  "Images asked for in the end."
  images: Int!
  "Why it was not reached; null where it was."
  reason: String
}

"A control without anything in common."
type ShuffledSimilarity {
  "[row][column] as the matrix itself."
  values: [[Float]!]! @cost(weight: 1000)
  "As those of the matrix itself."
  standardErrors: [[Float]!]! @cost(weight: 1000)
  "Why cells are null."
  reasons: [NullReason!]! @listSize(assumedSize: 100)
}

"Where an estimate stands after some of its batches."
type ConvergencePoint {
  "Images so far."
  images: Int!
  "Full batches so far."
  batches: Int!
  "Over the cells but those of a layer with itself, CKA; null where there is none, as below 4 batches."
  largestStandardError: Float
  "Over the same cells, CKA."
  meanStandardError: Float
  "Over the cells, against the point before; null for the first."
  largestChange: Float
}

"Linear CKA of each block of a model with the same block of another: before and after fine-tuning, or of less data."
type BlockSimilarity {
  "Empty with the reason."
  blocks: [BlockPair!]! @listSize(assumedSize: 64)
  "Why there are none."
  reason: String
  "How it came about; null where nothing was measured."
  provenance: Provenance
}

"A block's output in two models."
type BlockPair {
  "Counted from 0."
  block: Int!
  "Linear CKA, no unit, at most 1; null with the reason."
  value: Float
  "Jackknife over batches; null below 4."
  standardError: Float
  "Why a value is null."
  reason: String
}

"""
A model without the identity path of some residual additions (Raghu et al. 2021, Fig. 8): where stream and branch were added,
the branch alone goes on, in the graph of the trained model. Beside it the model as it is and, where one is named, a model
that was trained without that skip.
"""
type SkipAblation {
  "The model as it is."
  original: SkipAblationSide!
  "The model without the skips; null with the reason."
  ablated: SkipAblationSide
  "The model that was trained without them; null where none is named."
  trained: SkipAblationSide
  "Why there is no model without the skips."
  reason: String
}

"One of the models compared."
type SkipAblationSide {
  "The model: everything may be asked of it. An ablated one is called as \\"vit-s?withoutSkips=3\\"."
  model: Model!
  "Top-1 and top-5 on the images."
  accuracy: Accuracy!
  "Top-1 less that of the model as it is."
  accuracyDifference: Difference!
  "Linear CKA of all layers with each other."
  similarity: Similarity!
  "How far the layers are divided where the first of the skips is left out."
  split: SplitScore!
}

"A difference of two shares of the same images with its 95 % interval for paired shares (Newcombe 1998, method 10)."
type Difference {
  "-1 to 1; null with the reason."
  value: Float
  "Lower end of the interval."
  low: Float
  "Upper end of the interval."
  high: Float
  "Why there is none."
  reason: String
  "How it came about; null where nothing was measured."
  provenance: Provenance
}

"""
The mean CKA of the layers before a cut with those from it on, over the mean CKA within either part: 1 where the cut divides
nothing, near 0 where the parts have nothing in common.
"""
type SplitScore {
  "No unit; null with the reason."
  value: Float
  "Jackknife over batches; null with the reason."
  standardError: Float
  "The first layer of the upper part."
  layer: String
  "Why a value is null."
  reason: String
  "How it came about; null where nothing was measured."
  provenance: Provenance
}`;
