/** Reads a report.json: what a report is made of. */
import { dirname, join } from "node:path";
import { readJson } from "../data/readJson.ts";
import { isAddress } from "../data/remote/address.ts";
import { SightlineError } from "../errors.ts";
import type { Report } from "../report/definition.ts";
import { parseReportFile } from "../report/reportFile.ts";

/** @throws SightlineError NOT_FOUND: no file, or an unknown template; BAD_INPUT: the field and what is wrong with it */
export async function readReportFile(
	file: string,
	templates: readonly Report[],
): Promise<ReturnType<typeof parseReportFile>> {
	const value = await readJson(file);
	if (value === null) throw new SightlineError("NOT_FOUND", `there is no file ${file}`);
	return parseReportFile(value, file, templates, (idOrPath) => located(idOrPath, dirname(file)));
}

/** Paths, which unlike ids have a slash, are relative to the file. */
function located(idOrPath: string, folder: string): string {
	const isPath = /[/\\]/.test(idOrPath) && !isAddress(idOrPath);
	return isPath && !/^(?:[/\\]|[a-z]:)/i.test(idOrPath) ? join(folder, idOrPath) : idOrPath;
}
