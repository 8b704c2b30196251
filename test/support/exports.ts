/** The models of test/fixtures/exports: graphs as other programs wrote them, and what the networks' own modules say. */
import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Anatomy } from "../../src/anatomy/anatomy.ts";
import { random } from "../../src/numerics/random.ts";
import { decodeModel } from "../../src/onnx/decode.ts";
import type { Model } from "../../src/onnx/model.ts";

const folder = new URL("../fixtures/exports/", import.meta.url);

/** What networks.py counted in a network's modules. */
export interface Truth {
	readonly kinds: readonly string[];
	readonly blocks: number;
	/** Of each attention, in the order of the forward pass. */
	readonly heads: readonly number[];
	readonly residualAdditions: number;
	readonly grid: readonly number[] | null;
	/** That enter the first block. */
	readonly tokens: number | null;
	readonly classToken: boolean | null;
	readonly pooling: string | null;
	readonly classes: number;
	readonly parameters: number;
	/** Of a network without blocks of its own. */
	readonly convolutions?: number;
}

/** One model of the folder: a network of a library, written by an exporter. */
export interface Export {
	/** "vit.timm.traced" */
	readonly name: string;
	/** "vit.timm" */
	readonly network: string;
	/** "traced" */
	readonly way: string;
	readonly truth: Truth;
	/** What is known to be found otherwise than its modules count; undefined where nothing is. */
	readonly shortfall: Shortfall | undefined;
}

/** Of a network that is recognised in part, or not at all: what shortfalls.json says. */
export interface Shortfall {
	/** What is not told, for a reader of the README: sentences. */
	readonly missed: string;
	/** What is found in place of what is counted, by its name in Truth; null where the network is refused. */
	readonly found: Partial<Truth> | null;
}

const truths: Readonly<Record<string, Truth>> = JSON.parse(readFileSync(new URL("truth.json", folder), "utf8"));

const shortfalls: Readonly<Record<string, Shortfall>> = JSON.parse(
	readFileSync(new URL("shortfalls.json", folder), "utf8"),
);

/** Every model of the folder, in the order of their names. */
export const exports: readonly Export[] = readdirSync(new URL("models/", folder))
	.map((file) => file.replace(/\.onnx\.gz$/, ""))
	.sort()
	.map((name) => {
		const [network = "", way = ""] = [name.slice(0, name.lastIndexOf(".")), name.slice(name.lastIndexOf(".") + 1)];
		const truth = truths[network];
		if (truth === undefined) throw new Error(`truth.json says nothing of ${network}`);
		return { name, network, way, truth, shortfall: shortfalls[network] };
	});

/** What truth.json counts, as it is found. */
export function countsOf({ blocks, attentions, residuals, tokens, pooling, output }: Anatomy) {
	return {
		kinds: [...new Set(blocks.map(({ kind }) => kind))].sort(),
		blocks: blocks.length,
		heads: attentions.map(({ heads }) => heads),
		residualAdditions: residuals.length,
		grid: tokens?.grid ?? null,
		tokens: tokens?.count ?? null,
		classToken: tokens?.classToken ?? null,
		pooling,
		classes: output.classes,
	};
}

/** The model as its exporter wrote it, with weights made of their seeds. */
export function exportedModel(name: string): Model {
	const bytes = gunzipSync(readFileSync(new URL(`models/${name}.onnx.gz`, folder)));
	return decodeModel(bytes, { externalData: weightsOf });
}

/** "uniform:<count>:<seed>:<low>:<high>" as float32, "bytes:..." as int8; what is longer than a period repeats it. */
function weightsOf(location: string): Uint8Array {
	const [kind, ...words] = location.split(":");
	const [count = 0, seed = 0, low = 0, high = 0] = words.map(Number);
	const source = random(seed, count);
	const drawn = Float32Array.from({ length: Math.min(count, longest) }, () => source.between(low, high));
	const period = kind === "bytes" ? Uint8Array.from(drawn) : new Uint8Array(drawn.buffer);
	if (kind !== "bytes" && kind !== "uniform") throw new Error(`no weights are made of "${location}"`);
	const bytes = new Uint8Array(kind === "bytes" ? count : 4 * count);
	for (let from = 0; from < bytes.length; from += period.length)
		bytes.set(period.subarray(0, bytes.length - from), from);
	return bytes;
}

const longest = 2 ** 16;
