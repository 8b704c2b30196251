/** What is asked of a report, and what it comes to once the models and images that are named were looked at. */
import { notFound } from "../errors.ts";
import { type AskedImages, type ChosenImages, chooseImages } from "./chooseImages.ts";
import type { Report } from "./definition.ts";
import { type Execute, plainData } from "./execute.ts";
import { castNamed, type NamedModel } from "./namedModels.ts";
import type { ImageSetResult, ModelResult } from "./queryResult.ts";
import { type Cast, castOf, type Player } from "./roles.ts";

/** What is left out is the report's own. */
export interface ReportChoices {
	readonly title?: string;
	/** Those that come along if left out. */
	readonly models?: readonly NamedModel[];
	readonly images?: AskedImages;
	/** Numbers of the figures that the report was cut down to (`withFigures`). */
	readonly figures?: readonly string[];
	/** Bounds of checks by their ids; false: the check is not made. */
	readonly checks?: Readonly<Record<string, number | false>>;
}

export interface ReadChoices extends ChosenImages {
	readonly cast: Cast;
	/** The models that were named, by role; empty where they are those that come along. */
	readonly named: Readonly<Record<string, ModelResult>>;
}

/** @throws SightlineError of a model or image set that cannot be opened, or that the report has no place for */
export async function readChoices(report: Report, execute: Execute, choices: ReportChoices): Promise<ReadChoices> {
	const { models: named, images: asked = {}, checks = {} } = choices;
	const known = report.figures.flatMap((figure) => figure.checks.map(({ id }) => id));
	const unknown = Object.keys(checks).find((id) => !known.includes(id));
	if (unknown !== undefined) throw notFound(`check of ${report.id}`, unknown, known);
	const ids = [...new Set((named ?? []).map(({ id }) => id))];
	const variables = { set: asked.set ?? "leaves" };
	const place = (name: string | null) => ids[Number(/^model(\d+)$/.exec(name ?? "")?.[1])] ?? variables.set;
	const data = plainData(await execute(query(ids, named === undefined), variables), (error) =>
		place(String(error?.path?.[0] ?? "")),
	);
	// The shapes that the query states.
	const chosen = chooseImages(asked, data.imageSet as ImageSetResult);
	if (named === undefined) {
		const { models } = data as unknown as { models: Player[] };
		return { ...chosen, cast: castOf(report, models), named: {} };
	}
	const described = new Map(ids.map((id, at) => [id, data[`model${at}`] as ModelResult] as const));
	const cast = castNamed(report, named, (id) => described.get(id)?.family ?? "OTHER");
	const byRole = Object.entries(cast).flatMap(([role, id]) => {
		const model = described.get(id ?? "");
		return model === undefined ? [] : [[role, model] as const];
	});
	return { ...chosen, cast, named: Object.fromEntries(byRole) };
}

function query(ids: readonly string[], all: boolean): string {
	const models = ids.map((id, at) => `model${at}: model(id: ${JSON.stringify(id)}) { ...Look }`);
	const look = "fragment Look on Model { id title family blocks { index stage } }";
	return `query Choices($set: ID!) {
	imageSet(id: $set) { id classNames splits { name count } }
	${all ? "models { id roles }" : models.join(" ")}
}
${ids.length === 0 ? "" : look}`;
}
