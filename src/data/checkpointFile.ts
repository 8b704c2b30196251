/** Opens a checkpoint: a file of weights, or an index with its shards, as the graph of the architecture that it is of. */
import { basename, dirname, join } from "node:path";
import { type Architecture, buildArchitecture } from "../architecture/architecture.ts";
import { recogniseCheckpoint } from "../architecture/recognise/recognise.ts";
import { readCheckpoint } from "../checkpoint/checkpoint.ts";
import { readShards } from "../checkpoint/shards.ts";
import type { Model } from "../onnx/model.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { FileRanges } from "./fileRanges.ts";
import { readJson, readText } from "./readJson.ts";

export interface OpenCheckpoint {
	readonly model: Model;
	readonly architecture: Architecture;
	/** SHA-256 of each file of weights. */
	readonly digests: readonly string[];
	/** What was taken for granted when it was recognised, in sentences. */
	readonly remarks: readonly string[];
}

/** What tells more of a checkpoint, where it lies beside it. */
export function configBeside(file: string): string {
	return join(dirname(file), "config.json");
}

/**
 * The weights are read tensor by tensor into the graph: none is held twice.
 *
 * @param declared its architecture; left out: recognised from its names, its shapes and the config.json beside it
 * @param imageSize what the model shall be built for where its architecture is recognised; left out: what it is for
 * @throws SightlineError NOT_FOUND: a file; BAD_INPUT: what is wrong with it
 */
export async function openCheckpoint(
	file: string,
	declared: Architecture | undefined,
	imageSize: readonly [height: number, width: number] | undefined,
): Promise<OpenCheckpoint> {
	const open: FileRanges[] = [];
	const ranges = (path: string): FileRanges => {
		const opened = new FileRanges(path);
		open.push(opened);
		return opened;
	};
	try {
		const given = file.endsWith(indexEnding)
			? await readIndex(file, ranges)
			: readCheckpoint(ranges(file), basename(file));
		const recognised =
			declared === undefined
				? recogniseCheckpoint(given, await readJson(configBeside(file)), imageSize)
				: { architecture: declared, tensors: given, remarks: [] };
		const { architecture, tensors, remarks } = recognised;
		const model = buildArchitecture(architecture, tensors);
		const digests: string[] = [];
		for (const each of open) digests.push(await each.sha256());
		return { model, architecture, digests, remarks };
	} finally {
		for (const each of open) each.close();
	}
}

/** What an index of shards is called by: "model.safetensors.index.json". */
export const indexEnding = ".index.json";

async function readIndex(file: string, ranges: (path: string) => FileRanges): Promise<ReadonlyMap<string, Tensor>> {
	const text = await readText(file);
	return readShards(text, (shard) => ranges(join(dirname(file), shard)), basename(file));
}
