/** The project's own TypeScript, as the tests of its shape read it. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourceFile } from "./imports.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Every .ts and .tsx file below the folders, but those that a command generates. */
export function sources(...folders: readonly string[]): SourceFile[] {
	return folders
		.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
		.filter((entry) => entry.isFile() && /(?<!\.generated|\.d)\.tsx?$/.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name))
		.map((path) => ({ path: relative(root, path).replaceAll("\\", "/"), text: readFileSync(path, "utf8") }));
}
