/** LOC_synset_mapping.txt: a line for each class in the order of the labels, its wnid and what it is called. */
import { join } from "node:path";
import { SightlineError } from "../../errors.ts";
import type { Classes } from "../folder/classTable.ts";
import { readSmallText } from "../stored/smallText.ts";

/**
 * @param used wnids that images have
 * @returns null where there is no such file
 * @throws SightlineError BAD_INPUT where a line is none, or a wnid is lacking
 */
export async function readSynsets(root: string, used: readonly string[]): Promise<Classes | null> {
	const place = join(root, "LOC_synset_mapping.txt");
	const text = await readSmallText(place);
	if (text === null) return null;
	const lines = text.split(/\r?\n/).filter((line) => line !== "");
	const labels = new Map<string, number>();
	const names = lines.map((line, label) => {
		const [, wnid = "", name = ""] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
		if (labels.has(wnid))
			throw new SightlineError("BAD_INPUT", `${place}, line ${label + 1}: ${wnid} stands there twice`);
		labels.set(wnid, label);
		return name === "" ? wnid : name;
	});
	const lacking = used.find((wnid) => !labels.has(wnid));
	if (lacking === undefined) return { names, labels };
	throw new SightlineError("BAD_INPUT", `${place} has no line for ${lacking}`, { hint: "Fetch the file again." });
}
