/** Folders above folders. */

import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { systemCodeOf } from "../errors.ts";

/**
 * Makes a folder and those above it that are missing. (Node's own `recursive: true` never ends on a file system that
 * refuses a folder as not found although its parent is there, as Linux's /proc does.)
 */
export async function makeFolder(path: string): Promise<void> {
	try {
		await mkdirUnlessThere(path);
	} catch (error) {
		if (systemCodeOf(error) !== "ENOENT" || dirname(path) === path) throw error;
		await makeFolder(dirname(path));
		await mkdirUnlessThere(path);
	}
}

async function mkdirUnlessThere(path: string): Promise<void> {
	try {
		await mkdir(path);
	} catch (error) {
		if (systemCodeOf(error) !== "EEXIST" || !(await stat(path)).isDirectory()) throw error;
	}
}
