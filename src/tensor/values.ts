/**
 * The elements of a tensor as JavaScript numbers, and tensors made of them. Tensors are little-endian, and so is every
 * machine that this runs on: where type and alignment allow, what is returned is a view and must not be written to.
 */
import { SightlineError } from "../errors.ts";
import { bfloat16ToNumber, float16sToFloat32s, float16ToNumber, numberToBfloat16, numberToFloat16 } from "./float16.ts";
import { byteCount, type ElementType, elementCount, type Tensor } from "./tensor.ts";

/** The elements as float32: a view of a float32 tensor, else converted (float64 and large integers are rounded). */
export function float32s(tensor: Tensor): Float32Array {
	if (tensor.type === "float32") return viewOf(tensor, Float32Array);
	if (tensor.type === "float16") return float16sToFloat32s(viewOf(tensor, Uint16Array));
	return Float32Array.from(numbers(tensor));
}

/** The elements as float64. Integers beyond 2^53 are rounded; booleans are 0 and 1. */
export function numbers(tensor: Tensor): Float64Array {
	if (tensor.type === "float64") return viewOf(tensor, Float64Array);
	const { read } = codecOf(tensor.type);
	const { bytes } = tensor;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const result = new Float64Array(elementCount(tensor.shape));
	for (let i = 0; i < result.length; i++) result[i] = Number(read(view, i));
	return result;
}

/** The elements of an integer or boolean tensor, exact. */
export function int64s(tensor: Tensor): bigint[] {
	if (!isInteger(tensor.type)) throw new SightlineError("BAD_INPUT", `${tensor.type} where integers were expected`);
	const { read } = codecOf(tensor.type);
	const { bytes } = tensor;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return Array.from({ length: elementCount(tensor.shape) }, (_, i) => BigInt(read(view, i)));
}

/** The elements of an integer tensor as numbers, for shapes and axes. @throws BAD_INPUT beyond 2^53 */
export function integers(tensor: Tensor): number[] {
	return int64s(tensor).map(safeInteger);
}

/** @throws SightlineError BAD_INPUT where a number cannot hold the integer */
export function safeInteger(value: bigint): number {
	const number = Number(value);
	if (!Number.isSafeInteger(number)) throw new SightlineError("BAD_INPUT", `${value} is beyond 2^53`);
	return number;
}

export function fromFloat32s(shape: readonly number[], data: Float32Array | readonly number[]): Tensor {
	return withBytes("float32", shape, data instanceof Float32Array ? data : Float32Array.from(data));
}

export function fromInt64s(shape: readonly number[], data: readonly bigint[]): Tensor {
	return withBytes("int64", shape, BigInt64Array.from(data));
}

/** A vector of int64, as shapes and axes are written in a graph. */
export function int64Vector(values: readonly number[]): Tensor {
	return fromInt64s([values.length], values.map(BigInt));
}

/** A tensor of any type from numbers or bigints: rounded to nearest-even if floating, wrapped to its width if integer. */
export function fromValues(type: ElementType, shape: readonly number[], values: ArrayLike<number | bigint>): Tensor {
	if (values.length !== elementCount(shape)) {
		throw new SightlineError("BAD_INPUT", `${values.length} values for a shape of [${shape.join(", ")}]`);
	}
	const { write } = codecOf(type);
	const bytes = new Uint8Array(byteCount(type, shape));
	const view = new DataView(bytes.buffer);
	for (let i = 0; i < values.length; i++) write(view, i, values[i] as number | bigint);
	return { type, shape, bytes };
}

/** Whether the type is read with int64s: integers and booleans. */
export function isInteger(type: ElementType): boolean {
	return type === "bool" || type.startsWith("int") || type.startsWith("uint");
}

/** Whether elements of this type can be read and written as numbers; not so complex numbers and float8 and smaller ones. */
export function hasNumbers(type: ElementType): boolean {
	return codecs[type] !== undefined;
}

type ArrayConstructor<A> = { new (buffer: ArrayBufferLike, byteOffset: number, length: number): A } & {
	readonly BYTES_PER_ELEMENT: number;
};

