/** Tensors one after the other along an axis. */
import { byteCount, elementCount, type Tensor } from "../../tensor/tensor.ts";
import type { Operator } from "./operator.ts";

export const concat: Operator = {
	shapes: (call) => {
		const [first = call.fail("nothing to concatenate"), ...others] = call.shapes;
		const axis = call.axis(call.integer("axis", 1), first.length);
		for (const other of others) {
			const fits = other.length === first.length && other.every((side, i) => i === axis || side === first[i]);
			if (!fits) call.fail(`the sides besides axis ${axis} differ`);
		}
		const length = call.shapes.reduce((sum, shape) => sum + (shape[axis] as number), 0);
		return [first.with(axis, length)];
	},
	evaluate: (call, [shape = []]) => {
		const axis = call.axis(call.integer("axis", 1), shape.length);
		const [first, ...others] = call.tensors;
		if (first === undefined || others.some(({ type }) => type !== first.type)) return null;
		const bytes = new Uint8Array(byteCount(first.type, shape));
		let offset = 0;
		// What lies within one index of the axes before stays together.
		for (let before = 0; before < elementCount(shape.slice(0, axis)); before++) {
			for (const tensor of call.tensors) {
				const length = byteCount(tensor.type, tensor.shape.slice(axis));
				bytes.set(tensor.bytes.subarray(before * length, (before + 1) * length), offset);
				offset += length;
			}
		}
		return [{ type: first.type, shape, bytes }];
	},
	gradient: ({ call, emit, upstream, needs }) => {
		const gradient = upstream(0);
		if (gradient === null) return [];
		const axis = call.axis(call.integer("axis", 1), call.shape(0).length);
		let end = 0;
		return call.node.inputs.map((_, i) => {
			const start = end;
			end += call.shape(i)[axis] as number;
			return needs(i) ? emit.slice(gradient, axis + 1, start, end) : null;
		});
	},
};

/** The elements of one tensor and then those of another, as one vector. */
export function joined(first: Tensor, second: Tensor): Tensor {
	const bytes = new Uint8Array(first.bytes.length + second.bytes.length);
	bytes.set(first.bytes);
	bytes.set(second.bytes, first.bytes.length);
	return { type: first.type, shape: [elementCount(first.shape) + elementCount(second.shape)], bytes };
}
