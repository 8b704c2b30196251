/** Messages of Protobuf as trees that can be changed: what is damaged so is still well formed, and goes far. */
import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** Fields of a message in their order; a nested message is one too. */
export interface Message {
	/** Of the format's messages: "NodeProto". */
	readonly type: string;
	fields: Field[];
}

export interface Field {
	number: number;
	value: bigint | Uint8Array | Message | Fixed;
}

/** A number of 4 or 8 bytes. */
export interface Fixed {
	readonly fixed: Uint8Array;
}

/** The nested messages of a type, by their fields' numbers. */
export type Nesting = Readonly<Record<string, Readonly<Record<number, string>>>>;

export function parseMessage(type: string, bytes: Uint8Array, nesting: Nesting): Message {
	const reader = new BinaryReader(bytes);
	const fields: Field[] = [];
	while (reader.pos < reader.len) {
		const [number, wireType] = reader.tag();
		const nested = nesting[type]?.[number];
		if (wireType === WireType.Varint) fields.push({ number, value: BigInt(reader.int64()) });
		else if (wireType !== WireType.LengthDelimited)
			fields.push({ number, value: { fixed: reader.skip(wireType, number) } });
		else {
			const content = reader.bytes();
			fields.push({ number, value: nested === undefined ? content : parseMessage(nested, content, nesting) });
		}
	}
	return { type, fields };
}

export function messageBytes({ fields }: Message): Uint8Array {
	const writer = new BinaryWriter();
	for (const { number, value } of fields) {
		if (typeof value === "bigint") writer.tag(number, WireType.Varint).int64(BigInt.asIntN(64, value));
		else if (value instanceof Uint8Array) writer.tag(number, WireType.LengthDelimited).bytes(value);
		else if ("fixed" in value) {
			writer.tag(number, value.fixed.length === 4 ? WireType.Bit32 : WireType.Bit64).raw(value.fixed);
		} else writer.tag(number, WireType.LengthDelimited).bytes(messageBytes(value));
	}
	return writer.finish();
}

/** The message and all within it, by type. */
export function messagesByType(root: Message): ReadonlyMap<string, readonly Message[]> {
	const found = new Map<string, Message[]>();
	const open = [root];
	for (let message = open.pop(); message !== undefined; message = open.pop()) {
		const alike = found.get(message.type);
		if (alike === undefined) found.set(message.type, [message]);
		else alike.push(message);
		for (const { value } of message.fields) if (isMessage(value)) open.push(value);
	}
	return found;
}

export function isMessage(value: Field["value"]): value is Message {
	return typeof value === "object" && "fields" in value;
}

export function copyOf(message: Message): Message {
	const fields = message.fields.map(({ number, value }) => ({
		number,
		value: isMessage(value) ? copyOf(value) : value,
	}));
	return { type: message.type, fields };
}
