/** What can be named: the models and image sets that come along, and those of sightline.json in the working folder. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { SightlineError } from "../errors.ts";
import type { ModelEntry } from "../zoo/entry.ts";
import { type OwnEntries, parseOwnEntries } from "../zoo/parseOwnEntries.ts";
import { zoo } from "../zoo/zoo.ts";
import { imageSetOpener, imageSets, type OpenImageSet } from "./imageSets.ts";
import { modelOpener, type OpenModel, weightsFolder } from "./modelFile.ts";

export interface Catalogue {
	readonly models: readonly ModelEntry[];
	/** Ids. */
	readonly imageSets: readonly string[];
	/** Opens an entry by its id, or a model file by its path. */
	openModel(idOrPath: string): Promise<OpenModel>;
	/** Opens an image set by its id, or whatever holds images by its path. */
	readonly openImageSet: OpenImageSet;
}

const fileName = "sightline.json";

/**
 * @param folder where sightline.json may lie, which the paths that it names are relative to
 * @throws SightlineError BAD_INPUT: the entry, its field, what stands there and what should
 */
export async function readCatalogue(folder: string = process.cwd()): Promise<Catalogue> {
	const own = await readOwn(folder);
	const models = own.models.map((entry) => {
		const source = { ...entry.source, file: resolve(folder, entry.source.file) };
		return { ...entry, source };
	});
	const ownSets = own.imageSets.map((entry) => {
		const source = { ...entry.source, path: resolve(folder, entry.source.path) };
		return { ...entry, source };
	});
	return {
		models: [...zoo, ...models],
		imageSets: [...imageSets, ...ownSets].map(({ id }) => id),
		openModel: modelOpener([...zoo, ...models], weightsFolder),
		openImageSet: imageSetOpener(ownSets),
	};
}

async function readOwn(folder: string): Promise<OwnEntries> {
	const text = await textOf(resolve(folder, fileName));
	if (text === null) return { models: [], imageSets: [] };
	const known = { models: zoo.map(({ id }) => id), imageSets: imageSets.map(({ id }) => id) };
	return parseOwnEntries(parseJson(text), fileName, known);
}

/** null where there is no such file */
async function textOf(file: string): Promise<string | null> {
	try {
		return await readFile(file, "utf8");
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
		throw error;
	}
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		const words = cause instanceof Error ? cause.message : String(cause);
		throw new SightlineError("BAD_INPUT", `${fileName} is not JSON: ${words}`, { cause });
	}
}
