/** Damages to bytes of any kind, each the same for the same numbers. */
import type { Random } from "../../src/numerics/random.ts";

/** A copy with one to four damages: bytes changed, lengths made huge, parts cut out, doubled or moved. */
export function damagedBytes(bytes: Uint8Array, source: Random): Uint8Array {
	let result: Uint8Array = Uint8Array.from(bytes);
	for (let damages = 1 + source.below(4); damages > 0; damages--) result = damage(result, source);
	return result;
}

function damage(bytes: Uint8Array, source: Random): Uint8Array {
	const at = source.below(bytes.length);
	const length = 1 + source.below(Math.min(64, bytes.length - at));
	const part = bytes.subarray(at, at + length);
	switch (source.below(7)) {
		case 0:
			bytes[at] = source.below(256);
			return bytes;
		case 1:
			bytes[at] = (bytes[at] ?? 0) ^ (1 << source.below(8));
			return bytes;
		case 2:
			return bytes.fill(source.below(2) === 0 ? 0xff : 0, at, at + Math.min(length, 8));
		case 3:
			return bytes.slice(0, at);
		case 4:
			return joined(bytes.subarray(0, at), bytes.subarray(at + length));
		case 5:
			return joined(bytes.subarray(0, at), part, part, bytes.subarray(at + length));
		default:
			bytes.copyWithin(source.below(bytes.length), at, at + length);
			return bytes;
	}
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
	return Uint8Array.from(Buffer.concat(parts));
}

/** One of several. */
export function oneOf<T>(choices: readonly T[], source: Random): T {
	const chosen = choices[source.below(choices.length)];
	if (chosen === undefined) throw new Error("nothing to choose from");
	return chosen;
}

/** Numbers that stand where a side, a count, a length or an offset is expected. */
export const extremeNumbers: readonly number[] = [
	0,
	1,
	-1,
	2,
	3,
	7,
	255,
	65_535,
	65_537,
	2 ** 24,
	2 ** 28,
	2 ** 31 - 1,
	2 ** 31,
	2 ** 32,
	2 ** 53 - 1,
	2 ** 53,
	2 ** 63,
	-(2 ** 31),
	-(2 ** 53),
	-(2 ** 63),
];

/** Names that mean something to a language, a file system or an editor. */
export const awkwardNames: readonly string[] = [
	"",
	" ",
	".",
	"..",
	"../../escaped",
	"/tmp/escaped",
	"C:\\escaped",
	"__proto__",
	"constructor",
	"toString",
	"a\0b",
	"\u202e",
	"name".repeat(2000),
];
