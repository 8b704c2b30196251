/** What the API stands on: effects, handed in by whoever assembles the program. */
import type { OpenImageSet } from "../data/imageSets.ts";
import type { OpenModel } from "../data/modelFile.ts";
import type { AddedImages, ImagesToAdd } from "../data/ownEntries/addImages.ts";
import type { AddedModel, ModelToAdd } from "../data/ownEntries/addModel.ts";
import type { Engine } from "../engine/engine.ts";
import type { Store } from "../store/store.ts";
import type { ModelCard } from "../zoo/card.ts";
import type { ModelEntry } from "../zoo/entry.ts";
import type { Device, Report } from "./schema.generated.ts";

/** What the server adds to sightline.json on request, one entry at a time; from then on it can be named. */
export interface Adding {
	/** @throws SightlineError LIMIT where too many wait already; otherwise as addModel of data/ */
	addModel(model: ModelToAdd, signal: AbortSignal): Promise<AddedModel>;
	/** @throws SightlineError LIMIT where too many wait already; otherwise as addImages of data/ */
	addImages(images: ImagesToAdd): Promise<AddedImages>;
}

export interface Services {
	readonly engine: Engine;
	/** Where finished values are kept, beside the records that they were made from. */
	readonly store: Store;
	/** The models that can be named: embedded, and of sightline.json. */
	readonly models: readonly ModelEntry[];
	/** Opens an entry by its id, or a model file by its path. */
	openModel(idOrPath: string): Promise<OpenModel>;
	/** How a model of the zoo was made; null for any other. */
	card(id: string): Promise<ModelCard | null>;
	/** Ids of the image sets that can be named: embedded, and of sightline.json. */
	readonly imageSets: readonly string[];
	/** Opens an image set by its id, or a folder by its path. */
	readonly openImageSet: OpenImageSet;
	/** The process's working folder: where sightline.json lies, and what paths are relative to. */
	readonly folder: string;
	/** Adds models and images for whoever asks; null where nobody may. */
	readonly adding: Adding | null;
	reports(): readonly Report[];
	/** Where models run unless a trial finds a faster device. */
	readonly device: Device;
}
