/**
 * Tokens: the patch embedding that makes them of an image, the grid they stand in, the class token before them
 * (Dosovitskiy et al. 2021, arXiv:2010.11929), and the positions added to them.
 */
import type { Node } from "../onnx/model.ts";
import type { Finding, TokenLayout } from "./anatomy.ts";
import { type ChannelAxes, vectorsOf } from "./axes.ts";
import type { Flow } from "./flow.ts";
import { contradiction, declaredGrid, gridFinding, gridOfMap, gridOfRow, type TokenOverrides } from "./grid.ts";
import { isConvolution, isLinear, movesValues } from "./operators.ts";

export interface Tokens {
	readonly layout: TokenLayout;
	/** What leaves the patch embedding: [batch, patches, width] where the graph has it so, else [batch, width, rows, columns]. */
	readonly patchEmbedding: string | null;
	/** The tokens with their positions; null where the graph adds none. */
	readonly positionEmbedding: string | null;
	/** Something that does not vary is put before the patches. */
	readonly startsWithConstant: boolean;
}

export interface FoundTokens {
	readonly found: Tokens | null;
	readonly findings: readonly Finding[];
	readonly remarks: readonly string[];
}

/**
 * @param stream what enters the first encoder block: [batch, tokens, width], or [batch, rows, columns, width]
 * @param imageSize height and width in pixels
 * @returns null and a remark where no patch embedding leads to the stream
 * @throws SightlineError BAD_INPUT: the entry declares what the number of tokens contradicts
 */
export function findTokens(
	flow: Flow,
	axes: ChannelAxes,
	stream: string,
	imageSize: readonly [height: number, width: number],
	declared: TokenOverrides,
): FoundTokens {
	const count = vectorsOf(flow, axes, stream);
	const embedding = flow.between(flow.source, stream).findLast((node) => isConvolution(node) || isLinear(flow, node));
	const embedded = embedding?.outputs[0] ?? "";
	const isMap = embedding !== undefined && isConvolution(embedding);
	const seen = isMap ? gridOfMap(flow.shape(embedded)) : gridOfRow(flow.shape(embedded)[1] ?? 0, imageSize);
	const grid = declaredGrid(declared, count, imageSize) ?? seen;
	const extra = grid === null ? -1 : count - grid[0] * grid[1];
	if (grid === null || extra < 0) {
		const shapes = `[${flow.shape(embedded).join(", ")}], then [${flow.shape(stream).join(", ")}]`;
		const remark = `No patch embedding leads to the ${count} tokens of the first block (${shapes}).`;
		return { found: null, findings: [], remarks: [remark] };
	}
	if (declared.classToken && extra === 0)
		throw contradiction("classToken is true", `all ${count} tokens are those of ${grid.join(" x ")} patches`);
	const layout = {
		grid,
		patchPx: imageSize[0] / grid[0],
		classToken: (declared.classToken ?? true) && extra > 0,
		count,
	};
	const isSeen = seen !== null && seen.join() === grid.join();
	const found = {
		layout,
		patchEmbedding: isSeen ? asTokens(flow, embedded, grid[0] * grid[1]) : null,
		positionEmbedding: findPositions(flow, embedded, stream),
		startsWithConstant: startsWithConstant(flow, stream),
	};
	return { found, findings: [gridFinding(declared, isMap, grid)], remarks: doubts(found, extra) };
}

/** @param extra tokens beside the patches */
function doubts({ layout, startsWithConstant: isConstant }: Tokens, extra: number): string[] {
	const remarks: string[] = [];
	const patches = layout.count - extra;
	if (extra > 1)
		remarks.push(`${extra} tokens stand before the ${patches} patches; the first is taken as the class token.`);
	if (layout.classToken !== extra > 0)
		remarks.push(`The class token is declared absent, but there are ${layout.count} tokens for ${patches} patches.`);
	if (extra > 0 && !isConstant)
		remarks.push("That the class token stands before the patches was not seen; it is taken as the first token.");
	const sides = [layout.patchPx, layout.grid[0] * layout.patchPx];
	if (!sides.every(Number.isInteger))
		remarks.push(`The patches are ${layout.patchPx} px a side: they do not tile the image.`);
	return remarks;
}

/** Follows a map over its bias and nodes that only move values to where it is a row of tokens. */
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
