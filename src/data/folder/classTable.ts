/**
 * The classes of a folder: its subfolders in the order of their names, or what `classes.tsv` says where the folder has
 * such a table, so that a folder with some of a model's classes gives each the number that the model's logits have.
 */
import { join } from "node:path";
import { SightlineError } from "../../errors.ts";
import { readSmallText } from "../stored/smallText.ts";

export interface Classes {
	/** By label; a class that the table leaves out has its number for a name. */
	readonly names: readonly string[];
	/** By the name of a class's folder. */
	readonly labels: ReadonlyMap<string, number>;
}

/** Labels beyond this are a mistake: logits of so many classes are not to be had. */
export const maxClasses = 2 ** 20;

/**
 * @param folders names of the classes' folders
 * @throws SightlineError BAD_INPUT a table that is none, or that lacks a folder
 */
export async function readClasses(folder: string, folders: readonly string[]): Promise<Classes> {
	const sorted = [...new Set(folders)].sort();
	const classes = sorted.length === 0 ? null : await readClassTable(folder);
	if (classes === null) return { names: sorted, labels: new Map(sorted.map((name, index) => [name, index])) };
	const lacking = sorted.find((name) => !classes.labels.has(name));
	if (lacking === undefined) return classes;
	throw new SightlineError("BAD_INPUT", `${folder}/classes.tsv has no line for the folder "${lacking}"`, {
		hint: "Add it, or remove the table: the labels are then the folders in the order of their names.",
	});
}

/** @returns null where the folder has no table. @throws SightlineError BAD_INPUT a table that is none */
export async function readClassTable(folder: string): Promise<Classes | null> {
	const place = join(folder, "classes.tsv");
	const text = await readSmallText(place);
	return text === null ? null : parseClasses(text, place);
}

/** Columns "index", "folder" (or "wnid", as ImageNet calls it) and, if it likes, "name", parted by tabs. */
function parseClasses(text: string, place: string): Classes {
	const [head = [], ...lines] = text
		.split(/\r?\n/)
		.filter((line) => line !== "")
		.map((line) => line.split("\t"));
	const [index, folder, name] = [
		head.indexOf("index"),
		head.findIndex((column) => /^(folder|wnid)$/.test(column)),
		head.indexOf("name"),
	];
	if (index < 0 || folder < 0) {
		throw new SightlineError("BAD_INPUT", `${place} begins with "${head.join(" ")}"`, {
			hint: 'Expected the columns "index", "folder" and "name", parted by tabs.',
		});
	}
	const names: string[] = [];
	const labels = new Map<string, number>();
	for (const [line, cells] of lines.entries()) {
		const label = Number(cells[index]);
		const own = cells[folder] ?? "";
		if (!(/^\d+$/.test(cells[index] ?? "") && label < maxClasses && own !== "") || labels.has(own)) {
			throw new SightlineError("BAD_INPUT", `${place}, line ${line + 2}: "${cells.join(" ")}"`, {
				hint: "Expected the number of a class and the name of its folder, each folder once.",
			});
		}
		labels.set(own, label);
		names[label] = cells[name] || own;
	}
	return { names: Array.from(names, (known, label) => known ?? String(label)), labels };
}
