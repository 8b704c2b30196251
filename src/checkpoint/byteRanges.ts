/**
 * Bytes that are read by ranges, so that a file larger than memory likes is never held whole: whoever knows files gives
 * them as this; bytes in memory are ranges that cost nothing.
 */
import type { ElementType, Tensor } from "../tensor/tensor.ts";

export interface ByteRanges {
	readonly size: number;
	/** The bytes from `begin` up to `end`, within the size; a view where they are in memory, else read anew each time. */
	read(begin: number, end: number): Uint8Array;
}

export function rangesOf(bytes: Uint8Array): ByteRanges {
	return { size: bytes.length, read: (begin, end) => bytes.subarray(begin, end) };
}

/** A tensor whose bytes are made, or read, each time they are asked for, and not kept. */
export function lazily(type: ElementType, shape: readonly number[], read: () => Uint8Array): Tensor {
	return {
		type,
		shape,
		get bytes() {
			return read();
		},
	};
}

/** One of which a part can be read without the others. */
export interface StoredTensor extends Tensor {
	part(begin: number, end: number): Uint8Array;
}

export function storedTensor(
	type: ElementType,
	shape: readonly number[],
	{ read, part }: { readonly read: () => Uint8Array; readonly part: StoredTensor["part"] },
): StoredTensor {
	return {
		type,
		shape,
		get bytes() {
			return read();
		},
		part,
	};
}

/** Some of a tensor's bytes; of a stored one, no others are read. */
export function bytesBetween(tensor: Tensor, begin: number, end: number): Uint8Array {
	return isStored(tensor) ? tensor.part(begin, end) : tensor.bytes.subarray(begin, end);
}

/** Whether a part of it can be read without the others. */
export function isStored(tensor: Tensor): tensor is StoredTensor {
	return "part" in tensor;
}
