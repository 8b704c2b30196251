/** Files of JSON that are published beside a model. */
import { readFile, stat } from "node:fs/promises";
import { SightlineError, systemCodeOf } from "../errors.ts";

/**
 * @returns null where there is no such file
 * @throws SightlineError BAD_INPUT: it is too large, or no JSON
 */
export async function readJson(file: string): Promise<unknown> {
	let text: string;
	try {
		text = await readText(file);
	} catch (error) {
		if (systemCodeOf(error) === "ENOENT") return null;
		throw error;
	}
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new SightlineError("BAD_INPUT", `${file} is no JSON`, { cause });
	}
}

/** Labels and all, the largest config is of a few megabytes. */
const mostTextBytes = 32_000_000;

/** @throws SightlineError BAD_INPUT: it is too large */
export async function readText(file: string): Promise<string> {
	const { size } = await stat(file);
	if (size <= mostTextBytes) return readFile(file, "utf8");
	throw new SightlineError("BAD_INPUT", `${file} has ${size} bytes, at most ${mostTextBytes} of JSON are read`);
}
