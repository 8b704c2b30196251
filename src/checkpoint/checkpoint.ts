/** A file of weights, whatever its format: told by how it begins, never by its name. */
import type { Tensor } from "../tensor/tensor.ts";
import { type ByteRanges, rangesOf } from "./byteRanges.ts";
import { readNpz } from "./npz.ts";
import { isPickle, isPickledArchive, pickleRefused } from "./pickle.ts";
import { readSafetensors } from "./safetensors.ts";
import { readZip } from "./zip.ts";

/**
 * The tensors of a safetensors file or of a numpy archive, by name.
 *
 * @param source in memory, or by ranges: then each tensor is read when it is asked for
 * @param origin the file's name, for messages
 * @throws SightlineError BAD_INPUT: what is wrong; a PyTorch pickle, with the command that converts it
 */
export function readCheckpoint(source: Uint8Array | ByteRanges, origin: string): ReadonlyMap<string, Tensor> {
	const ranges = source instanceof Uint8Array ? rangesOf(source) : source;
	const head = ranges.read(0, Math.min(9, ranges.size));
	// The length of a header may well look like the beginning of a pickle.
	if (isSafetensors(head)) return readSafetensors(source, origin);
	if (isPickle(head)) throw pickleRefused(origin);
	const isZip = head[0] === 0x50 && head[1] === 0x4b;
	if (!isZip) return readSafetensors(source, origin);
	if (isPickledArchive(readZip(ranges, origin))) throw pickleRefused(origin);
	return readNpz(source, origin);
}

/** A length below 4 GB, little-endian, and the brace that opens the header. */
function isSafetensors(head: Uint8Array): boolean {
	return head.length > 8 && head.subarray(4, 8).every((byte) => byte === 0) && head[8] === 0x7b;
}
