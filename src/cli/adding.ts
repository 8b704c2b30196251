/** Adds to sightline.json what clients of the server ask for: by the code of the commands, one at a time, within bounds. */

import { knownIds } from "../data/catalogue.ts";
import { addImages } from "../data/ownEntries/addImages.ts";
import { addModel } from "../data/ownEntries/addModel.ts";
import { readOwnEntries } from "../data/ownEntries/ownEntriesFile.ts";
import { fetchModel } from "../data/remote/modelAddress.ts";
import type { RemoteFiles } from "../data/remote/remoteFiles.ts";
import type { KeptChecks } from "../data/stored/checkImages.ts";
import { SightlineError } from "../errors.ts";
import type { Adding } from "../graphql/services.ts";
import { mostBytesOnRequest } from "./remote.ts";

export interface AddingOptions {
	/** The working folder. */
	readonly folder: string;
	/** Under the policy for what others ask for. */
	readonly remote: RemoteFiles;
	/** Where it is noted which images could be read. */
	readonly checks: KeptChecks;
	/** Called when an entry has come, before it is answered. */
	onAdded(): Promise<void>;
}

/** Each may take long, and hold a model in memory. */
const mostWaiting = 8;
/** Of models and of image sets: a file that somebody can still read. */
const mostEntries = 200;

export function createAdding({ folder, remote, checks, onAdded }: AddingOptions): Adding {
	let before: Promise<unknown> = Promise.resolve();
	let waiting = 0;
	async function oneAtATime<Added>(list: "models" | "imageSets", add: () => Promise<Added>): Promise<Added> {
		if (waiting >= mostWaiting) {
			throw new SightlineError("LIMIT", `${waiting} wait to be added`, { hint: "Ask again when they are done." });
		}
		waiting++;
		const adding = before.then(async () => {
			await checkRoom(folder, list);
			const added = await add();
			await onAdded();
			return added;
		});
		before = adding.catch(() => {});
		return adding.finally(() => waiting--);
	}
	return {
		addModel: (model, signal) => {
			const fetch = (address: string) => fetchModel(remote, address, { signal, maxBytes: mostBytesOnRequest });
			return oneAtATime("models", () => addModel(model, { folder, fetch, mayReplace: false }));
		},
		addImages: (images) => oneAtATime("imageSets", () => addImages(images, { folder, checks, mayReplace: false })),
	};
}

async function checkRoom(folder: string, list: "models" | "imageSets"): Promise<void> {
	const { [list]: entries } = await readOwnEntries(folder, knownIds);
	if (entries.length < mostEntries) return;
	throw new SightlineError(
		"LIMIT",
		`sightline.json has ${entries.length} entries of ${list}; no more are added on request`,
		{
			hint: "sightline add and sightline add-images add more.",
		},
	);
}
