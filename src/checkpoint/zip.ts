/**
 * The members of a zip archive (PKWARE APPNOTE 6.3, with zip64), read from its central directory: stored or deflated, each
 * only when it is asked for. What an archive claims is held against its size before anything is read or inflated.
 */
import { constants, crc32, inflateRawSync } from "node:zlib";
import { SightlineError } from "../errors.ts";
import type { ByteRanges } from "./byteRanges.ts";

export interface ZipMember {
	readonly name: string;
	/** Of its content, and of what it takes in the archive. */
	readonly size: number;
	readonly packed: number;
	/** Where its bytes lie in the archive, if they are stored as they are; null if they are deflated. */
	readonly place: number | null;
	/** The first bytes, as many as asked for or as there are. */
	head(length: number): Uint8Array;
	/** All bytes, held against their checksum. */
	read(): Uint8Array;
}

/** An archive's end is a record of 22 bytes and a comment of at most 65 535, behind zip64's locator of 20. */
const longestEnd = 22 + 65_535 + 20;

/** Deflate cannot shrink further: 258 bytes from two bits. */
const largestRatio = 1032;

/** Each takes 46 bytes of a directory, which is held in memory whole. */
const mostMembers = 1_000_000;

/**
 * @param origin the file's name, for messages
 * @throws SightlineError BAD_INPUT: what is wrong, where, and what was expected
 */
export function readZip(ranges: ByteRanges, origin: string): readonly ZipMember[] {
	const { count, begin, end } = findDirectory(ranges, origin);
	if (count > mostMembers) throw broken(origin, `it announces ${count} members, at most ${mostMembers} are read`);
	if (!(begin >= 0 && begin <= end && end <= ranges.size) || end - begin < 46 * count) {
		throw broken(origin, `its directory of ${count} members should lie in bytes ${begin} to ${end}, of ${ranges.size}`);
	}
	const directory = new Cursor(ranges.read(begin, end));
	const members: ZipMember[] = [];
	const names = new Set<string>();
	let left = ranges.size;
	for (let index = 0; index < count; index++) {
		const member = memberOf(ranges, directory, origin);
		left -= member.packed;
		// Members that share bytes would let a small file unpack to any size.
		if (left < 0) throw broken(origin, `its members take more bytes than the file has, ${ranges.size}`);
		if (names.has(member.name)) throw broken(origin, `there are two members ${member.name}`);
		names.add(member.name);
		members.push(member);
	}
	return members;
}

interface Directory {
	/** Members. */
	readonly count: number;
	readonly begin: number;
	readonly end: number;
}

function findDirectory(ranges: ByteRanges, origin: string): Directory {
	const from = Math.max(0, ranges.size - longestEnd);
	const tail = new Cursor(ranges.read(from, ranges.size));
	for (let at = tail.length - 22; at >= 0; at--) {
		if (tail.uint32(at) !== 0x06054b50 || at + 22 + tail.uint16(at + 20) !== tail.length) continue;
		const [count, size, begin] = [tail.uint16(at + 10), tail.uint32(at + 12), tail.uint32(at + 16)];
		if (at >= 20 && tail.uint32(at - 20) === 0x07064b50) return zip64Directory(ranges, tail.uint64(at - 12), origin);
		return { count, begin, end: begin + size };
	}
	throw broken(origin, "it has no end of central directory");
}

function zip64Directory(ranges: ByteRanges, at: number, origin: string): Directory {
	const record = at + 56 <= ranges.size ? new Cursor(ranges.read(at, at + 56)) : null;
	if (record === null || record.uint32(0) !== 0x06064b50) throw broken(origin, "it has no zip64 end of directory");
	const begin = record.uint64(48);
	return { count: record.uint64(32), begin, end: begin + record.uint64(40) };
}

