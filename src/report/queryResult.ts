/** What the API answers to the fields that reports ask for, as far as reports read it (schema/*.graphql). */

export interface LayerResult {
	readonly name: string;
	readonly kind: string;
	readonly block: number | null;
}

export interface ModelResult {
	readonly id: string;
	readonly title: string;
	readonly family: "VIT" | "MIXER" | "CNN" | "OTHER";
	readonly blocks: readonly { readonly index: number; readonly stage: number | null }[];
}

/** What is drawn of a matrix of similarities. */
export interface SimilarityCellsResult {
	readonly rows: readonly LayerResult[];
	readonly columns: readonly LayerResult[];
	readonly values: readonly (readonly (number | null)[])[];
	readonly standardErrors: readonly (readonly (number | null)[])[];
	readonly reasons: readonly { readonly layer: string | null; readonly reason: string }[];
	readonly batches: number;
	readonly provenance: ProvenanceResult;
}

export interface SimilarityResult extends SimilarityCellsResult {
	/** leaveOneOut[batch][row][column] */
	readonly leaveOneOut: readonly (readonly (readonly (number | null)[])[])[];
}

export interface HeadsResult extends ModelResult {
	readonly blocks: readonly {
		readonly index: number;
		readonly stage: number | null;
		readonly heads: readonly {
			readonly index: number;
			readonly attentionDistance: AttentionDistanceResult;
			readonly attentionMap: AttentionMapResult;
		}[];
	}[];
}

export interface AttentionMapResult {
	/** [row][column] */
	readonly weights: readonly (readonly number[])[] | null;
}

export interface AttentionDistanceResult {
	readonly meanPx: number | null;
	readonly standardErrorPx: number | null;
	readonly uniformPx: number | null;
	readonly reason: string | null;
	readonly provenance: ProvenanceResult | null;
}

export interface AccuracyResult {
	readonly top1: ProportionResult | null;
	readonly reason: string | null;
	readonly provenance: ProvenanceResult | null;
}

/** A share of images with its 95 % interval. */
export interface ProportionResult {
	readonly value: number;
	readonly low: number;
	readonly high: number;
}

/** Of a block's heads, from local to global. */
export interface HeadSubsetsResult {
	readonly windows: readonly { readonly heads: readonly number[]; readonly meanDistancePx: number }[];
	readonly units: readonly { readonly name: string; readonly block: number | null }[];
	/** [window][unit] */
	readonly values: readonly (readonly (number | null)[])[];
	readonly standardErrors: readonly (readonly (number | null)[])[];
	/** One a unit. */
	readonly correlations: readonly {
		readonly rho: number | null;
		readonly standardError: number | null;
		readonly reason: string | null;
	}[];
	readonly reason: string | null;
	readonly provenance: ProvenanceResult | null;
}

/** A model with what its residual additions are like; what is told of a token differs from query to query. */
export interface NormsResult<Token> {
	readonly id: string;
	readonly title: string;
	readonly blocks: readonly {
		readonly index: number;
		readonly residualNorms: {
			readonly branches: readonly BranchNormsResult<Token>[];
			readonly reason: string | null;
			readonly provenance: ProvenanceResult | null;
		};
	}[];
}

export interface BranchNormsResult<Token> {
	readonly kind: "ATTENTION" | "TOKEN_MIXING" | "MLP" | "UNIT";
	readonly cls: Token | null;
	readonly spatial: Token;
}

/** |z| / |f(z)| */
export interface RatioResult {
	readonly ratio: number | null;
	readonly ratioStandardError: number | null;
	readonly reason: string | null;
}

/** cos(z, z + f(z)) and cos(z, f(z)) */
export interface CosinesResult {
	readonly cosineWithSum: number | null;
	readonly cosineWithSumStandardError: number | null;
	readonly cosineWithBranch: number | null;
	readonly cosineWithBranchStandardError: number | null;
	readonly reason: string | null;
}

