/** An anatomy as the flat JSON that `sightline inspect --json` prints. */
import { type Anatomy, type LayerPreset, layersOf } from "./anatomy.ts";

/** null stands where a family has no such thing: a CNN has no heads, token grid or class token. */
export interface AnatomySummary {
	readonly family: Anatomy["family"];
	/** Sides of the image in pixels. */
	readonly input: { readonly channels: number; readonly height: number; readonly width: number };
	readonly classes: number;
	readonly blocks: number;
	/** How many layers each preset has. */
	readonly layers: Readonly<Record<LayerPreset, number>>;
	readonly attentions: number;
	/** null where there are none, or not the same number in all blocks. */
	readonly headsPerAttention: number | null;
	readonly residualAdditions: number;
	readonly tokenGrid: readonly [rows: number, columns: number] | null;
	readonly classToken: boolean | null;
	readonly patchPx: number | null;
	/** Units of each stage; null for a ViT. */
	readonly unitsPerStage: readonly number[] | null;
	readonly pooling: Anatomy["pooling"];
	readonly parameters: number;
	readonly layerNames: Readonly<Record<LayerPreset, readonly string[]>>;
	readonly remarks: readonly string[];
}

export function summarize(anatomy: Anatomy): AnatomySummary {
	const { family, blocks, attentions, tokens } = anatomy;
	const { channels, height, width } = anatomy.input;
	const names = (preset: LayerPreset) => layersOf(anatomy, preset).map(({ name }) => name);
	const layerNames = { all: names("all"), blocks: names("blocks") };
	const heads = new Set(attentions.map((attention) => attention.heads));
	return {
		family,
		input: { channels, height, width },
		classes: anatomy.output.classes,
		blocks: blocks.length,
		layers: { all: layerNames.all.length, blocks: layerNames.blocks.length },
		attentions: attentions.length,
		headsPerAttention: heads.size === 1 ? ([...heads][0] ?? null) : null,
		residualAdditions: anatomy.residuals.length,
		tokenGrid: tokens?.grid ?? null,
		classToken: tokens?.classToken ?? null,
		patchPx: tokens?.patchPx ?? null,
		unitsPerStage: family === "cnn" ? unitsPerStage(anatomy) : null,
		pooling: anatomy.pooling,
		parameters: anatomy.parameters,
		layerNames,
		remarks: anatomy.remarks,
	};
}

/** [3, 4, 6, 3] for ResNet-50. */
export function unitsPerStage({ blocks }: Anatomy): number[] {
	const counts: number[] = [];
	for (const { stage } of blocks) counts[stage ?? 0] = (counts[stage ?? 0] ?? 0) + 1;
	return counts;
}
