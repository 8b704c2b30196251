/**
 * The content of a user's sightline.json: entries of models and of image sets. Editors know it by
 * schema/sightline.schema.json, which a test holds to what is checked here.
 */
import { SightlineError } from "../errors.ts";
import type { ModelEntry } from "./entry.ts";
import { Fields } from "./fields.ts";
import { type ImageSetEntry, parseImageSetSource } from "./imageSetEntry.ts";
import { parseEntry, parseId } from "./parseEntry.ts";

export interface OwnEntries {
	readonly models: readonly ModelEntry[];
	readonly imageSets: readonly ImageSetEntry[];
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
	// Names the schema by which editors help; the content is checked here.
	fields.optional("$schema", fields.text);
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
		source: parseImageSetSource(fields),
		strict: fields.optional("strict", fields.boolean) ?? false,
		upright: fields.optional("upright", fields.boolean) ?? false,
		digest: fields.optional("digest", fields.text),
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
