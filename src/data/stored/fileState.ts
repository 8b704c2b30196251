/** What changes whenever a file does: its size, its times and which file it is. */
import type { Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { SightlineError } from "../../errors.ts";

/** The time of the last change of any kind is there because a program that copies files may set the other one back. */
export function stateOf({ size, mtimeMs, ctimeMs, ino }: Stats): string {
	return `${mtimeMs} ${ctimeMs} ${size} ${ino}`;
}

/** The coarsest clock of a file system in use is FAT's. */
const tickMs = 2000;

/**
 * Whether a state surely tells the file's bytes: of one that was written within the last tick, it may stay the same while
 * the file is written once more.
 * @param state what stateOf told, with whatever was put behind it
 */
export function isSettled(state: string, nowMs: number): boolean {
	return nowMs - Number.parseFloat(state) > tickMs;
}

/** @throws SightlineError NOT_FOUND where there is no such file */
export async function statFile(file: string): Promise<Stats> {
	const stats = await stat(file).catch(() => null);
	if (stats?.isFile()) return stats;
	throw new SightlineError("NOT_FOUND", `there is no file ${file} that can be read`);
}
