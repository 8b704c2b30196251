/**
 * The labels of ImageNet's flat validation images. Kaggle's LOC_val_solution.csv gives each image's wnid. The devkit's
 * ILSVRC2012_validation_ground_truth.txt has a number a line, ILSVRC2012_ID, whose order is not that of the wnids: only the
 * devkit's meta.mat, or a column `id` of classes.tsv, says which class it is. Guessing would give wrong labels in silence.
 */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SightlineError } from "../../errors.ts";
import { readSmallText } from "../stored/smallText.ts";
import { readSynsetIds } from "./metaMat.ts";

/** Folders in which the files may lie, from the one that was named. */
const folders = ["", "val", "devkit", "data", "devkit/data", "ILSVRC2012_devkit_t12", "ILSVRC2012_devkit_t12/data"];

/**
 * @returns the wnid of each image, by its file's name without extension
 * @throws SightlineError NOT_FOUND without such a file; BAD_INPUT one that cannot be read
 */
export async function readGroundTruth(root: string): Promise<ReadonlyMap<string, string>> {
	const places = [root, dirname(root)].flatMap((base) => folders.map((folder) => join(base, folder)));
	for (const place of places) {
		const solution = await readSmallText(join(place, "LOC_val_solution.csv"));
		if (solution !== null) return parseSolution(solution, join(place, "LOC_val_solution.csv"));
	}
	for (const place of places) {
		const file = join(place, "ILSVRC2012_validation_ground_truth.txt");
		const numbers = await readSmallText(file);
		if (numbers !== null) return parseNumbers(numbers, file, await readIds(places));
	}
	throw new SightlineError(
		"NOT_FOUND",
		`${root}: the images of val have no class folders, and no file tells their labels`,
		{
			hint: "Put LOC_val_solution.csv or the devkit (ILSVRC2012_validation_ground_truth.txt, meta.mat) beside them.",
		},
	);
}

/** "ILSVRC2012_val_00000001,n01751748 111 108 441 193 ": the image, then its class before each box. */
function parseSolution(text: string, place: string): ReadonlyMap<string, string> {
	const truth = new Map<string, string>();
	const [, ...lines] = text.split(/\r?\n/);
	for (const [index, line] of lines.entries()) {
		if (line === "") continue;
		const [, image, wnid] = /^([^,]+),(n\d{8})\b/.exec(line) ?? [];
		if (image === undefined || wnid === undefined) {
			throw new SightlineError("BAD_INPUT", `${place}, line ${index + 2}: "${line.slice(0, 60)}"`, {
				hint: "Expected an image's name, a comma and a wnid.",
			});
		}
		truth.set(image, wnid);
	}
	return truth;
}

/** Line 7 is of ILSVRC2012_val_00000007. */
function parseNumbers(
	text: string,
	place: string,
	wnids: ReadonlyMap<number, string> | null,
): ReadonlyMap<string, string> {
	if (wnids === null) {
		throw new SightlineError(
			"NOT_FOUND",
			`${place} numbers classes as the devkit does, not in the order of their wnids`,
			{
				hint: "Put the devkit's meta.mat beside it, or a classes.tsv with the columns index, wnid and id.",
			},
		);
	}
	const lines = text.split(/\r?\n/).filter((line) => line !== "");
	return new Map(
		lines.map((line, index) => {
			const wnid = wnids.get(Number(line));
			if (wnid === undefined) {
				throw new SightlineError("BAD_INPUT", `${place}, line ${index + 1}: there is no class "${line.slice(0, 60)}"`);
			}
			return [`ILSVRC2012_val_${String(index + 1).padStart(8, "0")}`, wnid];
		}),
	);
}

/** wnids by ILSVRC2012_ID; null where nothing tells them. */
async function readIds(places: readonly string[]): Promise<ReadonlyMap<number, string> | null> {
	for (const place of places) {
		const table = await readSmallText(join(place, "classes.tsv"));
		const ids = table === null ? null : idsOfTable(table);
		if (ids !== null) return ids;
	}
	for (const place of places) {
		const bytes = await readFile(join(place, "meta.mat")).catch(() => null);
		if (bytes !== null) return readSynsetIds(bytes, join(place, "meta.mat"));
	}
	return null;
}

function idsOfTable(text: string): ReadonlyMap<number, string> | null {
	const [head = [], ...lines] = text.split(/\r?\n/).map((line) => line.split("\t"));
	const [id, wnid] = [head.indexOf("id"), head.findIndex((column) => /^(folder|wnid)$/.test(column))];
	if (id < 0 || wnid < 0) return null;
	return new Map(lines.filter((cells) => cells.length > 1).map((cells) => [Number(cells[id]), cells[wnid] ?? ""]));
}