/** A model with the ratio of norms at every token, the class token first where there is one. */
export interface TokenRatiosResult {
	readonly title: string;
	/** Patches [rows, columns]. */
	readonly tokenGrid: readonly number[] | null;
	readonly classToken: boolean | null;
	readonly blocks: readonly {
		readonly index: number;
		readonly residualNorms: {
			readonly branches: readonly {
				readonly kind: BranchNormsResult<never>["kind"];
				readonly tokens: readonly { readonly ratio: number | null }[];
			}[];
			readonly provenance: ProvenanceResult | null;
		};
	}[];
}

/** A model as it is, and without some of its skips: taken out of the trained model, or trained so. */
export interface SkipAblationResult {
	readonly original: SkipSideResult;
	readonly ablated: DrawnSkipSideResult | null;
	/** null where no such model is named. */
	readonly trained: DrawnSkipSideResult | null;
	/** Why there is no model without the skips. */
	readonly reason: string | null;
}

export interface SkipSideResult {
	readonly accuracy: AccuracyResult;
	/** Mean CKA across the block's cut over that within the parts. */
	readonly split: {
		readonly value: number | null;
		readonly standardError: number | null;
		/** The first layer of the upper part. */
		readonly layer: string | null;
		readonly reason: string | null;
		readonly provenance: ProvenanceResult | null;
	};
}

export interface DrawnSkipSideResult extends SkipSideResult {
	readonly model: { readonly id: string; readonly title: string };
	/** Top-1 less that of the model as it is, with its 95 % interval. */
	readonly accuracyDifference: {
		readonly value: number | null;
		readonly low: number | null;
		readonly high: number | null;
		readonly reason: string | null;
	};
	readonly similarity: SimilarityCellsResult;
}

/** A layer's effective receptive field; without a layer where the model has none. */
export interface ReceptiveFieldResult {
	readonly layer: string | null;
	/** attention, tokenMixing, mlp or unit; of the first layer patchEmbedding or convolution. */
	readonly kind: string | null;
	readonly block: number | null;
	readonly width: number;
	readonly height: number;
	readonly centreMassOverArea: ReceptiveFieldEstimateResult | null;
	/** Of the image's shorter side. */
	readonly radiusHoldingHalf: ReceptiveFieldEstimateResult | null;
	readonly radiusHoldingNinety: ReceptiveFieldEstimateResult | null;
	readonly radiusHoldingHalfPx: ReceptiveFieldEstimateResult | null;
	readonly radiusHoldingNinetyPx: ReceptiveFieldEstimateResult | null;
	readonly batches: number;
	readonly reason: string | null;
	readonly provenance: ProvenanceResult | null;
}

/** With its map, [row][column] of sum 1. */
export interface ReceptiveFieldMapResult extends ReceptiveFieldResult {
	readonly map: readonly (readonly number[])[] | null;
}

export interface ReceptiveFieldEstimateResult {
	readonly value: number | null;
	/** Over batches. */
	readonly standardError: number | null;
	readonly reason: string | null;
}

/** Where the tokens of a layer come from; without a layer where the model has none. */
export interface LocalizationResult {
	readonly layer: { readonly name: string; readonly block: number | null } | null;
	/** [rows, columns] */
	readonly tokens: readonly number[] | null;
	readonly patches: readonly number[] | null;
	/** [token][patch], both row by row */
	readonly values: readonly (readonly (number | null)[])[] | null;
	readonly ownShare: LocalizationEstimateResult | null;
	readonly medianDistance: LocalizationEstimateResult | null;
	readonly medianDistancePx: LocalizationEstimateResult | null;
	readonly ownMinusMean: LocalizationEstimateResult | null;
	readonly edgeWithBorder: LocalizationEstimateResult | null;
	readonly edgeWithInterior: LocalizationEstimateResult | null;
	readonly reason: string | null;
	readonly batches: number;
	readonly provenance: ProvenanceResult | null;
}

