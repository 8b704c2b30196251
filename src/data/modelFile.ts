/** Opens models: an entry of the zoo by its id, an ONNX file by its path, or what is derived from either. */
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import type { Anatomy } from "../anatomy/anatomy.ts";
import { findAnatomy } from "../anatomy/findAnatomy.ts";
import { type SkipChoice, withoutSkips } from "../anatomy/withoutSkips.ts";
import type { Architecture } from "../architecture/architecture.ts";
import { notFound, SightlineError } from "../errors.ts";
import { decodeModel } from "../onnx/decode.ts";
import type { Model } from "../onnx/model.ts";
import { standardForm } from "../onnx/standard/standardForm.ts";
import { digestOf, type ModelIdentity } from "../plan/measurement.ts";
import { checkAnatomy } from "../zoo/checkAnatomy.ts";
import type { ModelEntry, ModelSource } from "../zoo/entry.ts";
import { describePreprocessing, type Preprocessing, plusMinusOne } from "../zoo/preprocessing.ts";
import { zoo } from "../zoo/zoo.ts";
import { configBeside, indexEnding, type OpenCheckpoint, openCheckpoint } from "./checkpointFile.ts";
import { ExternalFiles } from "./externalFiles.ts";
import { formatModelReference, parseModelReference } from "./modelReference.ts";
import { packageRoot } from "./packageRoot.ts";
import { isAddress } from "./remote/address.ts";

export interface OpenModel {
	readonly entry: ModelEntry;
	/** Takes batches of any size. */
	readonly model: Model;
	readonly anatomy: Anatomy;
	readonly identity: ModelIdentity;
	readonly preprocessing: Preprocessing;
	/** Of its files, as an entry states it. */
	readonly sha256: string;
}

/** Where the embedded models' weights and cards are. */
export const weightsFolder: string = join(packageRoot, "src/zoo/weights");

/**
 * A model by the id of an entry, or by the path of an .onnx file or of a checkpoint, which is taken to want pixels in
 * -1..1; behind either may stand what is left out of it (modelReference.ts). A file is read once for as long as it does not change; what
 * failed is tried again.
 * @throws SightlineError NOT_FOUND: neither an entry (with near misses) nor a file; BAD_INPUT: the file and what is wrong
 */
export const openModel: (idOrPath: string) => Promise<OpenModel> = modelOpener(zoo, weightsFolder);

/** Where the file of an address is on this machine, fetched where it is not here. */
export type Locate = (address: string) => Promise<string>;

async function locateNothing(address: string): Promise<string> {
	throw new SightlineError("BAD_INPUT", `${address} is elsewhere, and nothing is fetched here`, {
		hint: "Give the path of a file.",
	});
}

/**
 * @param folder that the entries' files are relative to
 * @param locate for files that are named by an address; without it they are refused
 */
export function modelOpener(
	entries: readonly ModelEntry[],
	folder: string,
	locate: Locate = locateNothing,
): (idOrPath: string) => Promise<OpenModel> {
	const opened = new Map<string, Promise<OpenFile>>();
	const openBase = async (idOrPath: string): Promise<OpenModel> => {
		const known = entries.find(({ id }) => id === idOrPath);
		const named = known?.source.file ?? idOrPath;
		const located = isAddress(named) ? await locate(named) : null;
		const entry = known ?? { ...entryOfPath(located ?? idOrPath, entries), id: idOrPath };
		const file = located ?? resolve(folder, entry.source.file);
		const key = `${JSON.stringify(entry)}\n${await stateOf(file, entry)}`;
		const before = opened.get(key);
		const kept = await before;
		if (kept?.isCurrent()) return kept.open;
		// Meanwhile another may have begun to open it.
		if (opened.get(key) !== before) return openBase(idOrPath);
		const opening = openEntry(entry, file);
		opened.set(key, opening);
		opening.catch(() => opened.delete(key));
		return (await opening).open;
	};
	return async (reference) => {
		const { base, withoutSkips } = parseModelReference(reference);
		const open = await openBase(base);
		return withoutSkips.length === 0 ? open : ablated(open, withoutSkips);
	};
}

/** The model without some of its skips, under an id and a digest of its own. */
function ablated(open: OpenModel, choices: readonly SkipChoice[]): OpenModel {
	const { entry, identity } = open;
	const id = formatModelReference({ base: entry.id, withoutSkips: choices });
	const { model, anatomy } = withoutSkips(open.model, open.anatomy, choices);
	const removed = id.slice(entry.id.length);
	return {
		...open,
		entry: { ...entry, id, title: `${entry.title}, skips of ${blocksOf(choices)} taken out` },
		model,
		anatomy,
		identity: { ...identity, id, digest: digestOf({ base: identity.digest, removed }) },
	};
}

/** "block 3", "blocks 2 (attention), 5". */
function blocksOf(choices: readonly SkipChoice[]): string {
	const names = choices.map(({ block, branch }) => (branch === "all" ? `${block}` : `${block} (${branch})`));
	return `block${names.length === 1 ? "" : "s"} ${names.join(", ")}`;
}

