/** Operators that make tensors from attributes, shapes or bounds. */

import { pick } from "../../tensor/strides.ts";
import { elementCount } from "../../tensor/tensor.ts";
import { fromFloat32s, fromInt64s, fromValues, int64s, int64Vector, isInteger, numbers } from "../../tensor/values.ts";
import type { Emitter } from "../emitter.ts";
import { elementTypeNumbers, elementTypeOf } from "../proto.ts";
import { constantOf } from "../view.ts";
import type { Call, Operator, Shape } from "./operator.ts";

export const constant: Operator = {
	shapes: (call) => {
		const value = constantOf(call.node);
		return value && [value.shape];
	},
	evaluate: (call) => {
		const value = constantOf(call.node);
		return value && [value];
	},
	gradient: "none",
	reads: "bytes",
};

/** One value in the shape that the input says; a float32 zero if none is given. */
export const constantOfShape: Operator = {
	shapes: (call) => {
		const shape = call.integers(0);
		return shape && [shape];
	},
	evaluate: (call, [shape = []]) => {
		const attribute = call.node.attributes.get("value");
		const value = attribute?.kind === "tensor" ? attribute.value : fromFloat32s([1], [0]);
		return [pick(value, shape, new Array<number>(elementCount(shape)).fill(0))];
	},
	gradient: "none",
};

/** Adds a tensor of zeros: a gradient where nothing flows. */
export function emitZeros(emit: Emitter, shape: Shape): string {
	return emit.add("ConstantOfShape", [emit.ints(shape)]);
}

/** start, start + step, ... up to the limit, which is left out. */
export const range: Operator = {
	shapes: (call) => {
		const bounds = [0, 1, 2].map((i) => call.constant(i));
		const [start = 0, limit = 0, step = 0] = bounds.flatMap((bound) => (bound === null ? [] : [...numbers(bound)]));
		if (bounds.includes(null)) return null;
		if (step === 0) call.fail("a step of 0");
		return [[Math.max(0, Math.ceil((limit - start) / step))]];
	},
	evaluate: (call, [shape = []]) => {
		const [start, step] = [call.tensor(0), call.tensor(2)];
		const indices = Array.from({ length: elementCount(shape) }, (_, i) => i);
		if (isInteger(start.type)) {
			const [first = 0n, by = 0n] = [...int64s(start), ...int64s(step)];
			return [
				fromValues(
					start.type,
					shape,
					indices.map((i) => first + BigInt(i) * by),
				),
			];
		}
		const [first = 0, by = 0] = [...numbers(start), ...numbers(step)];
		return [
			fromValues(
				start.type,
				shape,
				indices.map((i) => first + i * by),
			),
		];
	},
	gradient: "none",
};

/** The shape of a tensor whose values nobody needs to know; from opset 15 on a part of it. */
export const shapeOf: Operator = {
	shapes: (call) => [[sidesOf(call).length]],
	evaluate: (call) => [int64Vector(sidesOf(call))],
	gradient: "none",
	reads: "shapes",
};

export const size: Operator = {
	shapes: () => [[]],
	evaluate: (call) => [fromInt64s([], [BigInt(elementCount(call.shape(0)))])],
	gradient: "none",
	reads: "shapes",
};

/** Ones on a diagonal of zeros, in the shape of a matrix whose values nobody needs to know. */
export const eyeLike: Operator = {
	shapes: (call) => [call.shape(0)],
	evaluate: (call, [shape = []]) => {
		const type = elementTypeOf(call.integer("dtype", elementTypeNumbers[call.tensor(0).type]));
		const [diagonal, columns] = [call.integer("k", 0), shape[1] ?? 1];
		const isOn = (i: number): boolean => (i % columns) - Math.floor(i / columns) === diagonal;
		return (
			type && [
				fromValues(
					type,
					shape,
					Array.from({ length: elementCount(shape) }, (_, i) => Number(isOn(i))),
				),
			]
		);
	},
	gradient: "none",
};

function sidesOf(call: Call): readonly number[] {
	const shape = call.shape(0);
	return shape.slice(call.integer("start", 0), call.integer("end", shape.length));
}
