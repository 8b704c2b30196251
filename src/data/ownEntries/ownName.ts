/** How what a user adds is called and placed in sightline.json. */
import { SightlineError } from "../../errors.ts";
import { insideFolder } from "../insideFolder.ts";

/**
 * What an id may be, of a name: "ILSVRC 2012 (val)" becomes "ILSVRC-2012-val".
 * @param given where the name came from, for messages
 */
export function idOf(name: string, given: string): string {
	const id = (name.match(/[a-z0-9._]+/gi) ?? []).join("-").replace(/^[._-]+/, "");
	if (id !== "") return id;
	throw new SightlineError("BAD_INPUT", `no id can be made of ${given}`, { hint: "Give one." });
}

/** Within the working folder relative to it, with slashes on every system; the folder itself is ".". */
export function portable(folder: string, path: string): string {
	const inside = insideFolder(folder, path);
	if (inside === "") return ".";
	return inside === null ? path : inside.replaceAll("\\", "/");
}
