/** Opens models: an entry of the zoo by its id, an ONNX file by its path, or what is derived from either. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, extname, isAbsolute, join, relative, resolve } from "node:path";
import type { Anatomy } from "../anatomy/anatomy.ts";
import { findAnatomy } from "../anatomy/findAnatomy.ts";
import { type SkipChoice, withoutSkips } from "../anatomy/withoutSkips.ts";
import { buildArchitecture } from "../architecture/architecture.ts";
import { readSafetensors } from "../checkpoint/safetensors.ts";
import { notFound, SightlineError } from "../errors.ts";
import { decodeModel } from "../onnx/decode.ts";
import type { Model } from "../onnx/model.ts";
import { standardForm } from "../onnx/standard/standardForm.ts";
import { digestOf, type ModelIdentity } from "../plan/measurement.ts";
import { checkAnatomy } from "../zoo/checkAnatomy.ts";
import type { ModelEntry } from "../zoo/entry.ts";
import { describePreprocessing, type Preprocessing, plusMinusOne } from "../zoo/preprocessing.ts";
import { zoo } from "../zoo/zoo.ts";
import { formatModelReference, parseModelReference } from "./modelReference.ts";
import { packageRoot } from "./packageRoot.ts";

export interface OpenModel {
	readonly entry: ModelEntry;
	/** Takes batches of any size. */
	readonly model: Model;
	readonly anatomy: Anatomy;
	readonly identity: ModelIdentity;
	readonly preprocessing: Preprocessing;
}

/** Where the embedded models' weights and cards are. */
export const weightsFolder: string = join(packageRoot, "src/zoo/weights");

/**
 * A model by the id of an entry, or by the path of an .onnx file, which is taken to want pixels in -1..1; behind either
 * may stand what is left out of it (modelReference.ts). A file is read once for as long as it does not change; what
 * failed is tried again.
 * @throws SightlineError NOT_FOUND: neither an entry (with near misses) nor a file; BAD_INPUT: the file and what is wrong
 */
export const openModel: (idOrPath: string) => Promise<OpenModel> = modelOpener(zoo, weightsFolder);

/** @param folder that the entries' files are relative to */
export function modelOpener(entries: readonly ModelEntry[], folder: string): (idOrPath: string) => Promise<OpenModel> {
	const opened = new Map<string, Promise<OpenModel>>();
	const openBase = async (idOrPath: string): Promise<OpenModel> => {
		const entry = entries.find(({ id }) => id === idOrPath) ?? entryOfPath(idOrPath, entries);
		const file = resolve(folder, entry.source.file);
		const key = `${entry.id}\n${await stateOf(file, entry)}`;
		const known = opened.get(key);
		if (known !== undefined) return known;
		const opening = openEntry(entry, file);
		opened.set(key, opening);
		opening.catch(() => opened.delete(key));
		return opening;
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
		entry: { ...entry, id, title: `${entry.title} (${removed.slice(1).replace("=", " ")})` },
		model,
		anatomy,
		identity: { ...identity, id, digest: digestOf({ base: identity.digest, removed }) },
	};
}

function entryOfPath(path: string, entries: readonly ModelEntry[]): ModelEntry {
	const extension = extname(path).toLowerCase();
	if (extension === ".safetensors") {
		throw new SightlineError("BAD_INPUT", `${path}: weights alone do not say what network they belong to`, {
			hint: "Give an .onnx file.",
		});
	}
	if (extension !== ".onnx") {
		throw notFound(
			"model",
			path,
			entries.map(({ id }) => id),
		);
	}
	return {
		id: path,
		title: basename(path),
		source: { kind: "onnx", file: resolve(path) },
		preprocessing: plusMinusOne,
		labels: null,
		standsFor: null,
		overrides: {},
		expected: null,
	};
}

/** What changes when a file does. */
async function stateOf(file: string, entry: ModelEntry): Promise<string> {
	try {
		const { mtimeMs, size } = await stat(file);
		return `${file} ${size} ${mtimeMs}`;
	} catch (cause) {
		throw new SightlineError("NOT_FOUND", `${entry.id}: there is no file ${file}`, { cause });
	}
}

async function openEntry(entry: ModelEntry, file: string): Promise<OpenModel> {
	const { preprocessing, overrides, source } = entry;
	const bytes = await readFile(file);
	const further = new ExternalFiles(dirname(file));
	try {
		const model =
			source.kind === "safetensors"
				? buildArchitecture(source.architecture, readSafetensors(bytes, basename(file)))
				: standardForm(decodeModel(bytes, { externalData: (location) => further.read(location) }));
		const anatomy = findAnatomy(model, overrides);
		checkAnatomy(entry, anatomy);
		const files = [bytes, ...further.contents].map(sha256);
		const architecture = source.kind === "safetensors" ? source.architecture : null;
		const identity: ModelIdentity = {
			id: entry.id,
			digest: digestOf({ files, architecture, overrides }),
			anatomyVersion: anatomy.version,
			preprocessing: describePreprocessing(preprocessing),
			precision: "float32",
		};
		return { entry, model, anatomy, identity, preprocessing };
	} catch (cause) {
		if (!(cause instanceof SightlineError)) throw cause;
		const { code, message, hint } = cause;
		throw new SightlineError(code, `${file}: ${message}`, { cause, ...(hint === undefined ? {} : { hint }) });
	}
}

/** Files of weights that a model names; only of the model's own folder, since a model is data from a stranger. */
class ExternalFiles {
	readonly #folder: string;
	readonly #read = new Map<string, Uint8Array>();

	constructor(folder: string) {
		this.#folder = folder;
	}

	/** In the order in which the model names them first. */
	get contents(): readonly Uint8Array[] {
		return [...this.#read.values()];
	}

	read(location: string): Uint8Array {
		const path = resolve(this.#folder, location);
		const inside = relative(this.#folder, path);
		if (isAbsolute(location) || isAbsolute(inside) || inside.startsWith("..")) {
			throw new SightlineError("BAD_INPUT", `it keeps weights in ${location}, which is not in its own folder`);
		}
		const bytes = this.#read.get(path) ?? this.#fresh(path, location);
		this.#read.set(path, bytes);
		return bytes;
	}

	#fresh(path: string, location: string): Uint8Array {
		try {
			return readFileSync(path);
		} catch (cause) {
			const hint = "Put that file beside the model.";
			throw new SightlineError("NOT_FOUND", `it keeps weights in ${location}, which is not there`, { hint, cause });
		}
	}
}

function sha256(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}
