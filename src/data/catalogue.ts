/** What can be named: the models and image sets that come along, and those of sightline.json in the working folder. */
import { resolve } from "node:path";
import type { ModelEntry } from "../zoo/entry.ts";
import type { ImageSetEntry } from "../zoo/imageSetEntry.ts";
import type { KnownIds, OwnEntries } from "../zoo/parseOwnEntries.ts";
import { zoo } from "../zoo/zoo.ts";
import { imageSetOpener, imageSets, type OpenImageSet } from "./imageSets.ts";
import { type Locate, modelOpener, type OpenModel, weightsFolder } from "./modelFile.ts";
import { readOwnEntries } from "./ownEntries/ownEntriesFile.ts";
import { isAddress } from "./remote/address.ts";
import type { KeptChecks } from "./stored/checkImages.ts";

export interface Catalogue {
	readonly models: readonly ModelEntry[];
	/** Ids. */
	readonly imageSets: readonly string[];
	/** Opens an entry by its id, or a model file by its path. */
	openModel(idOrPath: string): Promise<OpenModel>;
	/** Opens an image set by its id, or whatever holds images by its path. */
	readonly openImageSet: OpenImageSet;
	/** Reads sightline.json anew: what was added is there; what is open stays open. */
	reload(): Promise<void>;
}

export interface CatalogueOptions {
	/** Entries beside those of the file. */
	readonly further?: readonly ModelEntry[];
	/** Fetches files that are named by an address; without it they are refused. */
	readonly locate?: Locate;
	/** Where it is noted which images could be read; without it, every process decodes every image of a set once. */
	readonly checks?: KeptChecks;
}

/**
 * @param folder where sightline.json may lie, which the paths that it names are relative to
 * @throws SightlineError BAD_INPUT: the entry, its field, what stands there and what should
 */
export async function readCatalogue(
	folder: string = process.cwd(),
	{ further = [], locate, checks }: CatalogueOptions = {},
): Promise<Catalogue> {
	// Both are looked into whenever something is opened, so that what a reload brings is found.
	const models: ModelEntry[] = [];
	const ownSets: ImageSetEntry[] = [];
	const reload = async (): Promise<void> => {
		const own = await readEntries(folder);
		models.splice(0, models.length, ...zoo, ...own.models, ...further);
		ownSets.splice(0, ownSets.length, ...own.imageSets);
	};
	await reload();
	return {
		models,
		get imageSets() {
			return [...imageSets, ...ownSets].map(({ id }) => id);
		},
		openModel: modelOpener(models, weightsFolder, locate),
		openImageSet: imageSetOpener(ownSets, checks),
		reload,
	};
}

/** Those of sightline.json, with the paths that they name made absolute. */
async function readEntries(folder: string): Promise<OwnEntries> {
	const { models, imageSets } = await readOwnEntries(folder, knownIds);
	return {
		models: models.map((entry) => {
			const { file } = entry.source;
			return { ...entry, source: { ...entry.source, file: isAddress(file) ? file : resolve(folder, file) } };
		}),
		imageSets: imageSets.map((entry) => {
			const source = { ...entry.source, path: resolve(folder, entry.source.path) };
			return { ...entry, source };
		}),
	};
}

/** Ids that no entry of a user's may have. */
export const knownIds: KnownIds = { models: zoo.map(({ id }) => id), imageSets: imageSets.map(({ id }) => id) };
