/** What a report is: a folder that names its source, its models and its figures (reports/<id>/report.ts). */
import { readFileSync } from "node:fs";
import { type Claim, type JudgedClaim, judge, type StatedClaim } from "./claim.ts";
import type { FigureSpec } from "./figureSpec.ts";
import type { ProvenanceResult } from "./queryResult.ts";

export interface Report {
	/** Folder name: "raghu-2021". */
	readonly id: string;
	readonly title: string;
	/** What it reproduces and with what, one or two sentences. */
	readonly summary: string;
	readonly source: Source;
	/** The command that makes it, how long that takes, and the numbers to expect. */
	readonly command: string;
	readonly time: string;
	readonly expect: readonly string[];
	/**
	 * Roles: the ids of models by the name of the variable that stands for each in the queries. One name stands for one
	 * role in all of them.
	 */
	readonly models: Readonly<Record<string, string>>;
	/** What the report's images are called in the queries: `images`, and others that follow from them. */
	variables(images: ReportImages): Readonly<Record<string, unknown>>;
	readonly figures: readonly Figure[];
	/** The order in which the front page tells it; where there is none, the figures stand in theirs. */
	readonly sections?: readonly ReportSection[];
	/** Numbers of the figures that are measured and shown first, where a report is looked at as it grows: "1". */
	readonly first: readonly string[];
}

/** A part of the story that a report tells. */
export interface ReportSection {
	/** Of its place in the page: "local-and-global". */
	readonly id: string;
	readonly title: string;
	/** Two or three sentences: what the source showed, and what to look for. */
	readonly text: string;
	/** Numbers of its figures, in order: "7b". A figure of no section stands behind them all. */
	readonly figures: readonly string[];
}

/** On which images; `ImagesInput` of the schema. */
export interface ReportImages {
	readonly set: string;
	readonly split: string;
	readonly count: number;
	readonly batchSize: number;
}

/** The publication that a report reproduces. */
export interface Source {
	readonly citation: string;
	readonly url: string;
	readonly bibtex: string;
}

/** A figure, ready to be asked for and drawn. */
export interface Figure extends FigureTexts {
	readonly claims: readonly StatedClaim[];
	/** @param data the result of the figure's own query */
	evaluate(data: unknown): EvaluatedFigure;
}

export interface EvaluatedFigure {
	readonly spec: FigureSpec;
	readonly claims: readonly JudgedClaim[];
	readonly provenance: readonly ProvenanceResult[];
}

interface FigureTexts {
	/** Folder name: "01-within-model-similarity". */
	readonly id: string;
	readonly title: string;
	/** What a reader who cannot see the figure is told, in one sentence. */
	readonly alt: string;
	/** For those who see such a figure for the first time: where to look first and what it would mean, in two sentences. */
	readonly howToRead?: string;
	/** GraphQL, runnable by itself: every variable has a default. */
	readonly query: string;
	/** Markdown. */
	readonly caption: string;
}

/** A figure as its author writes it (figures/<id>/figure.ts): `Data` is the result of its query. */
export interface FigureDefinition<Data> extends FigureTexts {
	readonly claims: readonly Claim<Data>[];
	/** The query's result as a figure. */
	chart(data: Data): FigureSpec;
	/** How each value came about. */
	provenance(data: Data): readonly ProvenanceResult[];
}

export function defineFigure<Data>(definition: FigureDefinition<Data>): Figure {
	const { claims, chart, provenance, ...texts } = definition;
	return {
		...texts,
		claims,
		evaluate(data) {
			// What the API answers to a query has the shape that the query states; a test runs each against the schema.
			const result = data as Data;
			return {
				spec: chart(result),
				claims: claims.map((claim) => judge(claim, result)),
				provenance: provenance(result),
			};
		},
	};
}

/** A text file that lies beside a module. */
export function textBeside(moduleUrl: string, name: string): string {
	return readFileSync(new URL(name, moduleUrl), "utf8");
}
