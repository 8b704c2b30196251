/** What a report is: a folder that names its source, the roles of its models and its figures (reports/<id>/report.ts). */
import { readFileSync } from "node:fs";
import { type Check, type JudgedCheck, judgeCheck } from "./check.ts";
import { type Claim, type JudgedClaim, judge, type Names, type StatedClaim } from "./claim.ts";
import type { FigureSpec } from "./figureSpec.ts";
import type { ModelResult, ProvenanceResult } from "./queryResult.ts";

export interface Report extends ReportTexts {
	/** Folder name: "raghu-2021". */
	readonly id: string;
	/** What is told instead where the models are the reader's own; null where it is the same. */
	readonly own: ReportTexts | null;
	/** The publication that it reproduces; null where there is none. */
	readonly source: Source | null;
	/**
	 * By the name of the variable that stands for each in the queries: one name stands for one role in all of them. Models
	 * that are named without a role take, in their order, the first free one of their family, in this order.
	 */
	readonly roles: Readonly<Record<string, Role>>;
	/** In words, the images that figures may need besides those of the report, by the name of their variable. */
	readonly otherImages: Readonly<Record<string, string>>;
	/** What the report's images are called in the queries, and what else follows from images and models; null: missing. */
	variables(given: GivenToReport): Readonly<Record<string, unknown>>;
	readonly figures: readonly Figure[];
	/** The order in which the front page tells it; where there is none, the figures stand in theirs. */
	readonly sections?: readonly ReportSection[];
	/** Numbers of the figures that are measured and shown first, where a report is looked at as it grows: "1". */
	readonly first: readonly string[];
}

export interface ReportTexts {
	readonly title: string;
	/** What it reproduces or shows and with what, one or two sentences. */
	readonly summary: string;
	/** How long it takes, and the numbers to expect. */
	readonly time: string;
	readonly expect: readonly string[];
}

export interface Role {
	/** Id of the model that comes along; null where the role is always named. */
	readonly model: string | null;
	/** For a reader who wonders what to put there: "a larger ViT". */
	readonly words: string;
	/** Of models that may take it without being told; "any", or null where it must be named. */
	readonly family: ModelResult["family"] | "any" | null;
}

/** What the variables of a report's queries are made from. */
export interface GivenToReport {
	readonly images: ReportImages;
	/** Labelled images of the same set, apart from these, to fit probes on; null where there are none. */
	readonly train: ReportImages | null;
	/** Blocks of the models that were named, by role; the queries' defaults are made for those that come along. */
	readonly blocks: Readonly<Record<string, number>>;
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
	readonly checks: readonly Pick<Check<never>, "id" | "threshold">[];
	/**
	 * @param data the result of the figure's own query
	 * @param names of what stands for each variable
	 */
	evaluate(data: unknown, names: Names): EvaluatedFigure;
	/** What its checks come to where the figure cannot be made. */
	withoutData(reason: string): readonly JudgedCheck[];
}

export interface EvaluatedFigure {
	readonly spec: FigureSpec;
	readonly claims: readonly JudgedClaim[];
	readonly checks: readonly JudgedCheck[];
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
	/** Variables, roles mostly, that it can do without: what asks for them is left out of the query. */
	readonly optional: readonly string[];
	/** Markdown. */
	readonly caption: string;
	/** Ids of claims on which it bears though another figure of the report tests them: "C38". */
	readonly bearsOn?: readonly string[];
}

/**
 * A figure as its author writes it (figures/<id>/figure.ts): `Data` is the result of its query, `Optional` what is not
 * there where an optional variable is missing.
 */
export interface FigureDefinition<Data, Optional extends keyof Data = never> extends Omit<FigureTexts, "optional"> {
	readonly optional?: readonly string[];
	/** A case is judged where all that it names is there. */
	readonly claims: readonly Claim<Data>[];
	readonly checks?: readonly Check<Data>[];
	/** The query's result as a figure. */
	chart(data: Given<Data, Optional>): FigureSpec;
	/** How each value came about. */
	provenance(data: Given<Data, Optional>): readonly ProvenanceResult[];
}

type Given<Data, Optional extends keyof Data> = Omit<Data, Optional> & Partial<Pick<Data, Optional>>;

export function defineFigure<Data, Optional extends keyof Data = never>(
	definition: FigureDefinition<Data, Optional>,
): Figure {
	const { claims, checks = [], optional = [], chart, provenance, ...texts } = definition;
	return {
		...texts,
		optional,
		claims,
		checks,
		evaluate(data, names) {
			// What the API answers to a query has the shape that the query states; a test runs each against the schema.
			const result = data as Data;
			return {
				spec: chart(result),
				claims: claims.flatMap((claim) => judge(claim, result, names) ?? []),
				checks: checks.map((check) => judgeCheck(check, check.measure(result, 0.95))),
				provenance: provenance(result),
			};
		},
		withoutData: (reason) => checks.map((check) => judgeCheck(check, { reason })),
	};
}

/** Those of a figure's parts that are there. */
export function present<Part>(parts: readonly (Part | undefined)[]): Part[] {
	return parts.filter((part) => part !== undefined);
}

/** A text file that lies beside a module. */
export function textBeside(moduleUrl: string, name: string): string {
	return readFileSync(new URL(name, moduleUrl), "utf8");
}
