/**
 * Protobuf messages by declarative tables of fields. A nested message is left as bytes and read by whoever wants it,
 * so a table never refers to another; fields that a table does not list are kept as they came (`rest`).
 */
import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { SightlineError } from "../errors.ts";

/** The kinds of fields, and what each is in JavaScript when read. */
interface ReadValues {
	int32: number;
	int64: bigint;
	uint64: bigint;
	float: number;
	string: string;
	bytes: Uint8Array;
	message: Uint8Array;
	/** Numbers of 4 or 8 bytes, little-endian, left as bytes: packed ones need no copy. */
	fixed32: Uint8Array;
	fixed64: Uint8Array;
}
export type FieldKind = keyof ReadValues;
type WriteValue<K extends FieldKind> = K extends "message" ? Encoded : ReadValues[K];

export interface Field<K extends FieldKind = FieldKind, M extends boolean = boolean> {
	readonly number: number;
	readonly kind: K;
	readonly many: M;
}
export type Fields = Readonly<Record<string, Field>>;

/** A message's name in its .proto file, for errors, and its fields. */
export interface MessageType<F extends Fields> {
	readonly name: string;
	readonly fields: F;
	readonly byNumber: ReadonlyMap<number, readonly [name: string, field: Field]>;
}

export type ReadMessage<F extends Fields> = {
	readonly [N in keyof F]: F[N]["many"] extends true
		? readonly ReadValues[F[N]["kind"]][]
		: ReadValues[F[N]["kind"]] | undefined;
} & { readonly rest: Uint8Array };

export type WriteMessage<F extends Fields> = {
	readonly [N in keyof F]?: F[N]["many"] extends true
		? readonly WriteValue<F[N]["kind"]>[]
		: WriteValue<F[N]["kind"]> | undefined;
} & { readonly rest?: Uint8Array | undefined };

/** A message ready to be written: weights stay where they are until all is joined, and are copied once. */
export interface Encoded {
	readonly parts: readonly Uint8Array[];
	readonly sizeBytes: number;
}

export function message<F extends Fields>(name: string, fields: F): MessageType<F> {
	return { name, fields, byNumber: new Map(Object.entries(fields).map((entry) => [entry[1].number, entry])) };
}

export function one<K extends FieldKind>(number: number, kind: K): Field<K, false> {
	return { number, kind, many: false };
}

export function many<K extends FieldKind>(number: number, kind: K): Field<K, true> {
	return { number, kind, many: true };
}

/** @throws SightlineError BAD_INPUT naming the message and where in it the bytes stop making sense */
export function readMessage<F extends Fields>(type: MessageType<F>, bytes: Uint8Array): ReadMessage<F> {
	const reader = new BinaryReader(bytes);
	const values: Record<string, unknown> = {};
	for (const [name, field] of Object.entries(type.fields)) values[name] = field.many ? [] : undefined;
	const rest: Uint8Array[] = [];
	let start = 0;
	try {
		while (reader.pos < reader.len) {
			start = reader.pos;
			const [number, wireType] = reader.tag();
			const [name, field] = type.byNumber.get(number) ?? [];
			if (name === undefined || field === undefined || !fits(field, wireType)) {
				reader.skip(wireType, number);
				rest.push(bytes.subarray(start, reader.pos));
			} else if (field.many) {
				readMany(reader, field.kind, wireType, values[name] as unknown[]);
			} else {
				values[name] = readOne[field.kind](reader);
			}
		}
	} catch (cause) {
		throw new SightlineError(
			"BAD_INPUT",
			`not a valid ${type.name}: the field at byte ${start} of its ${bytes.length} cannot be read (${reasonOf(cause)})`,
			{ hint: "The file is cut off, altered, or no ONNX file.", cause },
		);
	}
	// The loop above filled `values` by the same table that the type is computed from.
	return { ...values, rest: concatenate(rest) } as unknown as ReadMessage<F>;
}

/** Fields in the order of the table, absent ones left out, then `rest`. */
export function writeMessage<F extends Fields>(type: MessageType<F>, values: WriteMessage<F>): Encoded {
	const parts: Uint8Array[] = [];
	const writer = new BinaryWriter();
	let sizeBytes = 0;
	const push = (part: Uint8Array): void => {
		parts.push(part);
		sizeBytes += part.length;
	};
	const large = (content: readonly Uint8Array[]): void => {
		push(writer.finish());
		for (const part of content) push(part);
	};
	// The table says of each value which kind it is.
	const given = values as Readonly<Record<string, unknown>>;
	for (const [name, field] of Object.entries(type.fields)) {
		const value = given[name];
		if (value === undefined) continue;
		if (field.many) writeMany(writer, field, value as readonly unknown[], large);
		else writeOne(writer, field, value, large);
	}
	if (values.rest !== undefined) writer.raw(values.rest);
	push(writer.finish());
	return { parts, sizeBytes };
}

