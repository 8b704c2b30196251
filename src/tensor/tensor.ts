/** A tensor as it stands in a file: an element type, a shape, and the elements' bytes, little-endian, row-major. */
export const elementSizes = {
	float32: 4,
	float64: 8,
	float16: 2,
	bfloat16: 2,
	int8: 1,
	int16: 2,
	int32: 4,
	int64: 8,
	uint8: 1,
	uint16: 2,
	uint32: 4,
	uint64: 8,
	bool: 1,
	complex64: 8,
	complex128: 16,
	float8e4m3fn: 1,
	float8e4m3fnuz: 1,
	float8e5m2: 1,
	float8e5m2fnuz: 1,
	float8e8m0: 1,
	// Two or four elements share a byte, the first in the low bits.
	int4: 0.5,
	uint4: 0.5,
	float4e2m1: 0.5,
	int2: 0.25,
	uint2: 0.25,
} as const;
export type ElementType = keyof typeof elementSizes;

export interface Tensor {
	readonly type: ElementType;
	readonly shape: readonly number[];
	/**
	 * byteCount(type, shape) bytes; may be a view of a file's bytes at any alignment. A tensor of a checkpoint may make or
	 * read them each time they are asked for: who needs them twice keeps them.
	 */
	readonly bytes: Uint8Array;
}

/** The product of a shape's sides; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
	return shape.reduce((product, side) => product * side, 1);
}

/** The bytes that a tensor of this type and shape takes. */
export function byteCount(type: ElementType, shape: readonly number[]): number {
	return Math.ceil(elementCount(shape) * elementSizes[type]);
}
