/** What a resolver is given as its parent, where that is not the schema's own shape. */
import type { Anatomy, Attention, Block, Layer, ResidualAddition } from "../anatomy/anatomy.ts";
import type { ImageSet } from "../data/imageSet.ts";
import type { OpenModel } from "../data/modelFile.ts";
import type { PassState } from "../engine/engine.ts";
import type { GradientVariant } from "../metrics/centreGradients.ts";
import type { CkaOptions, CkaReason } from "../metrics/linearCka.ts";
import type { Localization } from "../metrics/localization.ts";
import type { Readout } from "../metrics/readout.ts";
import type { ReceptiveFieldParameters } from "../metrics/receptiveField.ts";
import type { ReceptiveField, SquareHolding } from "../metrics/receptiveFieldStatistics.ts";
import type { Measurement } from "../plan/measurement.ts";
import type { ModelCard } from "../zoo/card.ts";
import type { ModelEntry } from "../zoo/entry.ts";
import type { ImagesInput, Provenance, StopReport } from "./schema.generated.ts";

/** Known by its entry; opened when something is asked that only its file tells. */
export interface ModelParent {
	readonly id: string;
	/** null for a model given by its path */
	readonly entry: ModelEntry | null;
	open(): Promise<OpenModel>;
}

export interface AddedModelParent {
	readonly notes: readonly string[];
	readonly model: ModelParent;
}

export interface BlockParent {
	readonly open: OpenModel;
	readonly block: Block;
}

export interface HeadParent {
	readonly open: OpenModel;
	readonly attention: Attention;
	/** Within its block. */
	readonly index: number;
}

/** The two axes of a matrix, and what fills it. */
export interface SimilarityParent {
	readonly rows: readonly Layer[];
	readonly columns: readonly Layer[];
	/** One where the columns are the rows; of more images than asked, where measuring goes on until an error is reached. */
	readonly measurements: () => Promise<CkaMeasurements>;
	readonly estimator: CkaOptions["estimator"];
	/** In words. */
	readonly variant: string;
	/** null without `until` */
	readonly stopped: () => Promise<StopReport | null>;
}

export type CkaMeasurements = readonly [Measurement] | readonly [rows: Measurement, columns: Measurement];

/** A model of an ablation, and where the first of its skips is left out. */
export interface SkipAblationSideParent {
	readonly model: ModelParent;
	readonly original: ModelParent;
	/** Where the upper part begins: in this block, with its MLP or, null, with its first branch; null where no skip is named. */
	readonly cut: { readonly block: number; readonly branch: "mlp" | null } | null;
	readonly images: ImagesInput;
}

/** A layer's localisation as it was measured; null where the layer has none. */
export interface LocalizationParent {
	readonly layer: Layer | null;
	readonly found: Localization | null;
	readonly reason: string | null;
	readonly provenance: Provenance | null;
}

export type BranchKindParent = ResidualAddition["kind"];
/** A layer's receptive field as it was measured; null where the model has none. Its map is made when it is asked for. */
export interface ReceptiveFieldParent {
	readonly open: OpenModel;
	readonly found: ReceptiveField | null;
	readonly patchPx: number;
	readonly measurement: ReceptiveFieldMeasurement | null;
	readonly reason: string | null;
	readonly provenance: Provenance | null;
}

export interface ReceptiveFieldMeasurement extends Measurement {
	readonly parameters: ReceptiveFieldParameters;
}

/** With the sides of the image that it lies in. */
export interface ReceptiveFieldSquareParent extends SquareHolding {
	readonly imagePx: readonly [height: number, width: number];
}

export type FamilyParent = Anatomy["family"];
export type PoolingParent = Anatomy["pooling"];
export type ProbeReadoutParent = Readout;
export type MatrixSideParent = CkaReason["side"];
export type PassStateParent = PassState["state"];
export type ReceptiveFieldVariantParent = GradientVariant;
export type ResidualSideParent = "before" | "after";
export type LayerParent = Layer;
export type ImageSetParent = ImageSet;
export type ModelCardParent = ModelCard;
export type PassParent = PassState;
