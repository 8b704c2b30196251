/** A figure's number, and figures by their numbers. */
import { notFound } from "../errors.ts";
import type { Report } from "./definition.ts";

/** As in the paper, parts with a letter: "01-within-model-similarity" is 1, "07b-..." 7b, "c-4-..." C.4. */
export function figureNumber(id: string): string {
	const [, letter, number = ""] = /^(?:([a-z])-)?0?(\d+[a-z]?)-/.exec(id) ?? [];
	return letter === undefined ? number : `${letter.toUpperCase()}.${number}`;
}

/**
 * The reports with these figures alone, without those of which none is left.
 * @param numbers "1", "7b", "C.4"; small letters do too
 * @throws SightlineError NOT_FOUND: a number that no report has, with near misses
 */
export function withFigures(reports: readonly Report[], numbers: readonly string[]): Report[] {
	const known = reports.flatMap((report) => report.figures.map(({ id }) => figureNumber(id)));
	const wanted = new Set(numbers.map((number) => number.toLowerCase()));
	for (const number of numbers) {
		if (!known.some((one) => one.toLowerCase() === number.toLowerCase())) throw notFound("figure", number, known);
	}
	return reports
		.map((report) => ({
			...report,
			figures: report.figures.filter(({ id }) => wanted.has(figureNumber(id).toLowerCase())),
		}))
		.filter(({ figures }) => figures.length > 0);
}
