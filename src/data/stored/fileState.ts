/** What changes whenever a file does: its size, its time and which file it is. */
import type { Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { SightlineError } from "../../errors.ts";

export function stateOf({ size, mtimeMs, ino }: Stats): string {
	return `${size} ${mtimeMs} ${ino}`;
}

/** @throws SightlineError NOT_FOUND where there is no such file */
export async function statFile(file: string): Promise<Stats> {
	const stats = await stat(file).catch(() => null);
	if (stats?.isFile()) return stats;
	throw new SightlineError("NOT_FOUND", `there is no file ${file} that can be read`);
}
