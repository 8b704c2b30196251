/**
 * A checkpoint in several safetensors files, as Hugging Face splits large ones: model.safetensors.index.json names the
 * file, beside it, of each tensor.
 */
import { SightlineError, shown } from "../errors.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { ByteRanges } from "./byteRanges.ts";
import { isObject, readSafetensors } from "./safetensors.ts";

const mostShards = 1000;

/**
 * @param index the text of the index
 * @param open gives a file that lies beside the index, by its name
 * @param origin the index's name, for messages
 * @throws SightlineError BAD_INPUT: a file that is not beside the index, a tensor that is missing, doubled or unannounced
 */
export function readShards(
	index: string,
	open: (file: string) => Uint8Array | ByteRanges,
	origin: string,
): ReadonlyMap<string, Tensor> {
	const fileOf = weightMap(index, origin);
	const files = filesOf(fileOf, origin);
	const tensors = new Map<string, Tensor>();
	for (const file of files) {
		for (const [name, tensor] of readSafetensors(open(file), file)) {
			const announced = fileOf.get(name);
			if (announced !== undefined && announced !== file) {
				throw broken(origin, `the tensor ${name} should be in ${announced}, but is in ${file} too`);
			}
			if (announced === undefined) throw broken(origin, `it does not name the tensor ${name} of ${file}`);
			tensors.set(name, tensor);
		}
	}
	const missing = [...fileOf].find(([name]) => !tensors.has(name));
	if (missing !== undefined) throw broken(origin, `the tensor ${missing[0]} is not in ${missing[1]}`);
	return tensors;
}

/**
 * The files, beside the index, that it names.
 * @throws SightlineError BAD_INPUT: it is no index, or names a file that is not beside it
 */
export function shardFiles(index: string, origin: string): readonly string[] {
	return filesOf(weightMap(index, origin), origin);
}

function filesOf(fileOf: ReadonlyMap<string, string>, origin: string): readonly string[] {
	const files = [...new Set(fileOf.values())].sort();
	if (files.length > mostShards) throw broken(origin, `it names ${files.length} files, at most ${mostShards} are read`);
	return files;
}

function weightMap(index: string, origin: string): ReadonlyMap<string, string> {
	let parsed: unknown;
	try {
		parsed = JSON.parse(index);
	} catch (cause) {
		throw broken(origin, "it is no JSON", cause);
	}
	const map = isObject(parsed) ? parsed.weight_map : undefined;
	if (!isObject(map)) throw broken(origin, 'it has no object "weight_map"');
	return new Map(
		Object.entries(map).map(([name, file]) => {
			// A name, no way: a checkpoint from a stranger reads nothing outside of its folder.
			if (typeof file === "string" && /^[^/\\:\0]+\.safetensors$/.test(file)) return [name, file];
			throw broken(origin, `${name} should be in ${shown(file)}, which is no .safetensors file beside it`);
		}),
	);
}

function broken(origin: string, what: string, cause?: unknown): SightlineError {
	const hint = "The index and its files do not belong together: fetch them again.";
	return new SightlineError("BAD_INPUT", `${origin}: ${what}`, { hint, cause });
}
