/** Tensors made of a checkpoint's: each when its bytes are asked for, so that no weight is held twice. */
import { bytesBetween, lazily } from "../../checkpoint/byteRanges.ts";
import { SightlineError } from "../../errors.ts";
import { permuted } from "../../tensor/permute.ts";
import { byteCount, elementCount, type Tensor } from "../../tensor/tensor.ts";
import { float32s } from "../../tensor/values.ts";

/** The same elements in another shape. */
export function reshaped(tensor: Tensor, shape: readonly number[]): Tensor {
	if (elementCount(shape) !== elementCount(tensor.shape)) {
		const [given, wanted] = [tensor.shape, shape].map((sides) => `[${sides.join(", ")}]`);
		throw new SightlineError("BAD_INPUT", `a tensor of ${given} cannot have the shape ${wanted}`);
	}
	return lazily(tensor.type, shape, () => tensor.bytes);
}

/** The axes in another order, as numpy.transpose. */
export function turned(tensor: Tensor, order: readonly number[]): Tensor {
	const shape = order.map((axis) => tensor.shape[axis] as number);
	return lazily(tensor.type, shape, () => permuted(tensor, order).bytes);
}

/** One of those that are stacked along the first axis. */
export function member(stack: Tensor, index: number): Tensor {
	const shape = stack.shape.slice(1);
	const size = byteCount(stack.type, shape);
	return lazily(stack.type, shape, () => bytesBetween(stack, index * size, (index + 1) * size));
}

/** Side by side along the first axis; all of one type, and alike in the other axes. */
export function joined(parts: readonly [Tensor, ...Tensor[]]): Tensor {
	const [{ type, shape }] = parts;
	const rest = shape.slice(1);
	const other = parts.find((part) => part.type !== type || part.shape.slice(1).join() !== rest.join());
	if (other !== undefined) {
		const [given, wanted] = [other, parts[0]].map((each) => `${each.type} [${each.shape.join(", ")}]`);
		throw new SightlineError("BAD_INPUT", `a tensor ${given} cannot be joined to one of ${wanted}`);
	}
	const rows = parts.reduce((sum, part) => sum + (part.shape[0] ?? 0), 0);
	return lazily(type, [rows, ...rest], () => {
		const result = new Uint8Array(byteCount(type, [rows, ...rest]));
		let at = 0;
		for (const { bytes } of parts) {
			result.set(bytes, at);
			at += bytes.length;
		}
		return result;
	});
}

/** As many zeros as another has elements, of its type. */
export function zerosLike({ type, shape }: Tensor): Tensor {
	return lazily(type, shape, () => new Uint8Array(byteCount(type, shape)));
}

/** Numbers that are computed: float32, as everything in a graph. */
export function computed(shape: readonly number[], compute: () => Float32Array): Tensor {
	return lazily("float32", shape, () => {
		const { buffer, byteOffset, byteLength } = compute();
		return new Uint8Array(buffer, byteOffset, byteLength);
	});
}

/** The rows [first, last) of a tensor [1, rows, width], as [1, last - first, width]. */
export function rowsOf(tensor: Tensor, first: number, last: number): Tensor {
	const [, , width = 0] = tensor.shape;
	const row = byteCount(tensor.type, [width]);
	return lazily(tensor.type, [1, last - first, width], () => bytesBetween(tensor, first * row, last * row));
}

/** Element by element; alike in shape. */
export function sum(a: Tensor, b: Tensor): Tensor {
	return computed(a.shape, () => {
		const other = float32s(b);
		return float32s(a).map((value, index) => value + (other[index] as number));
	});
}
