/**
 * The safetensors format: a 64-bit length, so many bytes of JSON that give each tensor's type, shape and place, and then
 * the tensors' bytes, little-endian and row-major, without gap or overlap (huggingface/safetensors, "Format").
 */
import { SightlineError, shown } from "../errors.ts";
import { byteCount, type ElementType, type Tensor } from "../tensor/tensor.ts";
import { type ByteRanges, rangesOf, storedTensor } from "./byteRanges.ts";

/** Bounds what is parsed as JSON, as the reference implementation does. */
const largestHeaderBytes = 100_000_000;

const typeOf: Readonly<Record<string, ElementType>> = {
	F64: "float64",
	F32: "float32",
	F16: "float16",
	BF16: "bfloat16",
	I64: "int64",
	I32: "int32",
	I16: "int16",
	I8: "int8",
	U64: "uint64",
	U32: "uint32",
	U16: "uint16",
	U8: "uint8",
	BOOL: "bool",
	F8_E4M3: "float8e4m3fn",
	F8_E5M2: "float8e5m2",
};

/**
 * The tensors of a file by name, as views of its bytes: nothing is copied. Of ranges, each is read when it is asked for.
 * @param origin the file's name, for messages
 * @throws SightlineError BAD_INPUT: what is wrong, where, and what was expected
 */
export function readSafetensors(source: Uint8Array | ByteRanges, origin = "safetensors"): ReadonlyMap<string, Tensor> {
	const ranges = source instanceof Uint8Array ? rangesOf(source) : source;
	const { header, first } = split(ranges, origin);
	const size = ranges.size - first;
	const places = Object.entries(header)
		.filter(([name]) => name !== "__metadata__")
		.map(([name, entry]) => placeOf(name, entry, origin))
		.sort((a, b) => a.begin - b.begin || a.end - b.end);
	let covered = 0;
	for (const { name, begin, end } of places) {
		if (begin < covered) throw broken(origin, `the bytes of ${name} overlap those of another tensor`);
		if (begin > covered) throw broken(origin, `bytes ${covered} to ${begin} belong to no tensor`);
		covered = end;
	}
	if (covered !== size) {
		const difference = covered > size ? "the file was cut short" : "something follows the last tensor";
		throw broken(origin, `its header describes ${covered} bytes of tensors, there are ${size}: ${difference}`);
	}
	const part = (begin: number, end: number) => ranges.read(first + begin, first + end);
	return new Map(
		places.map(({ name, type, shape, begin, end }) => [
			name,
			source instanceof Uint8Array
				? { type, shape, bytes: part(begin, end) }
				: storedTensor(type, shape, {
						read: () => part(begin, end),
						part: (from, to) => part(begin + from, begin + to),
					}),
		]),
	);
}

/** A file of these tensors, in the order given. */
export function writeSafetensors(
	tensors: ReadonlyMap<string, Tensor>,
	metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
	const header: Record<string, unknown> = { __metadata__: metadata };
	let end = 0;
	for (const [name, { type, shape, bytes }] of tensors) {
		const dtype = Object.keys(typeOf).find((key) => typeOf[key] === type);
		if (dtype === undefined) throw new SightlineError("BAD_INPUT", `safetensors has no type for ${name}, ${type}`);
		header[name] = { dtype, shape, data_offsets: [end, end + bytes.length] };
		end += bytes.length;
	}
	const text = JSON.stringify(header);
	// Spaces up to a multiple of 8, so that the tensors start aligned.
	const length = Math.ceil(new TextEncoder().encode(text).length / 8) * 8;
	const file = new Uint8Array(8 + length + end).fill(0x20, 8, 8 + length);
	new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
	new TextEncoder().encodeInto(text, file.subarray(8));
	let position = 8 + length;
	for (const { bytes } of tensors.values()) {
		file.set(bytes, position);
		position += bytes.length;
	}
	return file;
}

/** The header, and where the tensors begin behind it. */
function split(ranges: ByteRanges, origin: string): { header: Record<string, unknown>; first: number } {
	const { size } = ranges;
	if (size < 8) throw broken(origin, `${size} bytes are less than the 8 that the format begins with`);
	const begin = ranges.read(0, 8);
	const length = Number(new DataView(begin.buffer, begin.byteOffset).getBigUint64(0, true));
	const available = Math.min(size - 8, largestHeaderBytes);
	if (length > available) {
		throw broken(origin, `it announces a header of ${length} bytes where at most ${available} are possible`);
	}
	let header: unknown;
	try {
		header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(ranges.read(8, 8 + length)));
	} catch (cause) {
		throw broken(origin, "its header is no JSON", cause);
	}
	if (!isObject(header)) throw broken(origin, "its header is no JSON object");
	return { header, first: 8 + length };
}

interface Place {
	readonly name: string;
	readonly type: ElementType;
	readonly shape: readonly number[];
	readonly begin: number;
	readonly end: number;
}

function placeOf(name: string, entry: unknown, origin: string): Place {
	if (!isObject(entry)) throw broken(origin, `${name} is described by ${shown(entry)}, not by an object`);
	const { dtype, shape, data_offsets: offsets } = entry;
	const type = typeof dtype === "string" && Object.hasOwn(typeOf, dtype) ? typeOf[dtype] : undefined;
	if (type === undefined) {
		const known = Object.keys(typeOf).join(", ");
		throw broken(origin, `${name} has the type ${shown(dtype)}; known are ${known}`);
	}
	if (!isCounts(shape)) throw broken(origin, `${name} has the shape ${shown(shape)}, expected sides >= 0`);
	if (!isCounts(offsets) || offsets.length !== 2) {
		throw broken(origin, `${name} has the offsets ${shown(offsets)}, expected [begin, end]`);
	}
	const [begin = 0, end = 0] = offsets;
	const size = byteCount(type, shape);
	if (end - begin !== size) {
		throw broken(origin, `${name} is ${dtype} [${shape.join(", ")}], ${size} bytes, but has ${end - begin}`);
	}
	return { name, type, shape, begin, end };
}

/** What JSON calls an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is readonly number[] {
	return Array.isArray(value) && value.every((side) => Number.isSafeInteger(side) && side >= 0);
}

function broken(origin: string, what: string, cause?: unknown): SightlineError {
	const hint = "The file is damaged or is no safetensors file: fetch or write it again.";
	return new SightlineError("BAD_INPUT", `${origin}: ${what}`, { hint, cause });
}