/** With its 95 % interval over batches. */
export interface LocalizationEstimateResult {
	readonly value: number | null;
	readonly low: number | null;
	readonly high: number | null;
	readonly reason: string | null;
}

export interface LinearProbeResult {
	/** null with the reason where the model has no layers */
	readonly layer: { readonly name: string; readonly block: number | null } | null;
	readonly accuracy: number | null;
	readonly low: number | null;
	readonly high: number | null;
	readonly reason: string | null;
	readonly provenance: ProvenanceResult | null;
}

export interface BlockSimilarityResult {
	readonly blocks: readonly {
		readonly block: number;
		readonly value: number | null;
		readonly standardError: number | null;
		readonly reason: string | null;
	}[];
	readonly reason: string | null;
	readonly provenance: ProvenanceResult | null;
}

export interface ProvenanceResult {
	readonly variant: string;
	readonly images: string;
	readonly imagesAsked: number;
	readonly imagesUsed: number;
	readonly batchSize: number;
	readonly seed: number;
	readonly modelDigests: readonly string[];
	readonly precision: string;
	readonly device: string;
	readonly versions: readonly string[];
	readonly seconds: number;
	readonly cached: boolean;
	/** ISO 8601. */
	readonly measuredAt: string;
}

/** Of a set of images. */
export interface ImageSetResult {
	readonly id: string;
	readonly classNames: readonly string[];
	readonly splits: readonly { readonly name: string; readonly count: number }[];
}

/** A difference of two shares of the same images with its 95 % interval. */
export interface DifferenceResult {
	readonly value: number | null;
	readonly low: number | null;
	readonly high: number | null;
	readonly reason: string | null;
	readonly provenance: ProvenanceResult | null;
}

/** How often two models name the same class. */
export interface PredictionAgreementResult {
	readonly share: ProportionResult | null;
	readonly reason: string | null;
	readonly provenance: ProvenanceResult | null;
}

/** What is told of every model. */
export interface DescribedModelResult extends ModelResult {
	readonly digest: string;
	readonly parameters: number;
	readonly inputSize: readonly number[];
	readonly classes: number;
	readonly tokenGrid: readonly number[] | null;
	readonly classToken: boolean | null;
	readonly pooling: "CLS" | "GAP" | null;
}

/** A model of a report: what the report's page tells of it. */
export interface ReportModelResult extends DescribedModelResult {
	/** On the report's images; null where they have no labels for this model. */
	readonly measured: { readonly images: number; readonly top1: ProportionResult | null };
	readonly card: { readonly standsFor: string } | null;
}

/** A model that comes along: what its own page tells. */
export interface ZooModelResult extends DescribedModelResult {
	readonly preprocessing: string;
	readonly residualAdditions: number;
	/** In the order of the forward pass; shapes without the batch. */
	readonly layers: readonly (LayerResult & { readonly shape: readonly number[] })[];
	readonly blocks: readonly {
		readonly index: number;
		readonly stage: number | null;
		readonly heads: readonly { readonly index: number }[];
	}[];
	readonly analogyEnds: string | null;
	readonly card: CardResult;
}

export interface CardResult {
	readonly recipe: string;
	readonly recipeDigest: string;
	/** Id of the set that it was trained on. */
	readonly imageSet: string;
	readonly imagesSeen: number;
	readonly imagesDistinct: number;
	readonly seconds: number;
	readonly hardware: string;
	/** On unseen images of that set; null, as the next two, until it was measured. */
	readonly accuracy: number | null;
	readonly interval: readonly number[] | null;
	readonly accuracyImages: number | null;
	readonly licence: string;
	readonly startsFrom: { readonly id: string; readonly digest: string } | null;
	readonly standsFor: string;
	readonly curve: readonly CurvePointResult[];
}

export interface CurvePointResult {
	readonly imagesSeen: number;
	readonly seconds: number;
	readonly trainAccuracy: number;
	readonly validationAccuracy: number | null;
}
