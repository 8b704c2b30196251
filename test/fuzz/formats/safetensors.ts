/** Checkpoints in safetensors: a file with its config.json, or shards with their index. */
import { readdirSync, readFileSync } from "node:fs";
import { writeSafetensors } from "../../../src/checkpoint/safetensors.ts";
import type { Random } from "../../../src/numerics/random.ts";
import { checkpointCase, checkpointCases, checkpointWeights, fixture } from "../../support/checkpoints.ts";
import { damagedBytes, extremeNumbers, joined, oneOf } from "../bytes.ts";
import type { Files, Format } from "../format.ts";
import { damagedJson } from "../json.ts";
import { readModel } from "./readModel.ts";

const file = "model.safetensors";
const index = `${file}.index.json`;

/** Those that are small; the others say nothing new. */
const names = Object.entries(checkpointCases)
	.filter(([, { architecture }]) => architecture === undefined)
	.filter(([name, { tensors }]) => !name.startsWith("google") && isSmall(Object.values(tensors)))
	.map(([name]) => name);

function isSmall(tensors: readonly (readonly [readonly number[], number, number])[]): boolean {
	return tensors.reduce((sum, [shape]) => sum + shape.reduce((a, b) => a * b, 1), 0) < 30_000;
}

export const safetensors: Format = {
	damaged: (_seed, source) => (source.below(6) === 0 ? damagedShards(source) : damagedFile(source)),
	read: (folder, seed) => readModel(folder, [index, file], seed),
};

function damagedFile(source: Random): Files {
	const { config, ...content } = checkpointCase(oneOf(names, source));
	const bytes = writeSafetensors(checkpointWeights(content));
	const beside = config === null ? "{}" : JSON.stringify(config);
	switch (source.below(4)) {
		case 0:
			return { [file]: damagedBytes(bytes, source), "config.json": beside };
		case 1:
			return { [file]: bytes, "config.json": damagedJson(config ?? {}, source) };
		default:
			return { [file]: withDamagedHeader(bytes, source), "config.json": beside };
	}
}

/** Another header before the same tensors; now and then its length is wrong. */
function withDamagedHeader(bytes: Uint8Array, source: Random): Uint8Array {
	const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
	const header = damagedJson(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))), source);
	const encoded = new TextEncoder().encode(header);
	const announced = source.below(8) === 0 ? oneOf(extremeNumbers, source) : encoded.length;
	const begin = new Uint8Array(8);
	new DataView(begin.buffer).setBigUint64(0, BigInt.asUintN(64, BigInt(announced)), true);
	return joined(begin, encoded, bytes.subarray(8 + length));
}

function damagedShards(source: Random): Files {
	const folder = fixture("sharded/");
	const files = Object.fromEntries(
		readdirSync(folder).map((name) => [name, new Uint8Array(readFileSync(new URL(name, folder)))]),
	);
	const name = oneOf(Object.keys(files), source);
	const bytes = files[name] ?? new Uint8Array();
	const damaged = name.endsWith(".json")
		? damagedJson(JSON.parse(new TextDecoder().decode(bytes)), source)
		: withDamagedHeader(bytes, source);
	return { ...files, [name]: damaged };
}
