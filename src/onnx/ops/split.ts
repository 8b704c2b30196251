/** One tensor into several along an axis: into given lengths, or into as many parts as there are outputs. */
import { pick, positions, stridesOf } from "../../tensor/strides.ts";
import { emitZeros } from "./constants.ts";
import type { Operator, Shape } from "./operator.ts";

export const split: Operator = {
	shapes: (call) => {
		const input = call.shape(0);
		const axis = call.axis(call.integer("axis", 0), input.length);
		const side = input[axis] as number;
		if (call.opset >= 13 && call.has(1) && call.integers(1) === null) return null;
		const given = call.opset >= 13 ? call.integers(1) : call.integerList("split");
		const lengths = given ?? evenParts(side, call.node.outputs.length);
		const sum = lengths.reduce((a, b) => a + b, 0);
		if (sum !== side) call.fail(`parts of ${lengths.join(", ")} are not the ${side} entries of axis ${axis}`);
		return lengths.map((length): Shape => input.with(axis, length));
	},
	evaluate: (call, shapes) => {
		const input = call.tensor(0);
		const axis = call.axis(call.integer("axis", 0), input.shape.length);
		const strides = stridesOf(input.shape);
		let start = 0;
		return shapes.map((shape) => {
			const part = pick(input, shape, positions(shape, strides, start * (strides[axis] as number)));
			start += shape[axis] as number;
			return part;
		});
	},
	gradient: ({ call, emit, seeds, upstream, outputShape }) => {
		const parts = call.node.outputs.map((_, i) => upstream(i) ?? emitZeros(emit, [seeds, ...outputShape(i)]));
		const axis = call.axis(call.integer("axis", 0), call.shape(0).length);
		return [emit.add("Concat", parts, { axis: axis + 1 })];
	},
};

/** Equal parts, the last one smaller where it does not divide. */
function evenParts(side: number, parts: number): number[] {
	const length = Math.ceil(side / parts);
	return Array.from({ length: parts }, (_, i) => Math.max(0, Math.min(length, side - i * length)));
}
