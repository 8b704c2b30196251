/** Tensors whose bytes stay in a file until they are asked for, and lie there just as they are. */
import type { ElementType, Tensor } from "./tensor.ts";

/** Where a tensor's bytes begin: in a file by its name within a folder, as ONNX says it. */
export interface FilePlace {
	readonly folder: string;
	readonly location: string;
	readonly offset: number;
}

export interface FiledTensor extends Tensor {
	readonly place: FilePlace;
}

/** @param read reads the bytes, each time they are asked for */
export function filedTensor(
	type: ElementType,
	shape: readonly number[],
	place: FilePlace,
	read: () => Uint8Array,
): FiledTensor {
	return {
		type,
		shape,
		place,
		get bytes() {
			return read();
		},
	};
}

export function isFiled(tensor: Tensor): tensor is FiledTensor {
	return "place" in tensor;
}

/** The same bytes under another shape of as many elements; what lies in a file is not read for it. */
export function reshaped(tensor: Tensor, shape: readonly number[]): Tensor {
	if (!isFiled(tensor)) return { ...tensor, shape };
	return filedTensor(tensor.type, shape, tensor.place, () => tensor.bytes);
}
