/**
 * numpy's archives (numpy.savez, numpy.savez_compressed): a zip with an array, `<name>.npy`, for each tensor, as Google
 * publishes the weights of ViT, Mixer and BiT. A name may have slashes: it never becomes a path.
 */
import { SightlineError } from "../errors.ts";
import { permuted } from "../tensor/permute.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type ByteRanges, lazily, rangesOf, storedTensor } from "./byteRanges.ts";
import { longestHeader, readArrayHeader } from "./npy.ts";
import { readZip, type ZipMember } from "./zip.ts";

/**
 * The tensors by name. What is stored plainly stays in the ranges until it is asked for; what is deflated, or has its
 * first axis fastest, is unpacked each time and not kept.
 *
 * @param origin the file's name, for messages
 * @throws SightlineError BAD_INPUT: what is wrong, where, and what was expected; a damaged member only when it is read
 */
export function readNpz(source: Uint8Array | ByteRanges, origin = "npz"): ReadonlyMap<string, Tensor> {
	const ranges = source instanceof Uint8Array ? rangesOf(source) : source;
	const members = readZip(ranges, origin);
	const other = members.find(({ name }) => !name.endsWith(".npy"));
	if (members.length === 0 || other !== undefined) {
		const what = other === undefined ? "it is empty" : `it holds ${other.name}, which is no .npy`;
		throw new SightlineError("BAD_INPUT", `${origin}: ${what}; expected arrays of numpy.savez`);
	}
	return new Map(members.map((member) => [member.name.slice(0, -4), arrayOf(ranges, member, origin)]));
}

function arrayOf(ranges: ByteRanges, member: ZipMember, origin: string): Tensor {
	const header = readArrayHeader(member.head(longestHeader), member.size, `${origin}: ${member.name}`);
	const { type, shape, isFortran, length } = header;
	if (isFortran && shape.length > 1) {
		const turned = shape.toReversed();
		const axes = turned.map((_, axis) => turned.length - 1 - axis);
		const content = () => ({ type, shape: turned, bytes: member.read().subarray(length) });
		return lazily(type, shape, () => permuted(content(), axes).bytes);
	}
	if (member.place === null) return lazily(type, shape, () => member.read().subarray(length));
	const begin = member.place + length;
	return storedTensor(type, shape, {
		// All bytes are held against their checksum; a part of them cannot be.
		read: () => member.read().subarray(length),
		part: (from, to) => ranges.read(begin + from, begin + to),
	});
}
