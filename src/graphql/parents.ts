/** What a resolver is given as its parent, where that is not the schema's own shape. */
import type { Anatomy, Attention, Block, Layer } from "../anatomy/anatomy.ts";
import type { ImageSet } from "../data/imageSet.ts";
import type { OpenModel } from "../data/modelFile.ts";
import type { PassState } from "../engine/engine.ts";
import type { CkaReason } from "../metrics/linearCka.ts";
import type { Measurement } from "../plan/measurement.ts";
import type { ModelCard } from "../zoo/card.ts";
import type { ModelEntry } from "../zoo/entry.ts";

/** Known by its entry; opened when something is asked that only its file tells. */
export interface ModelParent {
	readonly id: string;
	/** null for a model given by its path */
	readonly entry: ModelEntry | null;
	open(): Promise<OpenModel>;
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
	/** One where the columns are the rows. */
	readonly measurements: readonly [Measurement] | readonly [rows: Measurement, columns: Measurement];
}

export type FamilyParent = Anatomy["family"];
export type PoolingParent = Anatomy["pooling"];
export type MatrixSideParent = CkaReason["side"];
export type PassStateParent = PassState["state"];
export type LayerParent = Layer;
export type ImageSetParent = ImageSet;
export type ModelCardParent = ModelCard;
export type PassParent = PassState;
