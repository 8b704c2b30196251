/** What can be named: the models and image sets that come along, and those of sightline.json in the working folder. */
import { resolve } from "node:path";
import type { ModelEntry } from "../zoo/entry.ts";
import type { KnownIds } from "../zoo/parseOwnEntries.ts";
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
	const own = await readOwnEntries(folder, knownIds);
	const ownModels = own.models.map((entry) => {
		const { file } = entry.source;
		return { ...entry, source: { ...entry.source, file: isAddress(file) ? file : resolve(folder, file) } };
	});
	const ownSets = own.imageSets.map((entry) => {
		const source = { ...entry.source, path: resolve(folder, entry.source.path) };
		return { ...entry, source };
	});
	const models = [...zoo, ...ownModels, ...further];
	return {
		models,
		imageSets: [...imageSets, ...ownSets].map(({ id }) => id),
		openModel: modelOpener(models, weightsFolder, locate),
		openImageSet: imageSetOpener(ownSets, checks),
	};
}

/** Ids that no entry of a user's may have. */
export const knownIds: KnownIds = { models: zoo.map(({ id }) => id), imageSets: imageSets.map(({ id }) => id) };
