/** Labels as containers give them, numbers or names of classes, as indices into a list of classes. */
import { join } from "node:path";
import { SightlineError } from "../../errors.ts";
import { maxClasses, readClasses, readClassTable } from "../folder/classTable.ts";
import { readSmallText } from "./smallText.ts";

/** null where an image has none. */
export type RawLabel = number | string | null;

export interface Labels {
	/** Of each image; -1 where it has none. */
	readonly labels: readonly number[];
	readonly classNames: readonly string[];
}

/**
 * Names are classes in the order of their names, unless `classes.tsv` says otherwise. Of numbers, the names are the lines of
 * `classnames.txt` or those of `classes.tsv` where there is such a file, or else the numbers themselves.
 * @param folder in which those files may lie
 * @throws SightlineError BAD_INPUT where some are numbers and others names, or a number is beyond reason or the list
 */
export async function labelsOf(raw: readonly RawLabel[], folder: string): Promise<Labels> {
	const numbers = raw.filter((label) => typeof label === "number");
	const names = raw.filter((label) => typeof label === "string");
	if (numbers.length > 0 && names.length > 0) {
		throw new SightlineError("BAD_INPUT", `some labels are numbers (${numbers[0]}), others names ("${names[0]}")`);
	}
	if (names.length > 0) {
		const classes = await readClasses(folder, names);
		const labels = raw.map((label) => (typeof label === "string" ? (classes.labels.get(label) ?? -1) : -1));
		return { labels, classNames: classes.names };
	}
	if (numbers.length === 0) return { labels: raw.map(() => -1), classNames: [] };
	const largest = numbers.reduce((a, b) => Math.max(a, b));
	const wrong = numbers.find((label) => !(Number.isInteger(label) && label >= 0 && label < maxClasses));
	if (wrong !== undefined)
		throw new SightlineError("BAD_INPUT", `${wrong} is no number of a class, from 0 to ${maxClasses - 1}`);
	const named = await readNames(folder);
	if (named !== null && largest >= named.length) {
		throw new SightlineError(
			"BAD_INPUT",
			`label ${largest} has no name among the ${named.length} classes of ${folder}`,
		);
	}
	const classNames = named ?? Array.from({ length: largest + 1 }, (_, label) => String(label));
	return { labels: raw.map((label) => (typeof label === "number" ? label : -1)), classNames };
}

/** @returns null where no file names the classes */
async function readNames(folder: string): Promise<readonly string[] | null> {
	const lines = await readSmallText(join(folder, "classnames.txt"));
	if (lines !== null) return lines.trimEnd().split(/\r?\n/);
	return (await readClassTable(folder))?.names ?? null;
}
