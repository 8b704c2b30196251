/** Runs a report: asks the API for all of its figures in one request, draws them as specs and judges their claims. */
import { SightlineError } from "../errors.ts";
import { firstReason, isBlank } from "./blank.ts";
import { type JudgedCheck, withThreshold } from "./check.ts";
import type { JudgedClaim, Names } from "./claim.ts";
import type { Figure, Report, ReportSection, Source } from "./definition.ts";
import { type Execute, type ExecutionError, plainData } from "./execute.ts";
import type { FigureSpec } from "./figureSpec.ts";
import { mergeQueries } from "./mergeQueries.ts";
import { modelsQuery } from "./modelsQuery.ts";
import { type FigureProvenance, mergeProvenance } from "./provenance.ts";
import type { ReportModelResult } from "./queryResult.ts";
import { type ReportChoices, readChoices } from "./readChoices.ts";
import { type ReportFile, reportFile } from "./reportFile.ts";
import {
	type Cast,
	castFigures,
	castIn,
	type OmittedFigure,
	omittedFigure,
	recastNote,
	variableNames,
} from "./roles.ts";

/** A report with its measured figures: all that the site shows, as JSON. */
export interface ReportData {
	readonly id: string;
	readonly title: string;
	readonly summary: string;
	/** null where it reproduces no publication. */
	readonly source: Source | null;
	readonly time: string;
	readonly expect: readonly string[];
	/** All that makes it once more. */
	readonly file: ReportFile;
	readonly models: readonly ReportModelResult[];
	/** The parts of its story; none where it has none. */
	readonly sections: readonly ReportSection[];
	readonly figures: readonly FigureData[];
	/** Those that the models and images at hand do not make possible. */
	readonly omitted: readonly OmittedFigure[];
	/** Empty where the report is no gate. */
	readonly checks: readonly JudgedCheck[];
}

export interface FigureData {
	readonly id: string;
	readonly title: string;
	readonly alt: string;
	readonly caption: string;
	/** null where the figure says nothing of it. */
	readonly howToRead: string | null;
	readonly query: string;
	readonly variables: Readonly<Record<string, unknown>>;
	/** What the API answered, with every digit: far larger than all else. */
	readonly result: unknown;
	readonly spec: FigureSpec;
	readonly claims: readonly JudgedClaim[];
	/** Ids of claims of other figures on which it bears. */
	readonly bearsOn: readonly string[];
	readonly provenance: FigureProvenance;
}

/**
 * Figures for which a model or images are missing, that cannot be asked of models that somebody named, or that have not a
 * single value are left out, with the reason; any other failure is one of the whole report.
 *
 * @throws SightlineError that names the figure whose query failed, with the code and hint of the cause
 */
export async function runReport(report: Report, execute: Execute, choices: ReportChoices = {}): Promise<ReportData> {
	const read = await readChoices(report, execute, choices);
	const { cast, images, train, named } = read;
	const blocks = Object.fromEntries(Object.entries(named).map(([role, model]) => [role, model.blocks.length]));
	const variables = { ...cast, ...report.variables({ images, train, blocks }) };
	const { figures, omitted } = castFigures(report, variables, (missing) => reasonOf(report, missing, choices));
	if (figures.length === 0) {
		const [first] = omitted;
		throw new SightlineError("NOT_FOUND", `report ${report.id}: none of its figures can be made`, {
			hint: first === undefined ? "It has none." : `Figure ${first.id}: ${first.reason}`,
		});
	}
	const answer = await ask(report, figures, cast, variables, execute, choices.models !== undefined);
	const names = namesOf(variables, answer.models);
	const made = answer.results.map(({ figure, result }) =>
		make(report, figure, result, given(figure.query, variables), names),
	);
	const left = [...omitted, ...answer.refused, ...made.flatMap((one) => ("omitted" in one ? one.omitted : []))];
	const { id, source, own, sections = [] } = report;
	const { time, expect, title, ...texts } = choices.models === undefined ? report : (own ?? report);
	const summary = `${texts.summary}${choices.models === undefined ? recastNote(report, castIn(figures, cast)) : ""}`;
	const models = answer.models;
	return {
		...{ id, summary, source, time, expect, models, sections },
		title:
			choices.title ?? (choices.models === undefined ? title : `${title}: ${list(models.map((one) => one.title))}`),
		file: reportFile(report, read, choices),
		figures: made.flatMap((one) => ("figure" in one ? one.figure : [])),
		omitted: inOrder(report, left),
		checks: checksOf(report, made, left, choices),
	};
}

interface Answer {
	readonly models: readonly ReportModelResult[];
	readonly results: readonly { readonly figure: Figure; readonly result: Readonly<Record<string, unknown>> }[];
	/** That cannot be asked of these models. */
	readonly refused: readonly OmittedFigure[];
}

/**
 * All in one request. Where some figures are refused of models that somebody named, the others are asked for once more:
 * one that fails takes the whole answer with it, and what was measured by then is kept.
 */
