/**
 * sightline.json in the working folder: read, and changed by one entry at a time. A change is checked as a whole before it
 * is written, and the file is renamed into place, so that nobody ever reads half of one.
 */
import { open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { SightlineError, systemCodeOf } from "../../errors.ts";
import type { KnownIds, OwnEntries } from "../../zoo/parseOwnEntries.ts";
import { parseOwnEntries } from "../../zoo/parseOwnEntries.ts";
import { packageRoot } from "../packageRoot.ts";
import { type JsonEntry, withEntry } from "./jsonText.ts";

export const ownEntriesName = "sightline.json";

/**
 * @param folder where it may lie; without it there are no entries
 * @param known ids that no entry may have
 * @throws SightlineError BAD_INPUT: what is wrong in it, and where
 */
export async function readOwnEntries(folder: string, known: KnownIds): Promise<OwnEntries> {
	const text = await textOf(resolve(folder, ownEntriesName));
	return text === null ? { models: [], imageSets: [] } : parse(text, known);
}

/** An entry to come, and whether it may take the place of the one with its id; where not, the id is taken. */
export interface OwnEntryChange<List extends keyof OwnEntries> {
	readonly list: List;
	readonly entry: JsonEntry & { readonly id: string };
	/** Fields that stay as the old entry had them where the new one does not state them; none if left out. */
	readonly kept?: readonly string[];
	mayReplace(old: OwnEntries[List][number]): boolean;
}

/**
 * Adds an entry, or puts it in the place of the one with its id. Everything else in the file stays as it is.
 * @returns whether there was such an entry before
 * @throws SightlineError BAD_INPUT where the file or the entry is wrong, or the id taken; STORAGE where another process is
 *   changing the file
 */
export async function putOwnEntry<List extends keyof OwnEntries>(
	folder: string,
	known: KnownIds,
	change: OwnEntryChange<List>,
): Promise<"added" | "replaced"> {
	const named = resolve(folder, ownEntriesName);
	// Of a link the file that it leads to is changed, not the link.
	const file = await realpath(named).catch(() => named);
	return alone(file, async () => {
		const before = await textOf(file);
		const { after, how } = changed(before, known, change, folder);
		await replaceFile(file, before, after);
		return how;
	});
}

/** Throws what putOwnEntry would throw, and changes nothing: before the long work of which the entry tells. */
export async function checkOwnEntry<List extends keyof OwnEntries>(
	folder: string,
	known: KnownIds,
	change: OwnEntryChange<List>,
): Promise<void> {
	changed(await textOf(resolve(folder, ownEntriesName)), known, change, folder);
}

function changed<List extends keyof OwnEntries>(
	before: string | null,
	known: KnownIds,
	{ list, entry, kept = [], mayReplace }: OwnEntryChange<List>,
	folder: string,
): { readonly after: string; readonly how: "added" | "replaced" } {
	const text = before ?? `{\n\t"$schema": ${JSON.stringify(schemaReference(folder))}\n}\n`;
	const entries: OwnEntries[List] = parse(text, known)[list];
	const index = entries.findIndex(({ id }) => id === entry.id);
	const old = entries[index];
	if (old !== undefined && !mayReplace(old)) {
		throw new SightlineError("BAD_INPUT", `${ownEntriesName}: "${entry.id}" is the id of another entry of ${list}`, {
			hint: "Choose another id.",
		});
	}
	if (old === undefined) return { after: checked(withEntry(text, list, entry, null), known), how: "added" };
	const written = (JSON.parse(text) as Record<List, readonly JsonEntry[]>)[list][index] ?? {}; // just parsed
	const stays = Object.entries(written).filter(([name]) => kept.includes(name) && !(name in entry));
	const whole = { ...entry, ...Object.fromEntries(stays) };
	return { after: checked(withEntry(text, list, whole, index), known), how: "replaced" };
}

function checked(text: string, known: KnownIds): string {
	parse(text, known);
	return text;
}

/** Where editors find the schema, from a folder: the one that this very package came with. */
function schemaReference(folder: string): string {
	const file = join(packageRoot, "schema/sightline.schema.json");
	const way = relative(folder, file);
	// On another drive.
	if (isAbsolute(way)) return pathToFileURL(file).href;
	const slashes = way.replaceAll("\\", "/");
	return slashes.startsWith("../") ? slashes : `./${slashes}`;
}

/** null where there is no such file */
async function textOf(file: string): Promise<string | null> {
	try {
		return await readFile(file, "utf8");
	} catch (error) {
		if (systemCodeOf(error) === "ENOENT") return null;
		throw error;
	}
}

function parse(text: string, known: KnownIds): OwnEntries {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (cause) {
		const words = cause instanceof Error ? cause.message : String(cause);
		throw new SightlineError("BAD_INPUT", `${ownEntriesName} is not JSON: ${words}`, { cause });
	}
	return parseOwnEntries(value, ownEntriesName, known);
}

/** A process that died within a change leaves its mark behind; a change takes less than this. */
const abandonedMs = 10_000;
const attempts = 20;
const attemptEveryMs = 50;

/** Runs one change of a file at a time, over all processes: a file beside it marks that one is under way. */
async function alone<Result>(file: string, change: () => Promise<Result>): Promise<Result> {
	const mark = `${file}.lock`;
	for (let attempt = 1; ; attempt++) {
		try {
			await (await open(mark, "wx")).close();
			break;
		} catch (error) {
			if (systemCodeOf(error) !== "EEXIST") throw error;
		}
		const marked = await stat(mark).catch(() => null);
		if (marked !== null && Date.now() - marked.mtimeMs > abandonedMs) await rm(mark, { force: true });
		else if (attempt === attempts) {
			throw new SightlineError("STORAGE", `another process is changing ${file}`, {
				hint: `Try again when it is done; if there is none, remove ${mark}.`,
			});
		} else await new Promise((done) => setTimeout(done, attemptEveryMs));
	}
	try {
		return await change();
	} finally {
		await rm(mark, { force: true });
	}
}

/** @param before what the file held when the change was made: an editor knows no marks, and its user loses nothing */
async function replaceFile(file: string, before: string | null, after: string): Promise<void> {
	const temporary = `${file}.${process.pid}.part`;
	try {
		const handle = await open(temporary, "w");
		try {
			await handle.writeFile(after);
			await handle.sync();
		} finally {
			await handle.close();
		}
		if ((await textOf(file)) !== before) {
			throw new SightlineError("STORAGE", `${file} was changed meanwhile`, { hint: "Try again." });
		}
		await rename(temporary, file);
	} finally {
		await rm(temporary, { force: true });
	}
}
