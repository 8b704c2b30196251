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
	// Nothing, however long the other sides are.
	if (shape.includes(0)) return [];
	let found = [first];
	for (const [axis, side] of shape.entries()) {
		const stride = strides[axis] as number;
		const next = new Array<number>(found.length * side);
		for (let i = 0; i < next.length; i++) next[i] = (found[Math.floor(i / side)] as number) + (i % side) * stride;
		found = next;
	}
	return found;
}

/** The tensor of the given shape whose element i is the source's element at `from[i]`. */
export function pick(source: Tensor, shape: readonly number[], from: readonly number[]): Tensor {
	const { result, given, moved, width } = wordsOf(source, shape);
	for (let i = 0; i < from.length; i++) {
		const start = (from[i] as number) * width;
		for (let word = 0; word < width; word++) moved[i * width + word] = given[start + word] as number;
	}
	return { type: source.type, shape, bytes: result };
}

/**
 * The elements of a tensor as given next to a result of so many to move them to, both as words as wide as elements of all
 * types are (byte by byte took ten times as long): `width` words make an element.
 *
 * @throws SightlineError BAD_INPUT where elements share bytes
 */
export function wordsOf({ type, bytes }: Tensor, shape: readonly number[]) {
	const size = elementSizes[type];
	if (size < 1) throw new SightlineError("BAD_INPUT", `elements of ${type} share bytes and cannot be moved`);
	const result = new Uint8Array(byteCount(type, shape));
	const Words: WordArray = size === 1 ? Uint8Array : size === 2 ? Uint16Array : Uint32Array;
	const aligned = bytes.byteOffset % Words.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes);
	return {
		result,
		given: new Words(aligned.buffer, aligned.byteOffset, aligned.byteLength / Words.BYTES_PER_ELEMENT),
		moved: new Words(result.buffer),
		width: size / Words.BYTES_PER_ELEMENT,
	};
}

interface WordArray {
	new (buffer: ArrayBufferLike, byteOffset?: number, length?: number): Uint8Array | Uint16Array | Uint32Array;
	readonly BYTES_PER_ELEMENT: number;
}
