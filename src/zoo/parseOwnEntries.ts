/** The content of a user's sightline.json: entries of models and of folders of images. */
import { SightlineError } from "../errors.ts";
import type { ModelEntry } from "./entry.ts";
import { Fields } from "./fields.ts";
import { parseEntry, parseId } from "./parseEntry.ts";

export interface OwnEntries {
	readonly models: readonly ModelEntry[];
	readonly imageSets: readonly ImageSetEntry[];
}

/** A folder of images that has a name. */
export interface ImageSetEntry {
	/** Names it in queries, on the command line and in `labels` of models. */
	readonly id: string;
	/** For people. */
	readonly title: string;
	/** Relative to the entry's own place. */
	readonly folder: string;
}

/** Ids that are taken. */
export interface KnownIds {
	readonly models: readonly string[];
	readonly imageSets: readonly string[];
}

/**
 * @param place where the value came from: "sightline.json"
 * @param known ids that no entry may have, those of what comes along
 * @throws SightlineError BAD_INPUT: the place, the field, what stands there and what should
 */
export function parseOwnEntries(value: unknown, place: string, known: KnownIds): OwnEntries {
	const fields = new Fields(value, place);
	const models = listOf(fields, "models", parseEntry);
	const imageSets = listOf(fields, "imageSets", parseImageSet);
	fields.end();
	refuseTwice(models, known.models, `${place}.models`);
	refuseTwice(imageSets, known.imageSets, `${place}.imageSets`);
	return { models, imageSets };
}

function listOf<Entry>(fields: Fields, name: string, parse: (fields: Fields) => Entry): readonly Entry[] {
	return fields.has(name) ? fields.objects(name).map(parse) : [];
}

function parseImageSet(fields: Fields): ImageSetEntry {
	const id = parseId(fields);
	const entry: ImageSetEntry = {
		id,
		title: fields.optional("title", fields.text) ?? id,
		folder: fields.text("folder"),
	};
	fields.end();
	return entry;
}

function refuseTwice(entries: readonly { readonly id: string }[], known: readonly string[], place: string): void {
	const ids = [...known, ...entries.map(({ id }) => id)];
	const index = entries.findIndex(({ id }, at) => ids.indexOf(id) !== known.length + at);
	const twice = entries[index];
	if (twice === undefined) return;
	throw new SightlineError("BAD_INPUT", `${place}[${index}].id is "${twice.id}", which another has already`, {
		hint: "Choose another id.",
	});
}
