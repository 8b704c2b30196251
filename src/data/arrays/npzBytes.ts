/** The bytes of one image within an array of an .npz. */
import { isStored } from "../../checkpoint/byteRanges.ts";
import { readNpz } from "../../checkpoint/npz.ts";
import { SightlineError } from "../../errors.ts";
import { byteCount, type Tensor } from "../../tensor/tensor.ts";
import { FileRanges } from "../fileRanges.ts";
import type { BytePlace } from "../imageSet.ts";
import { stateOf, statFile } from "../stored/fileState.ts";

type NpzPlace = Extract<BytePlace, { in: "npz" }>;

/** An array that is compressed is unpacked as a whole, to read any of it. */
export const maxUnpackedBytes = 2 ** 29;

/** The compressed array that was read last. */
let kept: { readonly key: string; readonly bytes: Uint8Array } | null = null;

/** @throws SightlineError BAD_INPUT where the array is not there, shorter, or too large to be unpacked */
export async function npzBytes({ file, array, start, length }: NpzPlace): Promise<Uint8Array> {
	const key = JSON.stringify([file, array, stateOf(await statFile(file))]);
	if (kept?.key === key) return kept.bytes.subarray(start, start + length);
	return withNpz(file, (arrays) => {
		const tensor = arrays.get(array);
		if (tensor === undefined || start + length > byteCount(tensor.type, tensor.shape)) {
			throw new SightlineError("BAD_INPUT", `${array} has no bytes ${start} to ${start + length}`);
		}
		if (isStored(tensor)) return tensor.part(start, start + length);
		requireUnpackable(array, tensor);
		kept = { key, bytes: tensor.bytes };
		return kept.bytes.subarray(start, start + length);
	});
}

/** @throws SightlineError BAD_INPUT a compressed array that would take too much memory */
export function requireUnpackable(name: string, tensor: Tensor): void {
	const bytes = byteCount(tensor.type, tensor.shape);
	if (isStored(tensor) || bytes <= maxUnpackedBytes) return;
	throw new SightlineError("BAD_INPUT", `${name} unpacks to ${bytes} bytes, at most ${maxUnpackedBytes} are`, {
		hint: "Write it with numpy.savez, not savez_compressed: images are then read from where they stand.",
	});
}

/** The arrays of a file, while it is open. */
export function withNpz<Result>(file: string, use: (arrays: ReadonlyMap<string, Tensor>) => Result): Result {
	const ranges = new FileRanges(file);
	try {
		return use(readNpz(ranges, file));
	} finally {
		ranges.close();
	}
}
