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
} as const;
export type ElementType = keyof typeof elementSizes;

export interface Tensor {
	readonly type: ElementType;
	readonly shape: readonly number[];
	/** elementCount(shape) * elementSizes[type] bytes; may be a view of a file's bytes at any alignment. */
	readonly bytes: Uint8Array;
}

/** The product of a shape's sides; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
	return shape.reduce((product, side) => product * side, 1);
}