/** A message that was encoded before. */
export function encodedBytes(bytes: Uint8Array): Encoded {
	return { parts: [bytes], sizeBytes: bytes.length };
}

/** The parts as one array. */
export function join(encoded: Encoded): Uint8Array {
	return concatenate(encoded.parts);
}

/** Byte arrays one after the other; a single one is returned as it is. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
	if (parts.length === 1 && parts[0] !== undefined) return parts[0];
	const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let offset = 0;
	for (const part of parts) {
		result.set(part, offset);
		offset += part.length;
	}
	return result;
}

const readOne: { readonly [K in FieldKind]: (reader: BinaryReader) => ReadValues[K] } = {
	int32: (reader) => reader.int32(),
	int64: (reader) => BigInt(reader.int64()),
	uint64: (reader) => BigInt(reader.uint64()),
	float: (reader) => reader.float(),
	string: (reader) => reader.string(),
	bytes: (reader) => reader.bytes(),
	message: (reader) => reader.bytes(),
	fixed32: (reader) => reader.skip(WireType.Bit32),
	fixed64: (reader) => reader.skip(WireType.Bit64),
};

/** The wire type of a single value; kinds of number may also come packed. */
const wireTypes: { readonly [K in FieldKind]: WireType } = {
	int32: WireType.Varint,
	int64: WireType.Varint,
	uint64: WireType.Varint,
	float: WireType.Bit32,
	string: WireType.LengthDelimited,
	bytes: WireType.LengthDelimited,
	message: WireType.LengthDelimited,
	fixed32: WireType.Bit32,
	fixed64: WireType.Bit64,
};

function fits(field: Field, wireType: WireType): boolean {
	return wireType === wireTypes[field.kind] || (field.many && wireType === WireType.LengthDelimited);
}

function readMany(reader: BinaryReader, kind: FieldKind, wireType: WireType, values: unknown[]): void {
	if (wireType === wireTypes[kind]) {
		values.push(readOne[kind](reader));
	} else if (kind === "fixed32" || kind === "fixed64") {
		values.push(reader.bytes());
	} else {
		const packed = new BinaryReader(reader.bytes());
		while (packed.pos < packed.len) values.push(readOne[kind](packed));
	}
}

/** Above this a nested message or byte string is passed on in parts, not copied. */
const copiedBytes = 1024;

/** Takes content that goes out as it is, after what the writer holds. */
type Large = (content: readonly Uint8Array[]) => void;

// From here on the table alone says what a value is: hence the casts.
function writeOne(writer: BinaryWriter, field: Field, value: unknown, large: Large): void {
	writer.tag(field.number, wireTypes[field.kind]);
	switch (field.kind) {
		case "message":
			writeParts(writer, value as Encoded, large);
			break;
		case "bytes":
			writeParts(writer, encodedBytes(value as Uint8Array), large);
			break;
		default:
			writeScalar(writer, field.kind, value);
	}
}

function writeParts(writer: BinaryWriter, { parts, sizeBytes }: Encoded, large: Large): void {
	writer.uint32(sizeBytes);
	if (sizeBytes > copiedBytes) large(parts);
	else for (const part of parts) writer.raw(part);
}

function writeMany(writer: BinaryWriter, field: Field, values: readonly unknown[], large: Large): void {
	if (values.length === 0) return;
	if (wireTypes[field.kind] === WireType.LengthDelimited) {
		for (const value of values) writeOne(writer, field, value, large);
		return;
	}
	writer.tag(field.number, WireType.LengthDelimited).fork();
	for (const value of values) writeScalar(writer, field.kind, value);
	writer.join();
}

function writeScalar(writer: BinaryWriter, kind: FieldKind, value: unknown): void {
	if (kind === "string") writer.string(value as string);
	else if (kind === "int32") writer.int32(value as number);
	else if (kind === "float") writer.float(value as number);
	else if (kind === "int64") writer.int64(value as bigint);
	else if (kind === "uint64") writer.uint64(value as bigint);
	else writer.raw(value as Uint8Array);
}

function reasonOf(cause: unknown): string {
	return cause instanceof Error ? cause.message : String(cause);
}