/** Reads the next entry of the directory, and where its bytes begin from the header before them. */
function memberOf(ranges: ByteRanges, directory: Cursor, origin: string): ZipMember {
	const start = directory.take(46, origin);
	if (directory.uint32(start) !== 0x02014b50) throw broken(origin, "its central directory is damaged");
	const [flags, method] = [directory.uint16(start + 8), directory.uint16(start + 10)];
	const checksum = directory.uint32(start + 16);
	const nameLength = directory.uint16(start + 28);
	const name = directory.text(directory.take(nameLength, origin), nameLength);
	const extraLength = directory.uint16(start + 30);
	const extra = directory.take(extraLength, origin);
	directory.take(directory.uint16(start + 32), origin);
	const { size, packed, header } = zip64Sizes(directory, start, extra, extraLength);

	if ((flags & 1) !== 0) throw broken(origin, `${name} is encrypted`);
	if (method !== 0 && method !== 8) throw broken(origin, `${name} is packed by method ${method}, expected 0 or 8`);
	if (method === 0 && size !== packed)
		throw broken(origin, `${name} is stored, but has two sizes, ${size} and ${packed}`);
	if (size > packed * largestRatio + largestRatio) {
		throw broken(origin, `${name} should inflate from ${packed} bytes to ${size}, which deflate cannot`);
	}
	const local = header + 30 <= ranges.size ? new Cursor(ranges.read(header, header + 30)) : null;
	if (local === null || local.uint32(0) !== 0x04034b50) throw broken(origin, `${name} has no header at byte ${header}`);
	const begin = header + 30 + local.uint16(26) + local.uint16(28);
	if (begin + packed > ranges.size)
		throw broken(origin, `${name} goes on behind the end of the file, at ${begin + packed}`);
	const isStored = method === 0;
	return {
		name,
		size,
		packed,
		place: isStored ? begin : null,
		head(length) {
			if (isStored) return ranges.read(begin, begin + Math.min(length, size));
			// Deflate grows what it cannot shrink by a thousandth at most.
			const some = ranges.read(begin, begin + Math.min(packed, Math.ceil(length * 1.01) + 64));
			return inflated(some, origin, name, some.length * largestRatio, true).subarray(0, length);
		},
		read() {
			const bytes = ranges.read(begin, begin + packed);
			const content = isStored ? bytes : inflated(bytes, origin, name, size, false);
			if (content.length !== size) throw broken(origin, `${name} has ${content.length} bytes, expected ${size}`);
			if (crc32(content) !== checksum) throw broken(origin, `${name} does not fit its checksum`);
			return content;
		},
	};
}

/** Sizes and place of a member; those that 32 bits cannot hold stand in an extra field, in this order. */
function zip64Sizes(directory: Cursor, start: number, extra: number, extraLength: number) {
	let packed = directory.uint32(start + 20);
	let size = directory.uint32(start + 24);
	let header = directory.uint32(start + 42);
	const isWide = (value: number) => value === 0xffff_ffff;
	for (let at = extra; at + 4 <= extra + extraLength; at += 4 + directory.uint16(at + 2)) {
		if (directory.uint16(at) !== 1) continue;
		let next = at + 4;
		const end = Math.min(next + directory.uint16(at + 2), extra + extraLength);
		const wide = (value: number): number => {
			if (!isWide(value) || next + 8 > end) return value;
			next += 8;
			return directory.uint64(next - 8);
		};
		size = wide(size);
		packed = wide(packed);
		header = wide(header);
	}
	return { size, packed, header };
}

function inflated(bytes: Uint8Array, origin: string, name: string, most: number, isPart: boolean): Uint8Array {
	try {
		// A part ends amid the stream: what there is so far is flushed.
		const options = { maxOutputLength: Math.max(1, most), ...(isPart ? { finishFlush: constants.Z_SYNC_FLUSH } : {}) };
		return inflateRawSync(bytes, options);
	} catch (cause) {
		throw broken(origin, `${name} cannot be inflated to ${most} bytes`, cause);
	}
}

/** Little-endian numbers, and what has been read so far. */
class Cursor {
	readonly #view: DataView;
	#next = 0;

	constructor(bytes: Uint8Array) {
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}

	get length(): number {
		return this.#view.byteLength;
	}

	/** Where the next so many bytes begin. */
	take(length: number, origin: string): number {
		const start = this.#next;
		this.#next += length;
		if (this.#next > this.length) throw broken(origin, "its central directory is cut short");
		return start;
	}

	uint16(at: number): number {
		return this.#view.getUint16(at, true);
	}

	uint32(at: number): number {
		return this.#view.getUint32(at, true);
	}

	/** As a number: beyond 2^53 no file goes, and it is then larger than any. */
	uint64(at: number): number {
		return Number(this.#view.getBigUint64(at, true));
	}

	text(at: number, length: number): string {
		return new TextDecoder().decode(new Uint8Array(this.#view.buffer, this.#view.byteOffset + at, length));
	}
}

function broken(origin: string, what: string, cause?: unknown): SightlineError {
	const hint = "The archive is damaged or of a kind that is not read: fetch or write it again.";
	return new SightlineError("BAD_INPUT", `${origin}: ${what}`, { hint, cause });
}
