/** Runs a report: asks the API for all of its figures in one request, draws them as specs and judges their claims. */
import { SightlineError } from "../errors.ts";
import type { JudgedClaim } from "./claim.ts";
import type { Figure, Report, ReportImages, Source } from "./definition.ts";
import { type Execute, plainData } from "./execute.ts";
import type { FigureSpec } from "./figureSpec.ts";
import { mergeQueries } from "./mergeQueries.ts";
import { modelsQuery } from "./modelsQuery.ts";
import { type FigureProvenance, mergeProvenance } from "./provenance.ts";
import type { ReportModelResult } from "./queryResult.ts";
import { castFigures, castIn, castOf, type OmittedFigure, type Player, recastNote, variableNames } from "./roles.ts";

/** A report with its measured figures: all that the site shows, as JSON. */
export interface ReportData {
	readonly id: string;
	readonly title: string;
	readonly summary: string;
	readonly source: Source;
	readonly command: string;
	readonly time: string;
	readonly expect: readonly string[];
	readonly models: readonly ReportModelResult[];
	readonly figures: readonly FigureData[];
	/** Those that the models at hand do not make possible. */
	readonly omitted: readonly OmittedFigure[];
}

export interface FigureData {
	readonly id: string;
	readonly title: string;
	readonly alt: string;
	readonly caption: string;
	readonly query: string;
	readonly variables: Readonly<Record<string, unknown>>;
	readonly spec: FigureSpec;
	readonly claims: readonly JudgedClaim[];
	readonly provenance: FigureProvenance;
}

/**
 * Figures for which a model is missing are left out and named; any other failure is one of the whole report.
 *
 * @throws SightlineError that names the figure whose query failed, with the code and hint of the cause
 */
export async function runReport(report: Report, execute: Execute, images: ReportImages): Promise<ReportData> {
	const cast = castOf(report, await readPlayers(execute));
	const { figures, omitted } = castFigures(report, cast);
	if (figures.length === 0) {
		throw new SightlineError("NOT_FOUND", `report ${report.id}: none of its models is there`, {
			hint: `It asks for ${Object.values(report.models).join(", ")}.`,
		});
	}
	const merged = mergeQueries([modelsQuery(castIn(figures, cast)), ...figures.map((figure) => figure.query)]);
	const variables = { ...cast, ...report.variables(images) };
	const data = plainData(await execute(merged.query, given(merged.query, variables)), (error) => {
		const index = merged.indexOf(String(error?.path?.[0] ?? ""));
		return `report ${report.id}, ${partName(figures, index)}`;
	});
	const [models = {}, ...results] = merged.split(data);
	const { id, title, source, command, time, expect } = report;
	const summary = `${report.summary}${recastNote(report, castIn(figures, cast))}`;
	return {
		...{ id, title, summary, source, command, time, expect },
		// Its query asks for nothing else.
		models: Object.values(models) as ReportModelResult[],
		figures: figures.map((figure, index) => figureData(report, figure, results[index], given(figure.query, variables))),
		omitted,
	};
}

async function readPlayers(execute: Execute): Promise<readonly Player[]> {
	const data = plainData(await execute("query Players { models { id roles } }", {}), () => "models");
	// The shape that the query states.
	return (data as unknown as { models: Player[] }).models;
}

/** The variables that a query declares. */
function given(query: string, variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const names = new Set(variableNames(query));
	return Object.fromEntries(Object.entries(variables).filter(([name]) => names.has(name)));
}

function figureData(
	report: Report,
	figure: Figure,
	result: unknown,
	variables: Readonly<Record<string, unknown>>,
): FigureData {
	const { id, title, alt, caption, query } = figure;
	try {
		const { spec, claims, provenance } = figure.evaluate(result);
		return { id, title, alt, caption, query, variables, spec, claims, provenance: mergeProvenance(provenance) };
	} catch (cause) {
		throw new SightlineError("BAD_INPUT", `report ${report.id}, figure ${id}: ${String(cause)}`, { cause });
	}
}

/** The figure at an index of the merged queries: the models come first; -1 is an error of the request as a whole. */
function partName(figures: readonly Figure[], index: number): string {
	const figure = figures[index - 1];
	return figure !== undefined ? `figure ${figure.id}` : index === 0 ? "models" : "request";
}
