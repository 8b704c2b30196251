/**
 * What was found in a graph: the parts of a vision model by the field's names. Found by patterns from the graph alone,
 * never by the names of its nodes, so that a model nobody here has seen works.
 */

/** A block is a ViT's encoder block or a ResNet's unit. All indices count from 0 in the order of the forward pass. */
export interface Anatomy {
	/** Goes up when the same graph may give another anatomy: part of every result's key. */
	readonly version: number;
	readonly family: "vit" | "mixer" | "cnn" | "other";
	readonly input: {
		readonly tensor: string;
		readonly channels: number;
		readonly height: number;
		readonly width: number;
	};
	/** Logits [batch, classes]. */
	readonly output: { readonly tensor: string; readonly classes: number };
	readonly blocks: readonly Block[];
	readonly attentions: readonly Attention[];
	readonly residuals: readonly ResidualAddition[];
	/** Every listed tensor, in the order of the forward pass. */
	readonly layers: readonly Layer[];
	/** null for a CNN */
	readonly tokens: TokenLayout | null;
	/** By the class token, by the mean over tokens or positions, or by both side by side. */
	readonly pooling: "cls" | "gap" | "cls+gap" | null;
	/** Elements of the floating-point weights that the graph reads (parameters.ts says what counts). */
	readonly parameters: number;
	/** How sure each part is, and why. */
	readonly findings: readonly Finding[];
	/** What was missing or odd, in sentences. */
	readonly remarks: readonly string[];
}

/** A part of the anatomy, how sure it is, and why in a sentence. */
export interface Finding {
	readonly part: "input" | "output" | "blocks" | "residualAdditions" | "heads" | "grid" | "classToken" | "pooling";
	readonly confidence: Confidence;
	readonly reason: string;
}

/** certain: nothing in the graph allows another answer; likely: another is possible, but unusual; guess: one of several. */
export type Confidence = "certain" | "likely" | "guess";

/** What a model's entry may declare where the graph leaves it open. Each is held against the graph. */
export interface AnatomyOverrides {
	/** Whether the first token is a class token. */
	readonly classToken?: boolean;
	/** How many tokens stand before those of the patches: a class token, registers, one for distillation. */
	readonly tokensBeforePatches?: number;
	/** The patches' rows and columns. */
	readonly grid?: readonly [rows: number, columns: number];
	/** Of each attention. */
	readonly heads?: number;
	/** Pixels, for a graph whose input has open sides. */
	readonly imageSize?: readonly [height: number, width: number];
	/** The tensor that holds the logits. */
	readonly output?: string;
}

export interface TokenLayout {
	/** Patches [rows, columns], without the class token. */
	readonly grid: readonly [rows: number, columns: number];
	/** Pixels a side of the patch that a token stands for. */
	readonly patchPx: number;
	/** The first token is one that reads the whole image. */
	readonly classToken: boolean;
	/** All tokens. The patches stand last, behind the class token and what else there is (registers, one for distillation). */
	readonly count: number;
}

/** How many tokens stand before those of the patches. */
export function tokensBeforePatches({ grid, count }: TokenLayout): number {
	return count - grid[0] * grid[1];
}

export interface Block {
	readonly index: number;
	/**
	 * "encoder" (ViT), "mixer"; of a CNN "bottleneck" (three convolutions), "basic" (two), "inverted" (a depthwise one
	 * between pointwise ones), "convnext" (a depthwise one, then an MLP), "dense" (a DenseNet's layer) or "plain" (a run of
	 * convolutions of one resolution in a network without skips).
	 */
	readonly kind: "encoder" | "mixer" | "bottleneck" | "basic" | "inverted" | "convnext" | "dense" | "plain";
	/** Which stage, a run of blocks with one width and resolution; null for a ViT whose blocks are all alike. */
	readonly stage: number | null;
	/** Tensor names: what enters the block, and its output. */
	readonly input: string;
	readonly output: string;
}

export interface Attention {
	readonly block: number;
	readonly heads: number;
	/** Attention weights after softmax: [batch, heads, tokens, tokens]. */
	readonly weights: string;
	/** Which axis of `weights` is which; exporters may merge batch and heads into one. Windows are counted within an image. */
	readonly layout:
		| "batch,heads,query,key"
		| "batch*heads,query,key"
		| "batch*windows,heads,query,key"
		| "batch*windows*heads,query,key";
	/** How many windows the tokens are divided into; left out where every token attends to all. */
	readonly windows?: number;
	/**
	 * What each head takes from the values, before the output projection: weights times values, [batch, heads, tokens,
	 * width of a head], or with batch and heads as one axis; null where the graph holds it otherwise.
	 */
	readonly mixed: { readonly tensor: string; readonly headWidth: number } | null;
}

export interface ResidualAddition {
	readonly block: number;
	readonly kind: "attention" | "tokenMixing" | "mlp" | "unit";
	/** What is added to (identity or projection), what is added, and the sum: tensor names. */
	readonly stream: string;
	readonly branch: string;
	readonly sum: string;
	/** The stream passes a convolution (and norm) on its way. */
	readonly projected: boolean;
	/** The three are [batch, rows, columns, channels]; left out where channels come before rows, or there are no rows. */
	readonly channelsLast?: boolean;
}

export type LayerKind =
	| "patchEmbedding"
	| "positionEmbedding"
	| "norm"
	| "attention"
	| "head"
	| "tokenMixing"
	| "mlpHidden"
	| "mlp"
	| "convolution"
	| "output"
	| "projection";

/** A named place where a representation is read. */
export interface Layer {
	/** "blocks.3.attention", "blocks.0.norm1", "stem.conv", "norm": unique in the model. */
	readonly name: string;
	readonly kind: LayerKind;
	readonly tensor: string;
	/** null outside blocks */
	readonly block: number | null;
	/** Without the batch: [tokens, width], [channels, height, width] or, with channelsLast, [height, width, channels]. */
	readonly shape: readonly number[];
	readonly channelsLast?: boolean;
	/** Of a head's layer: which head of its block; then `tensor` holds all of the block's heads. */
	readonly head?: number;
}

/**
 * The heads of all blocks as layers, "blocks.3.heads.5": what a head takes from the values, before the output projection.
 * They are in no preset, but can be named.
 */
export function headLayers({ attentions, tokens }: Anatomy): readonly Layer[] {
	return attentions.flatMap(({ block, heads, mixed }) =>
		mixed === null || tokens === null
			? []
			: Array.from(
					{ length: heads },
					(_, head): Layer => ({
						name: `blocks.${block}.heads.${head}`,
						kind: "head",
						tensor: mixed.tensor,
						block,
						shape: [tokens.count, mixed.headWidth],
						head,
					}),
				),
	);
}

/** Every layer that can be named: those of the preset `all`, and the heads. */
export function namedLayers(anatomy: Anatomy): readonly Layer[] {
	return [...anatomy.layers, ...headLayers(anatomy)];
}

/** `all` is every listed tensor, `blocks` the block outputs only (PAPER 0.2). */
export type LayerPreset = "all" | "blocks";

export function layersOf(anatomy: Anatomy, preset: LayerPreset): readonly Layer[] {
	if (preset === "all") return anatomy.layers;
	const outputs = new Set(anatomy.blocks.map((block) => block.output));
	return anatomy.layers.filter((layer) => layer.kind === "output" && outputs.has(layer.tensor));
}