/** The tensor's bytes as a typed array, copied only where a file left them at an odd address. */
function viewOf<A>(tensor: Tensor, Elements: ArrayConstructor<A>): A {
	// Copied by its constructor: the slice of a file's Buffer would be a view again.
	const { bytes } = tensor;
	const isAligned = bytes.byteOffset % Elements.BYTES_PER_ELEMENT === 0;
	const aligned = isAligned ? bytes : new Uint8Array(bytes);
	return new Elements(aligned.buffer, aligned.byteOffset, elementCount(tensor.shape));
}

function withBytes(type: ElementType, shape: readonly number[], data: Float32Array | BigInt64Array): Tensor {
	if (data.length !== elementCount(shape)) {
		throw new SightlineError("BAD_INPUT", `${data.length} values for a shape of [${shape.join(", ")}]`);
	}
	return { type, shape, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

/** How element i of a type is read from a tensor's bytes and written to them. */
interface Codec {
	readonly read: (view: DataView, i: number) => number | bigint;
	readonly write: (view: DataView, i: number, value: number | bigint) => void;
}

function codecOf(type: ElementType): Codec {
	const codec = codecs[type];
	if (codec === undefined) {
		const known = Object.keys(codecs).join(", ");
		throw new SightlineError("BAD_INPUT", `the elements of ${type} cannot be read as numbers; possible: ${known}`);
	}
	return codec;
}

const codecs: Partial<Record<ElementType, Codec>> = {
	float32: {
		read: (view, i) => view.getFloat32(4 * i, true),
		write: (view, i, value) => view.setFloat32(4 * i, Number(value), true),
	},
	float64: {
		read: (view, i) => view.getFloat64(8 * i, true),
		write: (view, i, value) => view.setFloat64(8 * i, Number(value), true),
	},
	float16: {
		read: (view, i) => float16ToNumber(view.getUint16(2 * i, true)),
		write: (view, i, value) => view.setUint16(2 * i, numberToFloat16(Number(value)), true),
	},
	bfloat16: {
		read: (view, i) => bfloat16ToNumber(view.getUint16(2 * i, true)),
		write: (view, i, value) => view.setUint16(2 * i, numberToBfloat16(Number(value)), true),
	},
	int8: {
		read: (view, i) => view.getInt8(i),
		write: (view, i, value) => view.setInt8(i, wrapped(value, 8)),
	},
	int16: {
		read: (view, i) => view.getInt16(2 * i, true),
		write: (view, i, value) => view.setInt16(2 * i, wrapped(value, 16), true),
	},
	int32: {
		read: (view, i) => view.getInt32(4 * i, true),
		write: (view, i, value) => view.setInt32(4 * i, wrapped(value, 32), true),
	},
	int64: {
		read: (view, i) => view.getBigInt64(8 * i, true),
		write: (view, i, value) => view.setBigInt64(8 * i, whole(value), true),
	},
	uint8: {
		read: (view, i) => view.getUint8(i),
		write: (view, i, value) => view.setUint8(i, wrapped(value, 8)),
	},
	uint16: {
		read: (view, i) => view.getUint16(2 * i, true),
		write: (view, i, value) => view.setUint16(2 * i, wrapped(value, 16), true),
	},
	uint32: {
		read: (view, i) => view.getUint32(4 * i, true),
		write: (view, i, value) => view.setUint32(4 * i, wrapped(value, 32), true),
	},
	uint64: {
		read: (view, i) => view.getBigUint64(8 * i, true),
		write: (view, i, value) => view.setBigUint64(8 * i, whole(value), true),
	},
	bool: {
		read: (view, i) => (view.getUint8(i) === 0 ? 0 : 1),
		write: (view, i, value) => view.setUint8(i, Number(value) === 0 ? 0 : 1),
	},
};

function whole(value: number | bigint): bigint {
	// As a C cast: the fraction is cut off. What no integer can be (NaN, infinity) becomes 0.
	return typeof value === "bigint" ? value : Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
}

function wrapped(value: number | bigint, bits: number): number {
	return Number(BigInt.asUintN(bits, whole(value)));
}