function entryOfPath(path: string, entries: readonly ModelEntry[]): ModelEntry {
	const kind = kindOf(path);
	if (kind === null) {
		throw notFound(
			"model",
			path,
			entries.map(({ id }) => id),
		);
	}
	return {
		id: path,
		title: basename(path),
		source: { kind, file: resolve(path) },
		preprocessing: plusMinusOne,
		labels: null,
		standsFor: null,
		analogyEnds: null,
		overrides: {},
		expected: null,
	};
}

/** What a file holds by its name; null where it is none of a model. */
function kindOf(path: string): ModelSource["kind"] | null {
	const extension = extname(path).toLowerCase();
	if (extension === ".onnx") return "onnx";
	if (extension === ".npz") return "npz";
	// Pickles are refused by what they hold, with the way to convert them.
	const isCheckpoint = [".safetensors", ".bin", ".pt", ".pth", ".ckpt"].includes(extension);
	return isCheckpoint || path.endsWith(indexEnding) ? "safetensors" : null;
}

/** What changes when a file does, or the config that a checkpoint is recognised by. */
async function stateOf(file: string, { id, source }: ModelEntry): Promise<string> {
	const isRecognised = source.kind !== "onnx" && source.architecture === undefined;
	const config = isRecognised ? await stateOfFile(configBeside(file)).catch(() => "") : "";
	try {
		return `${await stateOfFile(file)} ${config}`;
	} catch (cause) {
		throw new SightlineError("NOT_FOUND", `${id}: there is no file ${file}`, { cause });
	}
}

async function stateOfFile(file: string): Promise<string> {
	const { mtimeMs, size } = await stat(file);
	return `${file} ${size} ${mtimeMs}`;
}

interface OpenFile {
	readonly open: OpenModel;
	readonly isCurrent: () => boolean;
}

async function openEntry(entry: ModelEntry, file: string): Promise<OpenFile> {
	const { preprocessing, overrides, source } = entry;
	try {
		const { model, digests, architecture, remarks, isCurrent } =
			source.kind === "onnx"
				? await openOnnx(file)
				: { ...(await openCheckpoint(file, source.architecture, overrides.imageSize)), isCurrent: () => true };
		const sha256 = sha256Of(digests);
		if (entry.sha256 !== undefined && entry.sha256 !== sha256) throw otherWeights(entry.sha256, sha256);
		const found = findAnatomy(model, overrides);
		const anatomy = remarks.length === 0 ? found : { ...found, remarks: [...remarks, ...found.remarks] };
		checkAnatomy(entry, anatomy);
		const identity: ModelIdentity = {
			id: entry.id,
			digest: digestOf({ files: digests, architecture, overrides }),
			anatomyVersion: anatomy.version,
			preprocessing: describePreprocessing(preprocessing),
			precision: "float32",
		};
		return { open: { entry, model, anatomy, identity, preprocessing, sha256 }, isCurrent };
	} catch (cause) {
		if (!(cause instanceof SightlineError)) throw cause;
		const { code, message, hint } = cause;
		throw new SightlineError(code, `${file}: ${message}`, { cause, ...(hint === undefined ? {} : { hint }) });
	}
}

/** @param digests of the files; what each is the SHA-256 of is not read again */
function sha256Of(digests: readonly string[]): string {
	const [only = "", ...others] = digests;
	return others.length === 0 ? only : hexOf(Buffer.from(digests.join("")));
}

function otherWeights(stated: string, found: string): SightlineError {
	return new SightlineError("BAD_INPUT", `its SHA-256 is ${found}, not ${stated} as its entry says`, {
		hint: "It is not the model that was added: bring that one back, or add this one again, which writes its SHA-256.",
	});
}

/** What a file of any kind is opened as. */
type Opened = Omit<OpenCheckpoint, "architecture"> & {
	readonly architecture: Architecture | null;
	/** Whether the weights that are still to be read are those that its digest is of. */
	readonly isCurrent: () => boolean;
};

async function openOnnx(file: string): Promise<Opened> {
	const bytes = await readGraph(file);
	const further = new ExternalFiles(dirname(file));
	const model = standardForm(decodeModel(bytes, { externalData: (location) => further.open(location) }));
	const digests = [hexOf(bytes), ...(await further.digests())];
	return { model, digests, architecture: null, remarks: [], isCurrent: () => further.areUnchanged() };
}

/** A message of Protobuf ends below 2 GB, and a file is read whole. */
async function readGraph(file: string): Promise<Uint8Array> {
	const { size } = await stat(file);
	if (size < 2 ** 31) return readFile(file);
	throw new SightlineError("BAD_INPUT", `an ONNX graph has less than 2 GB, and the file has ${size} bytes`, {
		hint: "Export it with its weights in a second file (external data).",
	});
}

/** SHA-256 in hexadecimal. */
function hexOf(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}
