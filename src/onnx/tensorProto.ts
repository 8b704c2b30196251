/** TensorProto <-> Tensor. However a file stores the elements, they become the little-endian bytes of raw_data. */
import { SightlineError } from "../errors.ts";
import { filedTensor } from "../tensor/filedTensor.ts";
import { byteCount, elementSizes, type Tensor } from "../tensor/tensor.ts";
import { fromValues, safeInteger } from "../tensor/values.ts";
import { mostAxes } from "./limits.ts";
import { elementTypeNumbers, elementTypeOf, entryProto, tensorProto } from "./proto.ts";
import { concatenate, type Encoded, type ReadMessage, readMessage, writeMessage } from "./wire.ts";

/** Gives a file that a model refers to, by its location relative to the model: its bytes, or where they can be read. */
export type ReadExternalData = (location: string) => Uint8Array | ExternalFile;

/** A file of weights that is read by parts, larger than memory likes. */
export interface ExternalFile {
	readonly folder: string;
	/** Its name there. */
	readonly location: string;
	readonly size: number;
	read(begin: number, end: number): Uint8Array;
}

/**
 * @returns the tensor, its bytes a view of the given ones wherever that is possible; null for a tensor of strings
 * @throws SightlineError BAD_INPUT naming the tensor, if its bytes do not fit its shape
 */
export function decodeTensor(
	bytes: Uint8Array,
	readExternalData: ReadExternalData | undefined,
): { name: string; tensor: Tensor | null } {
	const proto = readMessage(tensorProto, bytes);
	const name = proto.name ?? "";
	const type = elementTypeOf(proto.type ?? 0);
	if (type === null) {
		if (proto.type === stringType) return { name, tensor: null };
		throw new SightlineError(
			"BAD_INPUT",
			`tensor "${name}" has element type ${proto.type ?? 0}, which ONNX does not define`,
		);
	}
	const shape = proto.shape.map(safeInteger);
	if (shape.length > mostAxes || shape.some((side) => side < 0)) {
		const given = shape.length > mostAxes ? `${shape.length} axes` : `shape [${shape.join(", ")}]`;
		throw new SightlineError("BAD_INPUT", `tensor "${name}" has ${given}; expected up to ${mostAxes} sides from 0 on`);
	}
	const requireLength = (length: number): void => {
		const expected = byteCount(type, shape);
		if (length === expected) return;
		throw new SightlineError(
			"BAD_INPUT",
			`tensor "${name}" has ${length} bytes; ${type} [${shape.join(", ")}] takes ${expected}`,
			{ hint: "The file is cut off or altered." },
		);
	};
	if (proto.location !== 1) {
		const bytes = inlineBytes(proto, type);
		requireLength(bytes.length);
		return { name, tensor: { type, shape, bytes } };
	}
	const { file, begin, end } = externalPlace(name, proto, readExternalData);
	requireLength(end - begin);
	if (file instanceof Uint8Array) return { name, tensor: { type, shape, bytes: file.subarray(begin, end) } };
	const read = () => file.read(begin, end);
	// Constants of shapes are read often, weights once; and whoever maps a file into memory wants whole elements.
	const isKept = end - begin < smallestLeft || begin % elementSizes[type] !== 0;
	if (isKept) return { name, tensor: { type, shape, bytes: read() } };
	const { folder, location } = file;
	return { name, tensor: filedTensor(type, shape, { folder, location, offset: begin }, read) };
}

/** Bytes of a tensor that is left in its file until it is asked for. */
const smallestLeft = 2 ** 16;

/** A place in another file that holds a tensor's bytes. */
export interface ExternalPlace {
	readonly location: string;
	readonly offset: number;
}

/** @param place where the bytes will lie, if not in the message itself */
export function encodeTensor(name: string, tensor: Tensor, place?: ExternalPlace): Encoded {
	const head = { name, type: elementTypeNumbers[tensor.type], shape: tensor.shape.map(BigInt) };
	if (place === undefined) return writeMessage(tensorProto, { ...head, rawData: tensor.bytes });
	const entries = {
		location: place.location,
		offset: `${place.offset}`,
		length: `${byteCount(tensor.type, tensor.shape)}`,
	};
	const externalData = Object.entries(entries).map(([key, value]) => writeMessage(entryProto, { key, value }));
	return writeMessage(tensorProto, { ...head, externalData, location: 1 });
}

const stringType = 8;

type TensorProto = ReadMessage<typeof tensorProto.fields>;

/** The typed fields of onnx.proto: int32_data holds every narrow type, a half or a pair of 4-bit integers as its bits. */
function inlineBytes(proto: TensorProto, type: Tensor["type"]): Uint8Array {
	if (proto.rawData !== undefined && proto.rawData.length > 0) return proto.rawData;
	if (proto.floatData.length > 0) return concatenate(proto.floatData);
	if (proto.doubleData.length > 0) return concatenate(proto.doubleData);
	if (proto.int64Data.length > 0) return bytesOf("int64", proto.int64Data);
	if (proto.uint64Data.length > 0) return bytesOf(type === "uint32" ? "uint32" : "uint64", proto.uint64Data);
	const size = elementSizes[type];
	return bytesOf(size >= 4 ? "int32" : size === 2 ? "uint16" : "uint8", proto.int32Data);
}

function bytesOf(type: Tensor["type"], values: readonly (number | bigint)[]): Uint8Array {
	return fromValues(type, [values.length], values).bytes;
}

function externalPlace(name: string, proto: TensorProto, read: ReadExternalData | undefined) {
	const entries = new Map(
		proto.externalData.map((bytes) => {
			const { key = "", value = "" } = readMessage(entryProto, bytes);
			return [key, value];
		}),
	);
	const location = entries.get("location") ?? "";
	if (read === undefined) {
		throw new SightlineError("BAD_INPUT", `tensor "${name}" lies in another file, "${location}"`, {
			hint: "Keep that file beside the model and name the model by its path.",
		});
	}
	const file = read(location);
	const offset = Number(entries.get("offset") ?? 0);
	const size = file instanceof Uint8Array ? file.length : file.size;
	const length = Number(entries.get("length") ?? size - offset);
	const isWhole = Number.isSafeInteger(offset) && Number.isSafeInteger(length);
	if (!(isWhole && offset >= 0 && length >= 0 && offset + length <= size)) {
		throw new SightlineError(
			"BAD_INPUT",
			`tensor "${name}" should be ${length} bytes from ${offset} on in "${location}", which has ${size}`,
			{ hint: "The file beside the model is cut off or belongs to another one." },
		);
	}
	return { file, begin: offset, end: offset + length };
}
