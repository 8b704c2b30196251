/** An anatomy in the order of the forward pass, blocks that are alike taken together: what a reader is shown. */
import type { Anatomy, Block, Layer, ResidualAddition } from "./anatomy.ts";

/** Blocks in a row that have the same parts. */
export interface Run {
	readonly blocks: readonly [Block, ...Block[]];
	/** Of the first block. */
	readonly layers: readonly Layer[];
	/** Of each attention; null where there is none whose weights the graph holds. */
	readonly heads: number | null;
	/** Windows that the first block's tokens are divided into; null where every token attends to all. */
	readonly windows: number | null;
	/** Of the first block. */
	readonly additions: readonly ResidualAddition[];
	/** Of the first block's output and of the last's; empty where that is not listed. */
	readonly shapes: readonly [first: readonly number[], last: readonly number[]];
}

/** Layers outside blocks, and runs of blocks between them. */
export type Section = { readonly layer: Layer } | { readonly run: Run };

export function sectionsOf(anatomy: Anatomy): readonly Section[] {
	const parts = anatomy.blocks.map((block) => partsOf(anatomy, block));
	const sections: Section[] = [];
	for (const layer of anatomy.layers) {
		const own = layer.block === null ? undefined : parts[layer.block];
		if (own === undefined) {
			sections.push({ layer });
			continue;
		}
		const last = sections.at(-1);
		if (last !== undefined && "run" in last) {
			const { run } = last;
			if (run.blocks.at(-1) === own.block) continue;
			if (alike(parts[run.blocks[0].index], own)) {
				const shapes = [run.shapes[0], own.shape] as const;
				sections[sections.length - 1] = { run: { ...run, blocks: [...run.blocks, own.block], shapes } };
				continue;
			}
		}
		const { block, layers, heads, windows, additions, shape } = own;
		sections.push({ run: { blocks: [block], layers, heads, windows, additions, shapes: [shape, shape] } });
	}
	return sections;
}

/** The name of a layer's part without its block: "norm1". */
export function partName({ name }: Layer): string {
	return name.slice(name.lastIndexOf(".") + 1);
}

/** "blocks.4", or "blocks.4-7" of several. */
export function runName({ blocks }: Run): string {
	const [first] = blocks;
	return blocks.length === 1 ? `blocks.${first.index}` : `blocks.${first.index}-${first.index + blocks.length - 1}`;
}

type Parts = ReturnType<typeof partsOf>;

function partsOf({ layers, attentions, residuals }: Anatomy, block: Block) {
	const own = layers.filter((layer) => layer.block === block.index);
	const attention = attentions.find((each) => each.block === block.index);
	return {
		block,
		layers: own,
		heads: attention?.heads ?? null,
		windows: attention?.windows ?? null,
		additions: residuals.filter((each) => each.block === block.index),
		shape: own.find(({ kind }) => kind === "output")?.shape ?? [],
	};
}

/** Dense layers grow from one to the next; other blocks that are alike have the same shape. */
function alike(a: Parts | undefined, b: Parts): boolean {
	const words = ({ block, layers, heads, windows, additions, shape }: Parts) =>
		JSON.stringify([
			block.kind,
			block.stage,
			layers.map(partName),
			heads,
			windows,
			additions.map(({ kind, projected }) => [kind, projected]),
			block.kind === "dense" ? null : shape,
		]);
	return a !== undefined && words(a) === words(b);
}
