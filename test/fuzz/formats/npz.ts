/** Google's checkpoints: numpy archives, stored and deflated. */
import { readFileSync } from "node:fs";
import type { Random } from "../../../src/numerics/random.ts";
import { checkpointCase, checkpointWeights, fixture } from "../../support/checkpoints.ts";
import { arrayBytes, type MemberParts, zipBytes } from "../../support/zipBytes.ts";
import { awkwardNames, damagedBytes, extremeNumbers, oneOf } from "../bytes.ts";
import type { Format } from "../format.ts";
import { readModel } from "./readModel.ts";

const file = "checkpoint.npz";
const whole = ["stored.npz", "compressed.npz"].map((name) => readFileSync(fixture(name)));
const cases = ["google-vit", "google-vit-representation", "google-big-vision", "google-mixer"];

export const npz: Format = {
	damaged: (_seed, source) => ({
		[file]: source.below(3) === 0 ? damagedBytes(oneOf(whole, source), source) : damagedArchive(source),
	}),
	read: (folder, seed) => readModel(folder, [file], seed),
};

/** An archive whose members, or their headers, say something else than they should. */
function damagedArchive(source: Random): Uint8Array {
	const tensors = checkpointWeights(checkpointCase(oneOf(cases, source)));
	const members: MemberParts[] = [...tensors].map(([name, { shape, bytes }]) => ({
		name: `${name}.npy`,
		content: arrayBytes({ descr: "<f4", shape, bytes }),
		method: source.below(2) * 8,
	}));
	for (let damages = 1 + source.below(3); damages > 0; damages--) {
		const at = source.below(members.length);
		const member = members[at];
		if (member !== undefined) members.splice(at, 1, ...damagedMember(member, members, source));
	}
	const count = source.below(10) === 0 ? Math.abs(oneOf(extremeNumbers, source)) : members.length;
	return zipBytes(members, count, source.below(2) === 0);
}

function damagedMember(member: MemberParts, others: readonly MemberParts[], source: Random): readonly MemberParts[] {
	const number = () => Math.abs(oneOf(extremeNumbers, source));
	const { content } = oneOf(others, source);
	switch (source.below(10)) {
		case 0:
			return [];
		case 1:
			return [member, member];
		case 2:
			return [{ ...member, name: `${oneOf(awkwardNames, source).slice(0, 60_000)}${oneOf([".npy", ""], source)}` }];
		case 3:
			return [{ ...member, size: number() }];
		case 4:
			return [{ ...member, header: number() % 2 ** 32 }];
		case 5:
			return [{ ...member, flags: number() % 2 ** 16 }];
		case 6:
			return [{ ...member, content }];
		default:
			return [{ ...member, content: withDamagedHeader(member.content, source) }];
	}
}

/** Another header of as many bytes, or of more, before the same elements. */
function withDamagedHeader(array: Uint8Array, source: Random): Uint8Array {
	const side = () => `${oneOf(extremeNumbers, source)}`;
	const shape = oneOf(
		[
			side(),
			`${side()}, ${side()}`,
			"",
			"0, ".repeat(1 + source.below(70)),
			`0, ${side()}`,
			"1, ".repeat(40),
			"x",
			"(1,)",
		],
		source,
	);
	const descr = oneOf(
		["<f2", "<f4", "<f8", ">f4", "|O", "<i8", "|b1", "|V2", "<c8", "[('a', '<f4')]", "<f99", "toString"],
		source,
	);
	const header = new TextDecoder("latin1").decode(array.subarray(10, 128));
	const changed = [
		() => header.replace(/\([^)]*\)/, `(${shape})`),
		() => header.replace(/'descr': '[^']*'/, `'descr': '${descr}'`),
		() => header.replace("False", "True"),
		() => header.replace("'shape'", "'shapes'"),
		() => `${" ".repeat(source.below(12_000))}${header}`,
	];
	const text = oneOf(changed, source)();
	const start = Uint8Array.from(array.subarray(0, 10));
	new DataView(start.buffer).setUint16(8, text.length, true);
	if (source.below(5) === 0) start[6] = source.below(256);
	return new Uint8Array(Buffer.concat([start, Buffer.from(text, "latin1"), array.subarray(128)]));
}
