/** Zip archives and numpy arrays byte by byte, so that each field can be wrong. */
import { crc32, deflateRawSync } from "node:zlib";

export interface MemberParts {
	readonly name: string;
	readonly content: Uint8Array;
	/** 0 stored (the default), 8 deflated. */
	readonly method?: number;
	readonly flags?: number;
	/** What it claims to be long. */
	readonly size?: number;
	/** Where it claims to begin. */
	readonly header?: number;
}

/**
 * @param count members that the end claims
 * @param isShared members with a `header` of their own have no bytes of their own
 */
export function zipBytes(members: readonly MemberParts[], count = members.length, isShared = false): Uint8Array {
	const files: Uint8Array[] = [];
	const directory: Uint8Array[] = [];
	let offset = 0;
	for (const { name, content, method = 0, flags = 0, size = content.length, header = offset } of members) {
		const packed = method === 8 ? deflateRawSync(content) : content;
		const nameBytes = new TextEncoder().encode(name);
		// Versions, flags, method, date; then checksum and sizes; then lengths of name and extra field.
		const common = [...u16(20), ...u16(flags), ...u16(method), ...u32(0)];
		const sizes = [...u32(crc32(content)), ...u32(packed.length), ...u32(size), ...u16(nameBytes.length), ...u16(0)];
		directory.push(
			Uint8Array.from([
				...u32(0x02014b50),
				...u16(20),
				...common,
				...sizes,
				...u16(0),
				...u16(0),
				...u16(0),
				...u32(0),
			]),
			Uint8Array.from(u32(header)),
			nameBytes,
		);
		if (isShared && header !== offset) continue;
		const local = Uint8Array.from([...u32(0x04034b50), ...common, ...sizes]);
		files.push(local, nameBytes, packed);
		offset += local.length + nameBytes.length + packed.length;
	}
	const length = directory.reduce((sum, each) => sum + each.length, 0);
	const end = [...u32(0x06054b50), ...u32(0), ...u16(count), ...u16(count), ...u32(length), ...u32(offset), ...u16(0)];
	return new Uint8Array(Buffer.concat([...files, ...directory, Uint8Array.from(end)]));
}

/** An array of numpy's version 1, its header filled up to 128 bytes where it is shorter. */
export function arrayBytes(parts: {
	readonly descr: string;
	readonly shape: readonly number[];
	readonly bytes: Uint8Array;
	readonly fortran?: boolean;
	/** The type as it stands, without quotes. */
	readonly raw?: boolean;
}): Uint8Array {
	const { descr, shape, bytes, fortran = false, raw = false } = parts;
	const sides = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
	const type = raw ? descr : `'${descr}'`;
	const text = `{'descr': ${type}, 'fortran_order': ${fortran ? "True" : "False"}, 'shape': ${sides}, }`;
	const header = `${text.padEnd(117)}\n`;
	const start = Uint8Array.from([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, ...u16(header.length)]);
	return new Uint8Array(Buffer.concat([start, new TextEncoder().encode(header), bytes]));
}

function u16(value: number): number[] {
	return [value & 255, (value >>> 8) & 255];
}

function u32(value: number): number[] {
	return [...u16(value & 0xffff), ...u16(value >>> 16)];
}
