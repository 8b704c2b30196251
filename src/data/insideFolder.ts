/** Whether a path lies in a folder, links not followed. */
import { isAbsolute, relative, resolve, sep } from "node:path";

/** @returns the way from the folder, "" for the folder itself; null for a path elsewhere */
export function insideFolder(folder: string, path: string): string | null {
	const way = relative(folder, resolve(folder, path));
	return isAbsolute(way) || way === ".." || way.startsWith(`..${sep}`) ? null : way;
}
