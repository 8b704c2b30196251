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
	/** Blocks of each stage; null for a ViT whose blocks are all alike. */
	readonly unitsPerStage: readonly number[] | null;
	readonly pooling: Anatomy["pooling"];
	readonly parameters: number;
	readonly layerNames: Readonly<Record<LayerPreset, readonly string[]>>;
	readonly findings: Anatomy["findings"];
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
		unitsPerStage: stages(anatomy),
		pooling: anatomy.pooling,
		parameters: anatomy.parameters,
		layerNames,
		findings: anatomy.findings,
		remarks: anatomy.remarks,
	};
}

/** [3, 4, 6, 3] for ResNet-50; null where blocks are in no stages. */
export function stages({ blocks }: Anatomy): readonly number[] | null {
	const counts: number[] = [];
	for (const { stage } of blocks) if (stage !== null) counts[stage] = (counts[stage] ?? 0) + 1;
	return counts.length === 0 ? null : counts;
}
