/** Linear maps along one axis: what selects, repeats or interpolates entries is a matrix, and its gradient the transposed one. */
import { SightlineError } from "../../errors.ts";
import { elementCount } from "../../tensor/tensor.ts";
import { fromFloat32s } from "../../tensor/values.ts";
import type { Emitter } from "../emitter.ts";
import type { Shape } from "./operator.ts";

/** Row by row: an entry of the result is a row times the entries there were. */
export type AxisMatrix = readonly (readonly number[])[];

/** Of a matrix: from 4096 entries to as many. */
export const mostWeights = 2 ** 24;

/** The matrix that selects `entries` out of `side` (-1 selects nothing), or its transpose, which adds them up again. */
export function selection(entries: readonly number[], side: number, as: "selection" | "transposed"): AxisMatrix {
	if (!(entries.length * side <= mostWeights)) {
		const message = `${entries.length} of ${side} entries make a matrix of more than ${mostWeights} weights`;
		throw new SightlineError("BAD_INPUT", message);
	}
	const rows = entries.map((entry) => Array.from({ length: side }, (_, i) => (i === entry ? 1 : 0)));
	return as === "selection" ? rows : transposedMatrix(rows, side);
}

export function transposedMatrix(rows: AxisMatrix, columns: number): AxisMatrix {
	return Array.from({ length: columns }, (_, column) => rows.map((row) => row[column] ?? 0));
}

/** The product of a matrix with each line of a tensor along an axis. */
export function alongAxis(values: Float64Array, shape: Shape, axis: number, matrix: AxisMatrix): Float64Array {
	const from = shape[axis] ?? 1;
	const inner = elementCount(shape.slice(axis + 1));
	const result = new Float64Array((values.length / from) * matrix.length);
	for (let i = 0; i < result.length; i++) {
		const line = Math.floor(i / inner / matrix.length) * from * inner + (i % inner);
		const row = matrix[Math.floor(i / inner) % matrix.length] as readonly number[];
		// A weight of 0 is passed over: it selects nothing, not even what is no number.
		result[i] = row.reduce(
			(sum, weight, k) => (weight === 0 ? sum : sum + weight * (values[line + k * inner] as number)),
			0,
		);
	}
	return result;
}

/** Adds the product of a matrix with each line of a tensor along an axis. */
export function emitAlongAxis(emit: Emitter, tensor: string, shape: Shape, axis: number, matrix: AxisMatrix): string {
	const [from, to] = [shape[axis] ?? 1, matrix.length];
	const inner = elementCount(shape.slice(axis + 1));
	// As few products as possible: with nothing behind the axis, all lines are rows of a single one.
	const isLast = inner === 1;
	const rows = isLast ? transposedMatrix(matrix, from) : matrix;
	const constant = emit.constant(fromFloat32s(isLast ? [from, to] : [to, from], rows.flat()));
	const lines = emit.reshape(tensor, isLast ? [-1, from] : [-1, from, inner]);
	return emit.reshape(emit.add("MatMul", isLast ? [lines, constant] : [constant, lines]), shape.with(axis, to));
}
