/** TensorProto <-> Tensor. However a file stores the elements, they become the little-endian bytes of raw_data. */
import { SightlineError } from "../errors.ts";
import { byteCount, elementSizes, type Tensor } from "../tensor/tensor.ts";
import { fromValues, safeInteger } from "../tensor/values.ts";
import { mostAxes } from "./limits.ts";
import { elementTypeNumbers, elementTypeOf, entryProto, tensorProto } from "./proto.ts";
import { concatenate, type Encoded, type ReadMessage, readMessage, writeMessage } from "./wire.ts";

/** Gives the bytes of a file that a model refers to, by its location relative to the model. */
export type ReadExternalData = (location: string) => Uint8Array;

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
	const content = proto.location === 1 ? externalBytes(name, proto, readExternalData) : inlineBytes(proto, type);
	const expected = byteCount(type, shape);
	if (content.length !== expected) {
		throw new SightlineError(
			"BAD_INPUT",
			`tensor "${name}" has ${content.length} bytes; ${type} [${shape.join(", ")}] takes ${expected}`,
			{ hint: "The file is cut off or altered." },
		);
	}
	return { name, tensor: { type, shape, bytes: content } };
}

/** A place in another file that holds a tensor's bytes. */
export interface ExternalPlace {
	readonly location: string;
	readonly offset: number;
}

/** @param place where the bytes will lie, if not in the message itself */
export function encodeTensor(name: string, tensor: Tensor, place?: ExternalPlace): Encoded {
	const head = { name, type: elementTypeNumbers[tensor.type], shape: tensor.shape.map(BigInt) };
	if (place === undefined) return writeMessage(tensorProto, { ...head, rawData: tensor.bytes });
	const entries = { location: place.location, offset: `${place.offset}`, length: `${tensor.bytes.length}` };
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

function externalBytes(name: string, proto: TensorProto, read: ReadExternalData | undefined): Uint8Array {
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
	const length = Number(entries.get("length") ?? file.length - offset);
	if (!(offset >= 0 && length >= 0 && offset + length <= file.length)) {
		throw new SightlineError(
			"BAD_INPUT",
			`tensor "${name}" should be ${length} bytes from ${offset} on in "${location}", which has ${file.length}`,
			{ hint: "The file beside the model is cut off or belongs to another one." },
		);
	}
	return file.subarray(offset, offset + length);
}
