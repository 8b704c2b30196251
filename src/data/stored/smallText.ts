/** Text files that lie beside images: tables of classes and labels. */
import { readFile, stat } from "node:fs/promises";
import { SightlineError } from "../../errors.ts";

/** The largest known, ImageNet's LOC_train_solution.csv, has 25 MB. */
const maxBytes = 2 ** 26;

/** @returns null where there is no such file. @throws SightlineError BAD_INPUT one that is too large */
export async function readSmallText(file: string): Promise<string | null> {
	const stats = await stat(file).catch(() => null);
	if (!stats?.isFile()) return null;
	if (stats.size > maxBytes)
		throw new SightlineError("BAD_INPUT", `${file} has ${stats.size} bytes, at most ${maxBytes} are read`);
	return readFile(file, "utf8");
}
