/** Damages files in many ways, each the same for the same seed. */
import { type Random, random } from "../../src/numerics/random.ts";

/** A copy with one to four damages: bytes changed, lengths made huge, parts cut out, doubled or moved. */
export function mutated(bytes: Uint8Array, seed: number): Uint8Array {
	const source = random(seed, 1);
	let result: Uint8Array = Uint8Array.from(bytes);
	for (let damages = 1 + below(source, 4); damages > 0; damages--) result = damage(result, source);
	return result;
}

function damage(bytes: Uint8Array, source: Random): Uint8Array {
	const at = below(source, bytes.length);
	const length = 1 + below(source, Math.min(64, bytes.length - at));
	const part = bytes.subarray(at, at + length);
	switch (below(source, 7)) {
		case 0:
			bytes[at] = below(source, 256);
			return bytes;
		case 1:
			bytes[at] = (bytes[at] ?? 0) ^ (1 << below(source, 8));
			return bytes;
		case 2:
			return bytes.fill(below(source, 2) === 0 ? 0xff : 0, at, at + Math.min(length, 8));
		case 3:
			return bytes.slice(0, at);
		case 4:
			return joined(bytes.subarray(0, at), bytes.subarray(at + length));
		case 5:
			return joined(bytes.subarray(0, at), part, part, bytes.subarray(at + length));
		default:
			bytes.copyWithin(below(source, bytes.length), at, at + length);
			return bytes;
	}
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
	return Uint8Array.from(Buffer.concat(parts));
}

/** A whole number from 0, below a limit; 0 for none. */
function below(source: Random, limit: number): number {
	return Math.floor(source.uniform() * Math.max(1, limit));
}
