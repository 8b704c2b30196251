/**
 * Tokens: the patch embedding that makes them of an image, the grid they stand in, the class token before them
 * (Dosovitskiy et al. 2021, arXiv:2010.11929), and the positions added to them.
 */
import type { Node } from "../onnx/model.ts";
import type { TokenLayout } from "./anatomy.ts";
import { type ChannelAxes, vectorsOf } from "./axes.ts";
import type { Flow } from "./flow.ts";
import { isConvolution, isLinear, movesValues } from "./operators.ts";

export interface Tokens {
	readonly layout: TokenLayout;
	/** What leaves the patch embedding: [batch, patches, width] where the graph has it so, else [batch, width, rows, columns]. */
	readonly patchEmbedding: string;
	/** The tokens with their positions; null where the graph adds none. */
	readonly positionEmbedding: string | null;
}

/**
 * @param stream what enters the first encoder block: [batch, tokens, width], or [batch, rows, columns, width]
 * @param imageSize height and width in pixels
 * @param declared what the model's entry says of a class token, where it says so
 * @returns null and a remark where no patch embedding leads to the stream
 */
export function findTokens(
	flow: Flow,
	axes: ChannelAxes,
	stream: string,
	imageSize: readonly [height: number, width: number],
	declared: boolean | undefined,
): { found: Tokens | null; remarks: string[] } {
	const count = vectorsOf(flow, axes, stream);
	const embedding = flow.between(flow.source, stream).findLast((node) => isConvolution(node) || isLinear(flow, node));
	const embedded = embedding?.outputs[0] ?? "";
	const isMap = embedding !== undefined && isConvolution(embedding);
	const grid = isMap ? gridOfMap(flow.shape(embedded)) : gridOfRow(flow.shape(embedded), imageSize);
	const extra = grid === null ? -1 : count - grid[0] * grid[1];
	if (grid === null || extra < 0) {
		const shapes = `[${flow.shape(embedded).join(", ")}], then [${flow.shape(stream).join(", ")}]`;
		return {
			found: null,
			remarks: [`No patch embedding leads to the ${count} tokens of the first block (${shapes}).`],
		};
	}
	const positionEmbedding = findPositions(flow, embedded, stream);
	const layout = { grid, patchPx: imageSize[0] / grid[0], classToken: (declared ?? true) && extra > 0, count };
	const patchEmbedding = asTokens(flow, embedded, grid[0] * grid[1]);
	return { found: { layout, patchEmbedding, positionEmbedding }, remarks: doubts(flow, stream, layout, extra) };
}

/** @param extra tokens beside the patches */
function doubts(flow: Flow, stream: string, layout: TokenLayout, extra: number): string[] {
	const remarks: string[] = [];
	const patches = layout.count - extra;
	if (extra > 1)
		remarks.push(`${extra} tokens stand before the ${patches} patches; the first is taken as the class token.`);
	if (layout.classToken !== extra > 0) {
		const declared = layout.classToken ? "present" : "absent";
		remarks.push(
			`The class token is declared ${declared}, but there are ${layout.count} tokens for ${patches} patches.`,
		);
	}
	if (extra > 0 && !startsWithConstant(flow, stream)) {
		remarks.push("That the class token stands before the patches was not seen; it is taken as the first token.");
	}
	const sides = [layout.patchPx, layout.grid[0] * layout.patchPx];
	if (!sides.every(Number.isInteger))
		remarks.push(`The patches are ${layout.patchPx} px a side: they do not tile the image.`);
	return remarks;
}

/** The grid of a convolution's output [batch, width, rows, columns]. */
function gridOfMap(shape: readonly number[]): [number, number] | null {
	const [, , rows, columns] = shape;
	return rows === undefined || columns === undefined ? null : [rows, columns];
}

/** The grid of patches that were cut out and multiplied as rows, [batch, patches, width]: as the image is, so is the grid. */
function gridOfRow(shape: readonly number[], [height, width]: readonly [number, number]): [number, number] | null {
	const [, patches = 0] = shape;
	const rows = Math.sqrt((patches * height) / width);
	return Number.isInteger(rows) && rows > 0 ? [rows, patches / rows] : null;
}

/** Follows a map over nodes that only move values to where it is a row of tokens. */
function asTokens(flow: Flow, map: string, patches: number): string {
	let isTurned = false;
	for (let tensor: string | undefined = map; tensor !== undefined; ) {
		const shape = flow.shape(tensor);
		// As many channels as patches: then only the turning tells which axis is which.
		if (shape.length === 3 && shape[1] === patches && (shape[2] !== patches || isTurned)) return tensor;
		const next: ReturnType<Flow["onlyConsumer"]> = flow.onlyConsumer(tensor);
		tensor = next && (movesValues(next) || addsBias(flow, next)) ? next.outputs[0] : undefined;
		isTurned ||= next?.operator === "Transpose";
	}
	return map;
}

function addsBias(flow: Flow, node: Node): boolean {
	const table = node.inputs.find((input) => !flow.varies(input));
	return node.operator === "Add" && table !== undefined && flow.shape(table).filter((side) => side > 1).length === 1;
}

/** Whether the tokens come from a Concat that puts something that does not vary before the patches. */
function startsWithConstant(flow: Flow, stream: string): boolean {
	const joins = flow.between(flow.source, stream).filter((node) => node.operator === "Concat");
	return joins.some((node) => node.inputs[0] !== undefined && !flow.varies(node.inputs[0]));
}

/**
 * The sum of the tokens, or of the patches before the class token joins them, and a constant with a row for each: the
 * last on the way to the first block, as a bias has one row.
 */
function findPositions(flow: Flow, embedded: string, stream: string): string | null {
	const added = flow.spine(embedded, stream).findLast((tensor) => {
		const node = flow.producer(tensor);
		if (node?.operator !== "Add" && node?.operator !== "Sum") return false;
		const table = node.inputs.find((input) => !flow.varies(input));
		const sides = table === undefined ? [] : flow.shape(table).filter((side) => side > 1);
		return flow.operands(node).length === 1 && sides.length >= 2;
	});
	if (added === undefined) return null;
	// Positions may be added to the patches alone: then the layer is where all tokens have come together.
	const isWhole = flow.shape(added)[1] === flow.shape(stream)[1];
	return isWhole ? added : stream;
}
