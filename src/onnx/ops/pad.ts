/** Entries added at both ends of axes (taken away, where negative): one number, or entries of the tensor itself. */
import { pick, stridesOf } from "../../tensor/strides.ts";
import { elementCount, type Tensor } from "../../tensor/tensor.ts";
import { fromValues } from "../../tensor/values.ts";
import type { Emitter } from "../emitter.ts";
import { emitAlongAxis, selection } from "./axisMap.ts";
import { joined } from "./concat.ts";
import { type Call, expectCovered, type Operator, type Shape } from "./operator.ts";

export const pad: Operator = {
	shapes: (call) => {
		const pads = padsOf(call);
		return pads && [call.shape(0).map((side, axis) => side + (pads.before[axis] ?? 0) + (pads.after[axis] ?? 0))];
	},
	evaluate: (call, [shape = []]) => {
		const input = call.tensor(0);
		const sources = sourcesOf(call, shape);
		if (sources === null) return null;
		const strides = stridesOf(input.shape);
		const beyond = elementCount(input.shape);
		const places = sources.reduce<number[]>(
			(found, entries, axis) =>
				found.flatMap((start) =>
					entries.map((entry) => (entry < 0 || start === beyond ? beyond : start + entry * (strides[axis] as number))),
				),
			[0],
		);
		return [pick(withFilling(call, input), shape, places)];
	},
	gradient: (site) => {
		const { call, emit, seeds, upstream, outputShape } = site;
		expectCovered(site, [0]);
		const gradient = upstream(0);
		const pads = padsOf(call);
		if (gradient === null || pads === null) return [];
		const stretched = [seeds, ...outputShape(0)];
		if (call.text("mode", "constant") === "constant") {
			const [before, after] = [pads.before, pads.after].map((each) => [0, ...each.map((count) => -count)]);
			return [emitPadded(emit, gradient, stretched, before ?? [], after ?? [])];
		}
		// An entry that was mirrored gets the sum of what its images get.
		return [
			call.shape(0).reduce(
				({ tensor, shape }, side, axis) => {
					const entries = sourcesOf(call, outputShape(0))?.[axis] ?? [];
					if (entries.length === side && entries.every((entry, i) => entry === i)) return { tensor, shape };
					const matrix = selection(entries, side, "transposed");
					return { tensor: emitAlongAxis(emit, tensor, shape, axis + 1, matrix), shape: shape.with(axis + 1, side) };
				},
				{ tensor: gradient, shape: stretched as Shape },
			).tensor,
		];
	},
};

/** Adds the nodes that put zeros at both ends of axes, or take entries away where the number is negative. */
export function emitPadded(
	emit: Emitter,
	tensor: string,
	shape: Shape,
	before: readonly number[],
	after: readonly number[],
): string {
	const cut = shape.reduce((name, side, axis) => {
		const [start, end] = [Math.max(0, -(before[axis] ?? 0)), side - Math.max(0, -(after[axis] ?? 0))];
		return start === 0 && end === side ? name : emit.slice(name, axis, start, end);
	}, tensor);
	const pads = [...before, ...after].map((count) => Math.max(0, count));
	if (pads.every((count) => count === 0)) return cut;
	return emit.opset < 11 ? emit.add("Pad", [cut], { pads }) : emit.add("Pad", [cut, emit.ints(pads)]);
}

interface Pads {
	/** By axis. */
	readonly before: readonly number[];
	readonly after: readonly number[];
}

/** An attribute before opset 11; from 18 on for some axes only. null if they are not constant. */
function padsOf(call: Call): Pads | null {
	const input = call.shape(0);
	const pads = call.opset < 11 ? call.integerList("pads") : call.integers(1);
	const chosen = call.integers(3);
	if (pads === null || (call.has(3) && chosen === null)) return null;
	const axes = chosen?.map((axis) => call.axis(axis, input.length)) ?? input.map((_, axis) => axis);
	if (pads.length !== 2 * axes.length) call.fail(`${pads.length} paddings for ${axes.length} axes`);
	const at = (axis: number, offset: number): number => {
		const i = axes.indexOf(axis);
		return i < 0 ? 0 : (pads[i + offset] ?? 0);
	};
	return { before: input.map((_, axis) => at(axis, 0)), after: input.map((_, axis) => at(axis, axes.length)) };
}

/** For each entry of each axis of the output, the entry of the input that stands there; -1 for the filling. */
function sourcesOf(call: Call, output: Shape): readonly (readonly number[])[] | null {
	const pads = padsOf(call);
	if (pads === null) return null;
	const mode = call.text("mode", "constant");
	const sourceIn: Readonly<Record<string, (entry: number, side: number) => number>> = {
		constant: (entry, side) => (entry < side ? entry : -1),
		edge: (entry, side) => Math.min(side - 1, Math.max(0, entry)),
		wrap: (entry, side) => modulo(entry, side),
		// There and back again, without the ends twice.
		reflect: (entry, side) => side - 1 - Math.abs(modulo(entry, Math.max(1, 2 * side - 2)) - (side - 1)),
	};
	const source = sourceIn[mode] ?? call.fail(`mode ${mode} is not known; ${Object.keys(sourceIn).join(", ")} are`);
	return call
		.shape(0)
		.map((side, axis) =>
			Array.from({ length: output[axis] as number }, (_, i) => source(i - (pads.before[axis] as number), side)),
		);
}

/** The elements, and behind them the one that fills. */
function withFilling(call: Call, input: Tensor): Tensor {
	return joined(input, call.constant(2) ?? fromValues(input.type, [], [call.number("value", 0)]));
}

function modulo(a: number, b: number): number {
	return ((a % b) + b) % b;
}
