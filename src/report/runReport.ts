/** Runs a report: asks the API for all of its figures in one request, draws them as specs and judges their claims. */
import { SightlineError } from "../errors.ts";
import type { JudgedClaim } from "./claim.ts";
import type { Figure, Report, Source } from "./definition.ts";
import type { FigureSpec } from "./figureSpec.ts";
import { mergeQueries } from "./mergeQueries.ts";
import { type FigureProvenance, mergeProvenance } from "./provenance.ts";
import type { ModelCardResult } from "./queryResult.ts";

/** Answers a GraphQL request, as `executeOperation` of a server in the same process does. */
export type Execute = (query: string, variables: Readonly<Record<string, unknown>>) => Promise<ExecutionAnswer>;

export interface ExecutionAnswer {
	readonly data?: Readonly<Record<string, unknown>> | null | undefined;
	readonly errors?: readonly ExecutionError[] | undefined;
}

export interface ExecutionError {
	readonly message: string;
	readonly path?: readonly (string | number)[] | undefined;
	readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** On which images; `ImagesInput` of the schema. */
export interface ReportImages {
	readonly set: string;
	readonly split: string;
	readonly count: number;
	readonly batchSize: number;
}

/** A report with its measured figures: all that the site shows, as JSON. */
export interface ReportData {
	readonly id: string;
	readonly title: string;
	readonly summary: string;
	readonly source: Source;
	readonly command: string;
	readonly time: string;
	readonly expect: readonly string[];
	readonly models: readonly ModelCardResult[];
	readonly figures: readonly FigureData[];
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
 * @throws SightlineError that names the figure whose query failed, with the code and hint of the cause; there is no
 *   report with a figure missing
 */
export async function runReport(report: Report, execute: Execute, images: ReportImages): Promise<ReportData> {
	const merged = mergeQueries([report.modelsQuery, ...report.figures.map((figure) => figure.query)]);
	const variables = { ...report.models, images };
	const answer = await execute(merged.query, variables);
	const [error] = answer.errors ?? [];
	if (error !== undefined) {
		const index = merged.indexOf(String(error.path?.[0] ?? ""));
		throw failure(`report ${report.id}, ${partName(report, index)}`, error);
	}
	if (answer.data == null) throw new SightlineError("BAD_INPUT", `report ${report.id}: the API answered without data`);
	// What an API answers may have prototypes and shared parts of its own; plain JSON has neither.
	const plain: Record<string, unknown> = structuredClone({ ...answer.data });
	const [models = {}, ...results] = merged.split(plain);
	const { id, title, summary, source, command, time, expect } = report;
	return {
		id,
		title,
		summary,
		source,
		command,
		time,
		expect,
		// Its query asks for nothing else.
		models: Object.values(models) as ModelCardResult[],
		figures: report.figures.map((figure, index) => figureData(report, figure, results[index], variables)),
	};
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
function partName(report: Report, index: number): string {
	const figure = report.figures[index - 1];
	return figure !== undefined ? `figure ${figure.id}` : index === 0 ? "models" : "request";
}

function failure(where: string, { message, extensions }: ExecutionError): SightlineError {
	const { code, hint } = extensions ?? {};
	const known = ["BAD_INPUT", "NOT_FOUND", "DEVICE_UNAVAILABLE", "LIMIT", "CANCELLED", "STORAGE", "REMOTE"] as const;
	return new SightlineError(known.find((item) => item === code) ?? "BAD_INPUT", `${where}: ${message}`, {
		...(typeof hint === "string" ? { hint } : {}),
	});
}
