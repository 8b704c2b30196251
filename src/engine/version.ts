/** Sightline's own version, from package.json: a folder higher when compiled, since `dist` holds `src`. */
import { readFileSync } from "node:fs";

export const version: string = ["../../package.json", "../../../package.json"].flatMap(versionIn)[0] ?? "unknown";

function versionIn(path: string): string[] {
	try {
		const { name, version } = JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as {
			readonly name?: string;
			readonly version?: string;
		}; // the fields are compared below, missing ones included
		return name === "sightline" && version !== undefined ? [version] : [];
	} catch {
		return [];
	}
}
