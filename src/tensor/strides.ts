/** Where elements lie: every operator that only moves elements is a list of source positions. */
import { SightlineError } from "../errors.ts";
import { byteCount, elementSizes, type Tensor } from "./tensor.ts";

/** How many elements to step for each axis of a row-major tensor: [2, 3, 4] has [12, 4, 1]. */
export function stridesOf(shape: readonly number[]): number[] {
	const strides = new Array<number>(shape.length);
	let stride = 1;
	for (let axis = shape.length - 1; axis >= 0; axis--) {
		strides[axis] = stride;
		stride *= shape[axis] as number;
	}
	return strides;
}

/** For each index of `shape`, in row-major order: first + index · strides. */
export function positions(shape: readonly number[], strides: readonly number[], first = 0): number[] {
	return shape.reduce(
		(found, side, axis) =>
			found.flatMap((start) => Array.from({ length: side }, (_, i) => start + i * (strides[axis] as number))),
		[first],
	);
}

/** The tensor of the given shape whose element i is the source's element at `from[i]`. */
export function pick(source: Tensor, shape: readonly number[], from: readonly number[]): Tensor {
	const size = elementSizes[source.type];
	if (size < 1) throw new SightlineError("BAD_INPUT", `elements of ${source.type} share bytes and cannot be moved`);
	const bytes = new Uint8Array(byteCount(source.type, shape));
	from.forEach((position, i) => {
		const start = position * size;
		for (let byte = 0; byte < size; byte++) bytes[i * size + byte] = source.bytes[start + byte] as number;
	});
	return { type: source.type, shape, bytes };
}
