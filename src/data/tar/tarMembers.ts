/**
 * The members of a tar archive by their headers alone: ustar, with the long names of pax (POSIX.1-2001) and of GNU tar.
 * Nothing is ever unpacked: a member's name is a name, wherever it points to.
 */
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { SightlineError } from "../../errors.ts";

export interface TarMember {
	readonly name: string;
	/** "other": links, devices, folders and whatever else has no content of its own. */
	readonly kind: "file" | "other";
	/** Of the content, in bytes of the archive. */
	readonly start: number;
	readonly length: number;
	/** The archive ends before the content does. */
	readonly isTorn: boolean;
}

const blockBytes = 512;
/** Of a name, or of the fields of a pax header. */
const maxHeaderBytes = 2 ** 16;
/** ImageNet's training images with their labels are 2.6 million. */
const maxMembers = 2 ** 23;

/** @throws SightlineError BAD_INPUT where it is no tar archive, or a header is damaged */
export async function* tarMembers(file: string): AsyncGenerator<TarMember> {
	const handle = await open(file);
	try {
		const { size } = await handle.stat();
		/** What a header says of the member behind it. */
		let further: Further = {};
		let count = 0;
		for (let at = 0; at + blockBytes <= size; ) {
			const block = await read(handle, at, blockBytes);
			if (block.every((byte) => byte === 0)) return;
			const header = parseHeader(block, at);
			if (++count > maxMembers) throw new SightlineError("BAD_INPUT", `it has more than ${maxMembers} members`);
			const start = at + blockBytes;
			const length = further.size ?? header.size;
			const isTorn = start + length > size;
			at = start + Math.ceil(length / blockBytes) * blockBytes;
			if (describing.includes(header.type)) {
				if (isTorn || length > maxHeaderBytes) throw damaged(start, "a header that is longer than it can be");
				further = { ...further, ...describe(header.type, await read(handle, start, length), start) };
				continue;
			}
			const name = further.name ?? header.name;
			// A sparse file's content has holes, whose map is not read.
			const isFile = fileTypes.includes(header.type) && !name.endsWith("/") && !further.isSparse;
			further = {};
			yield { name, kind: isFile ? "file" : "other", start, length, isTorn };
		}
	} finally {
		await handle.close();
	}
}

/** "0" and, in the oldest archives, a zero byte or "7" are files; the rest has no content of its own. */
const fileTypes = ["0", "\0", "7"];
/** A pax header of the next member, one of all that follow, and GNU's long name and long target of a link. */
const describing = ["x", "g", "L", "K"];

interface Header {
	readonly name: string;
	readonly size: number;
	readonly type: string;
}

function parseHeader(block: Uint8Array, at: number): Header {
	const sum = block.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte), 0);
	if (sum !== octal(block.subarray(148, 156))) {
		if (at > 0) throw damaged(at, "no header where one should be");
		throw new SightlineError(
			"BAD_INPUT",
			"it is no tar archive, or a compressed one, which is to be unpacked to a .tar",
		);
	}
	const size = sizeOf(block.subarray(124, 136));
	if (!(Number.isSafeInteger(size) && size >= 0)) throw damaged(at, "a size that is no number");
	const isUstar = text(block.subarray(257, 262)) === "ustar" && block[262] === 0;
	const prefix = isUstar ? text(block.subarray(345, 500)) : "";
	const name = text(block.subarray(0, 100));
	return { name: prefix === "" ? name : `${prefix}/${name}`, size, type: String.fromCharCode(block[156] ?? 0) };
}

/** Octal digits, or from 8 GiB on a number of 256 to the power of each byte, marked by the highest bit. */
function sizeOf(field: Uint8Array): number {
	const [first = 0, ...rest] = field;
	return first & 0x80 ? rest.reduce((value, byte) => value * 256 + byte, first & 0x7f) : octal(field);
}

/** NaN where it holds something else. */
function octal(field: Uint8Array): number {
	const digits = text(field).trim();
	return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : digits === "" ? 0 : Number.NaN;
}

interface Further {
	readonly name?: string;
	readonly size?: number;
	readonly isSparse?: boolean;
}

function describe(type: string, bytes: Uint8Array, at: number): Further {
	if (type === "L") return { name: text(bytes) };
	// A link's target, and what holds for all members: times and owners.
	if (type !== "x") return {};
	const records = paxRecords(bytes, at);
	const size = records.get("size");
	if (size !== undefined && !(/^\d+$/.test(size) && Number.isSafeInteger(Number(size)))) {
		throw damaged(at, "a size that is no number");
	}
	const name = records.get("path");
	return {
		...(name === undefined ? {} : { name }),
		...(size === undefined ? {} : { size: Number(size) }),
		...([...records.keys()].some((key) => key.startsWith("GNU.sparse.")) ? { isSparse: true } : {}),
	};
}

/** "30 mtime=1321711775.123456789\n": the length of the record with itself, a key and a value. */
function paxRecords(bytes: Uint8Array, at: number): ReadonlyMap<string, string> {
	const records = new Map<string, string>();
	for (let start = 0; start < bytes.length; ) {
		const space = bytes.indexOf(0x20, start);
		const length = Number(text(bytes.subarray(start, Math.max(start, space))));
		const end = start + length;
		if (!(space > start && length > space - start + 1 && end <= bytes.length)) throw damaged(at, "a torn record");
		const record = new TextDecoder().decode(bytes.subarray(space + 1, end - 1));
		const equals = record.indexOf("=");
		records.set(record.slice(0, equals), record.slice(equals + 1));
		start = end;
	}
	return records;
}

/** Up to the first zero byte. */
function text(bytes: Uint8Array): string {
	const end = bytes.indexOf(0);
	return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

async function read(handle: FileHandle, start: number, length: number): Promise<Uint8Array> {
	const bytes = new Uint8Array(length);
	await handle.read(bytes, 0, length, start);
	return bytes;
}

function damaged(at: number, what: string): SightlineError {
	return new SightlineError("BAD_INPUT", `it is damaged at byte ${at}: ${what}`);
}