async function ask(
	report: Report,
	figures: readonly Figure[],
	cast: Cast,
	variables: Readonly<Record<string, unknown>>,
	execute: Execute,
	areNamed: boolean,
): Promise<Answer> {
	const merged = mergeQueries([modelsQuery(castIn(figures, cast)), ...figures.map((figure) => figure.query)]);
	const indexOf = (error: ExecutionError | null) => merged.indexOf(String(error?.path?.[0] ?? ""));
	const answer = await execute(merged.query, given(merged.query, variables));
	const errors = answer.errors ?? [];
	const refused = new Map(
		errors.flatMap((error) => {
			const figure = figures[indexOf(error) - 1];
			return figure === undefined || !isRefusal(error) ? [] : [[figure, error.message] as const];
		}),
	);
	if (areNamed && errors.length > 0 && errors.every(isRefusal) && refused.size > 0 && refused.size < figures.length) {
		const others = figures.filter((figure) => !refused.has(figure));
		const rest = await ask(report, others, cast, variables, execute, areNamed);
		return {
			...rest,
			refused: [
				...rest.refused,
				...Array.from(refused, ([figure, why]) => omit(figure, `It cannot be asked for: ${why}`)),
			],
		};
	}
	const data = plainData(answer, (error) => `report ${report.id}, ${partName(figures, indexOf(error))}`);
	const [models = {}, ...results] = merged.split(data);
	return {
		// Its query asks for nothing else.
		models: Object.values(models) as ReportModelResult[],
		results: figures.map((figure, index) => ({ figure, result: results[index] ?? {} })),
		refused: [],
	};
}

/** What is asked is at odds with the model or the images: a block that is not there, more features than may be read. */
function isRefusal({ extensions }: ExecutionError): boolean {
	return ["BAD_INPUT", "NOT_FOUND", "LIMIT"].some((code) => code === extensions?.code);
}

type Made = { readonly checks: readonly JudgedCheck[] } & (
	| { readonly figure: FigureData }
	| { readonly omitted: OmittedFigure }
);

function make(
	report: Report,
	figure: Figure,
	result: Readonly<Record<string, unknown>>,
	variables: Readonly<Record<string, unknown>>,
	names: Names,
): Made {
	const { id, title, alt, caption, howToRead = null, query, bearsOn = [] } = figure;
	try {
		const { spec, claims, checks, provenance } = figure.evaluate(result, names);
		if (isBlank(spec) || provenance.length === 0) {
			const reason = checks[0]?.reason ?? firstReason(result) ?? "these models have nothing of what it shows";
			return { checks, omitted: omit(figure, `There are no values: ${reason}`) };
		}
		const drawn = { id, title, alt, caption, howToRead, query, variables, result, spec, claims, bearsOn };
		return { checks, figure: { ...drawn, provenance: mergeProvenance(provenance) } };
	} catch (cause) {
		throw new SightlineError("BAD_INPUT", `report ${report.id}, figure ${id}: ${String(cause)}`, { cause });
	}
}

function omit(figure: Figure, reason: string): OmittedFigure {
	return omittedFigure(figure, reason.endsWith(".") ? reason : `${reason}.`);
}

function reasonOf({ roles, otherImages }: Report, missing: readonly string[], { models }: ReportChoices): string {
	const parts = missing.flatMap((name) => {
		const role = roles[name];
		return role === undefined ? [] : [models === undefined ? (role.model ?? name) : `${role.words} (${name})`];
	});
	if (parts.length > 0) {
		return `It needs models that ${models === undefined ? "are not there" : "were not named"}: ${parts.join(", ")}.`;
	}
	return `It needs images that are not there: ${missing.map((name) => otherImages[name] ?? name).join(", ")}.`;
}

/** Of every figure, also those that could not be made, at the bounds that are asked for. */
function checksOf(
	{ figures }: Report,
	made: readonly Made[],
	omitted: readonly OmittedFigure[],
	{ checks: bounds = {} }: ReportChoices,
): JudgedCheck[] {
	const judged = made.flatMap(({ checks }) => checks);
	const all = figures.flatMap((figure) => {
		const own = judged.filter((check) => figure.checks.some(({ id }) => id === check.id));
		const reason = omitted.find(({ id }) => id === figure.id)?.reason ?? "it was not asked for";
		return own.length > 0 ? own : figure.withoutData(reason);
	});
	return all.flatMap((check) => {
		const bound = bounds[check.id];
		if (bound === false) return [];
		return bound === undefined ? check : withThreshold(check, bound);
	});
}

/** Of models their titles, of images their set. */
function namesOf(variables: Readonly<Record<string, unknown>>, models: readonly ReportModelResult[]): Names {
	const entries = Object.entries(variables).flatMap(([variable, value]) => {
		const set: unknown = typeof value === "object" && value !== null && "set" in value ? value.set : null;
		const name = models.find(({ id }) => id === value)?.title ?? set;
		return typeof name === "string" ? [[variable, name] as const] : [];
	});
	return Object.fromEntries(entries);
}

function inOrder({ figures }: Report, omitted: readonly OmittedFigure[]): OmittedFigure[] {
	return figures.flatMap(({ id }) => omitted.find((one) => one.id === id) ?? []);
}

/** The variables that a query declares. */
function given(query: string, variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const names = new Set(variableNames(query));
	return Object.fromEntries(Object.entries(variables).filter(([name]) => names.has(name)));
}

/** The figure at an index of the merged queries: the models come first; -1 is an error of the request as a whole. */
function partName(figures: readonly Figure[], index: number): string {
	const figure = figures[index - 1];
	return figure !== undefined ? `figure ${figure.id}` : index === 0 ? "models" : "request";
}

/** "a, b and c" */
function list(names: readonly string[]): string {
	return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
