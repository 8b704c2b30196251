/** Looks at a model and names it in sightline.json: what `sightline add` and the API's addModel do. */
import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { SightlineError } from "../../errors.ts";
import type { ClaimedAccuracy, ModelEntry, ModelSource } from "../../zoo/entry.ts";
import type { Preprocessing } from "../../zoo/preprocessing.ts";
import { publishedPreprocessing } from "../../zoo/published/publishedPreprocessing.ts";
import type { Role } from "../../zoo/roles.ts";
import { knownIds } from "../catalogue.ts";
import { modelOpener, type OpenModel } from "../modelFile.ts";
import { readJson } from "../readJson.ts";
import { isAddress } from "../remote/address.ts";
import type { FetchedModel } from "../remote/modelAddress.ts";
import { type OwnEntryChange, putOwnEntry, readOwnEntries } from "./ownEntriesFile.ts";
import { idOf, portable } from "./ownName.ts";

/** What is left out is as the entry has it, where the model is named already; else it is found out, or not there. */
export interface ModelToAdd {
	/** Path, from the working folder, or address. */
	readonly model: string;
	readonly id?: string | undefined;
	readonly title?: string | undefined;
	/** Id of the image set whose labels its logits are. */
	readonly labels?: string | undefined;
	/** What its card claims. */
	readonly accuracy?: ClaimedAccuracy | undefined;
	readonly roles?: readonly Role[] | undefined;
	/** Of what images go through: what is said here counts, whatever was published. */
	readonly preprocessing?: Partial<Preprocessing> | undefined;
}

export interface AddedModel {
	readonly id: string;
	readonly how: "added" | "replaced";
	readonly source: ModelSource;
	readonly preprocessing: Preprocessing;
	/** How the preprocessing was found out, in sentences. */
	readonly notes: readonly string[];
	readonly open: OpenModel;
}

export interface AddModelOptions {
	/** The working folder. */
	readonly folder: string;
	/** Brings an address's files to this machine. */
	fetch(address: string): Promise<FetchedModel>;
	/** Whether the entry of the same model and id may be written anew. */
	readonly mayReplace: boolean;
}

/** What somebody may have written by hand, and looking at the model tells nothing of. */
const kept = ["accuracy", "analogyEnds", "expected", "labels", "overrides", "roles", "standsFor"];

/** @throws SightlineError what fetching, opening or writing gives reason to; nothing is written then */
export async function addModel(given: ModelToAdd, options: AddModelOptions): Promise<AddedModel> {
	const { folder, mayReplace } = options;
	const place = await placeOf(given.model, options);
	const id = given.id ?? idOf(nameOf(given.model), given.model);
	const isSame = (entry: ModelEntry) => entry.source.file === place.named;
	const { models } = await readOwnEntries(folder, knownIds);
	const old = models.find((entry) => entry.id === id && isSame(entry));
	const open = await openAt(place.file, old);
	const found = await preprocessingOf(place.file, open, old !== undefined);
	const { preprocessing, notes } = withSaid(found, given.preprocessing ?? {});
	const source: ModelSource = { ...old?.source, kind: open.entry.source.kind, file: place.named };
	const { title = old?.title ?? id, labels, accuracy, roles } = given;
	const change: OwnEntryChange<"models"> = {
		list: "models",
		entry: {
			...{ id, title, source, sha256: open.sha256, preprocessing },
			...(labels === undefined ? {} : { labels }),
			...(accuracy === undefined ? {} : { accuracy }),
			...(roles === undefined ? {} : { roles }),
		},
		kept,
		mayReplace: (before) => mayReplace && isSame(before),
	};
	const how = await putOwnEntry(folder, knownIds, change);
	return { id, how, source, preprocessing, notes, open };
}

interface Place {
	/** On this machine. */
	readonly file: string;
	/** As the entry names it: an address with its commit, or a path. */
	readonly named: string;
}

async function placeOf(given: string, { folder, fetch }: AddModelOptions): Promise<Place> {
	if (isAddress(given)) {
		const { file, address } = await fetch(given);
		return { file, named: address };
	}
	const file = resolve(folder, given);
	if (!existsSync(file)) {
		throw new SightlineError("NOT_FOUND", `there is no file ${file}`, {
			hint: "A model of the Hugging Face Hub is named as hf:owner/name.",
		});
	}
	return { file, named: portable(folder, file) };
}

/** "hf:owner/name@main:onnx/model.onnx" is called name, "./models/vit.onnx" vit. */
function nameOf(given: string): string {
	const repository = /^hf:[^/]+\/([^@:]+)/.exec(given)?.[1];
	return repository ?? basename(given).replace(/\.(?:onnx|npz|safetensors(?:\.index\.json)?)$/i, "");
}

/** With what its entry says already, but for what is to be found out anew. */
function openAt(file: string, old: ModelEntry | undefined): Promise<OpenModel> {
	if (old === undefined) return modelOpener([], dirname(file))(file);
	const { sha256: _before, ...rest } = old;
	return modelOpener([{ ...rest, source: { ...old.source, file } }], dirname(file))(old.id);
}

interface FoundPreprocessing {
	readonly preprocessing: Preprocessing;
	/** How it was found out, in sentences. */
	readonly notes: readonly string[];
}

function withSaid({ preprocessing, notes }: FoundPreprocessing, said: Partial<Preprocessing>): FoundPreprocessing {
	const names = Object.keys(said);
	if (names.length === 0) return { preprocessing, notes };
	// A short side says what a box would: one of them counts.
	const { box, ...rest } = preprocessing;
	const sides = said.shortSide === undefined && box !== undefined ? { box } : {};
	return {
		preprocessing: { ...rest, ...sides, ...said },
		notes: [...notes, `As it was asked for: ${names.join(", ")}.`],
	};
}

/** As it was published beside the file or in the folder above; where nothing was, as it is opened. */
async function preprocessingOf(
	file: string,
	{ anatomy, preprocessing }: OpenModel,
	isNamed: boolean,
): Promise<FoundPreprocessing> {
	const { height, width } = anatomy.input;
	for (const name of ["preprocessor_config.json", "config.json"]) {
		for (const folder of [dirname(file), dirname(dirname(file))]) {
			const config = await readJson(join(folder, name));
			if (config === null || (name === "config.json" && !isPreprocessing(config))) continue;
			const published = publishedPreprocessing(config, name, [height, width]);
			return { preprocessing: published.preprocessing, notes: [`Read from ${name}.`, ...published.notes] };
		}
	}
	const taken = isNamed ? "its entry's stays" : "pixels in -1..1 are taken for granted; change the entry if not";
	return { preprocessing, notes: [`No preprocessing was published with it: ${taken}.`] };
}

/** transformers' config.json says nothing of pixels, timm's does. */
function isPreprocessing(config: unknown): boolean {
	return typeof config === "object" && config !== null && ("pretrained_cfg" in config || "input_size" in config);
}
