/** A model elsewhere as files of this machine: which of a repository's files are it, and those that it needs beside it. */
import { posix } from "node:path";
import { shardFiles } from "../../checkpoint/shards.ts";
import { SightlineError } from "../../errors.ts";
import { readText } from "../readJson.ts";
import { type Address, formatAddress, type HubAddress, parseAddress } from "./address.ts";
import type { FetchOptions } from "./obtain.ts";
import type { RemoteFiles } from "./remoteFiles.ts";

export interface FetchModelOptions extends FetchOptions {
	/** Of all its files together; nothing but RemoteFiles' bound of each if left out. */
	readonly maxBytes?: number;
}

export interface FetchedModel {
	/** Of this machine; what it needs beside it lies there too. */
	readonly file: string;
	/** By which the same file is found for ever: with the commit that a branch or a tag meant. */
	readonly address: string;
}

/** Which file of a repository is its model, first to last: a graph says more than weights. */
const preferred = ["onnx/model.onnx", "model.onnx", "model.safetensors", "model.safetensors.index.json"];
const modelFile = /\.(?:onnx|safetensors|npz)$/;
const indexFile = /\.safetensors\.index\.json$/;

/**
 * @param text "hf:owner/name[@revision][:path]" or an https URL
 * @throws SightlineError NOT_FOUND: no model among the files, with what there is; LIMIT; otherwise as RemoteFiles
 */
export async function fetchModel(
	remote: RemoteFiles,
	text: string,
	options: FetchModelOptions = {},
): Promise<FetchedModel> {
	const asked = parseAddress(text);
	const address = asked.kind === "hub" && asked.path === null ? await chooseFile(remote, asked, options) : asked;
	const fetched = await remote.fetch(address, options);
	if (fetched.address.kind === "hub") await fetchBeside(remote, fetched.address, fetched.path, options);
	return { file: fetched.path, address: formatAddress(fetched.address) };
}

async function chooseFile(remote: RemoteFiles, address: HubAddress, options: FetchOptions): Promise<Address> {
	const { commit, files } = await remote.list(address.repository, address.revision, options);
	const paths = files.map(({ path }) => path);
	const models = paths.filter((path) => modelFile.test(path) || indexFile.test(path));
	const path = preferred.find((one) => paths.includes(one)) ?? (models.length === 1 ? models[0] : undefined);
	if (path === undefined) {
		throw new SightlineError("NOT_FOUND", `${formatAddress(address)} does not say which of its files is the model`, {
			hint:
				models.length === 0
					? `It holds no .onnx, .safetensors or .npz file, only ${paths.slice(0, 12).join(", ")}.`
					: `Name one behind a colon: ${models.slice(0, 12).join(", ")}.`,
		});
	}
	return { ...address, revision: commit, path };
}

/** Files that a model is read with, as far as its repository has them. */
async function fetchBeside(
	remote: RemoteFiles,
	address: HubAddress,
	file: string,
	options: FetchModelOptions,
): Promise<void> {
	const path = address.path ?? "";
	const { files } = await remote.list(address.repository, address.revision, options);
	const there = new Map(files.map((one) => [one.path, one.sizeBytes]));
	const folder = posix.dirname(path);
	const configs = ["config.json", "preprocessor_config.json"].flatMap((name) => [name, posix.join(folder, name)]);
	const shards = indexFile.test(path) ? shardFiles(await readText(file), posix.basename(path)) : [];
	const weights = [...there.keys()].filter((one) => one.startsWith(`${path}_data`) || one.startsWith(`${path}.data`));
	const beside = [...configs, ...weights].filter((one) => there.has(one));
	// A shard that is not there is an error that names it.
	const wanted = new Set([path, ...beside, ...shards.map((shard) => posix.join(folder, shard))]);
	const bytes = [...wanted].reduce((sum, one) => sum + (there.get(one) ?? 0), 0);
	const { maxBytes = Number.POSITIVE_INFINITY } = options;
	if (bytes > maxBytes) {
		throw new SightlineError("LIMIT", `${formatAddress(address)} has ${bytes} bytes, at most ${maxBytes} are fetched`);
	}
	for (const one of wanted) if (one !== path) await remote.fetch({ ...address, path: one }, options);
}
