/** Gradients of the centre cell of a layer with respect to the pixels, as one map an image. */

import { backward } from "../autodiff/backward.ts";
import { SightlineError } from "../errors.ts";
import { emitPadded } from "../onnx/ops/pad.ts";
import { elementCount } from "../tensor/tensor.ts";
import { fromFloat32s } from "../tensor/values.ts";
import type { Site } from "./metric.ts";
import { mapShape } from "./positions.ts";
import { centreCell, channelsOf, type Tap } from "./receptiveFieldTaps.ts";

/**
 * jacobian: mean over channels of the absolute gradient of each (Raghu et al. 2021). channelSum: absolute gradient of the
 * sum over channels, in which channels of opposite sign cancel. repLKNet: the positive part of the gradient of the sum
 * over channels of their positive parts (Ding et al. 2022, arXiv:2203.06717). All are summed over the colours.
 */
export type GradientVariant = "jacobian" | "channelSum" | "repLKNet";

/**
 * Adds the nodes from a layer back to the pixels, for all images at once and, of a Jacobian, for several channels.
 *
 * @param channels those that a Jacobian takes, in any order; the other variants take all
 * @returns the name of the maps [n, height, width], in units of the layer per unit of a normalised pixel
 */
export function centreGradients(site: Site, tap: Tap, variant: GradientVariant, channels: readonly number[]): string {
	const { emit } = site;
	const cell = centreOf(site, tap);
	if (variant === "channelSum") {
		const ones = emit.add("Add", [emit.add("Sub", [cell.tensor, cell.tensor]), emit.float(1)]);
		return colourSum(site, tap, cell, emit.unsqueeze(ones, [0]), 1, "Abs");
	}
	if (variant === "repLKNet") {
		const slope = emit.add("Cast", [emit.add("Greater", [cell.tensor, emit.float(0)])], { to: float32 });
		return colourSum(site, tap, cell, emit.unsqueeze(slope, [0]), 1, "Relu");
	}
	const atOnce = channelsAtOnce(site, tap);
	const sums = Array.from({ length: Math.ceil(channels.length / atOnce) }, (_, chunk) => {
		const some = channels.slice(chunk * atOnce, (chunk + 1) * atOnce);
		return colourSum(site, tap, cell, oneHot(site, cell, channelsOf(tap), some), some.length, "Abs");
	});
	return emit.add("Mul", [sums.reduce((a, b) => emit.add("Add", [a, b])), emit.float(1 / channels.length)]);
}

/** ONNX's number of the type. */
const float32 = 1;

/** The centre cell of a layer: [n, 1, width] of tokens, [n, width, 1, 1] or [n, 1, 1, width] of a map. */
interface Cell {
	readonly tensor: string;
	readonly shape: readonly number[];
	/** Cells before it and behind it, along each axis of the layer. */
	readonly before: readonly number[];
	readonly after: readonly number[];
}

function centreOf({ emit, batchSize }: Site, tap: Tap): Cell {
	const { tensor, shape, grid, channelsLast } = tap;
	const { row, column } = centreCell(grid);
	const [first = 0, second = 0] = shape;
	const isMap = shape.length === 3;
	const [channels, rows, columns] = mapShape(tap);
	// Where the cell lies along rows and columns, wherever these are.
	const inMap = ([down, across]: readonly [number, number]) =>
		channelsLast ? [0, down, across, 0] : [0, 0, down, across];
	// The patches' tokens stand last, behind a class token.
	const token = first - grid.rows * grid.columns + row * grid.columns + column;
	const before = isMap ? inMap([row, column]) : [0, token, 0];
	const after = isMap ? inMap([rows - row - 1, columns - column - 1]) : [0, first - token - 1, 0];
	const mapAxes = channelsLast ? [1, 2] : [2, 3];
	const axes = isMap ? mapAxes : [1];
	const mapCell = channelsLast ? [batchSize, 1, 1, channels] : [batchSize, channels, 1, 1];
	return {
		tensor: axes.reduce((cut, axis) => {
			const from = before[axis] ?? 0;
			return emit.slice(cut, axis, from, from + 1);
		}, tensor),
		shape: isMap ? mapCell : [batchSize, 1, second],
		before,
		after,
	};
}

/**
 * [channels, ...cell]: for each of the channels, a 1 in it. They hang on the layer's values, of which a difference of zero
 * is added: what follows from constants alone would be written out when the session is made, [channels, n, ...layer] of
 * nearly nothing but zeros, and be kept.
 */
function oneHot({ emit }: Site, { tensor, shape }: Cell, width: number, channels: readonly number[]): string {
	const ones = new Float32Array(channels.length * width);
	for (const [seed, channel] of channels.entries()) ones[seed * width + channel] = 1;
	const constant = emit.constant(fromFloat32s([channels.length, ...shape.with(0, 1)], ones));
	return emit.add("Add", [constant, emit.add("Sub", [tensor, tensor])]);
}

/**
 * From gradients at the centre cell [seeds, ...cell] back to the pixels: their absolute values, or positive parts, summed
 * over seeds and colours, [n, height, width].
 */
function colourSum(site: Site, tap: Tap, cell: Cell, seed: string, seeds: number, of: "Abs" | "Relu"): string {
	const { model, emit, constants, shape, anatomy, batchSize } = site;
	const gradient = emitPadded(emit, seed, [seeds, ...cell.shape], [0, ...cell.before], [0, ...cell.after]);
	const { tensor: pixels, height, width } = anatomy.input;
	const from = { tensor: tap.tensor, gradient };
	const found = backward({ model, emit, constants, shape, seeds, from, to: pixels });
	if (found === null) {
		throw new SightlineError("BAD_INPUT", `no gradient flows from ${tap.name} to ${pixels}`, {
			hint: "Every way between them leads through an operator such as rounding or comparing, or through constants.",
		});
	}
	// One axis after the other: ONNX Runtime is slow where it sums over two that are apart.
	const sum = emit.reduce("ReduceSum", emit.add(of, [found]), [0], false);
	return emit.reshape(emit.reduce("ReduceSum", sum, [1], false), [batchSize, height, width]);
}

/** So many that the gradients of the layer or the pixels take 64 MB at most; those of an MLP's hidden layer take four times that. */
function channelsAtOnce({ anatomy, batchSize }: Site, { shape }: Tap): number {
	const { channels, height, width } = anatomy.input;
	const largest = batchSize * Math.max(elementCount(shape), channels * height * width);
	return Math.max(1, Math.min(32, Math.floor(2 ** 24 / largest)));
}
