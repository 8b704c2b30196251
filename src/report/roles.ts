/** Which figures can be asked for with the models and images at hand, and what of their queries. */
import { Kind, parse, type VariableDefinitionNode } from "graphql";
import type { Figure, Report } from "./definition.ts";
import { pruneQuery } from "./pruneQuery.ts";

/** Models by role; null where there is none for it. */
export type Cast = Readonly<Record<string, string | null>>;

/** A figure that a report goes without. */
export interface OmittedFigure {
	readonly id: string;
	readonly title: string;
	/** In one sentence. */
	readonly reason: string;
}

/** The models that come along, in their roles. @param known ids of the models that there are; other roles are left empty */
export function castOf(report: Report, known: readonly string[]): Cast {
	return Object.fromEntries(
		Object.entries(report.roles).map(([role, { model }]) => [
			role,
			model !== null && known.includes(model) ? model : null,
		]),
	);
}

/**
 * The figures that have a value for each variable that they cannot do without, with the query that is left to ask, and the
 * others with what they lack.
 * @param variables of all queries; null is missing
 * @param reasonOf why there is no figure where these are missing, in a sentence
 */
export function castFigures(
	{ figures }: Report,
	variables: Readonly<Record<string, unknown>>,
	reasonOf: (missing: readonly string[]) => string,
): { figures: readonly Figure[]; omitted: readonly OmittedFigure[] } {
	const cast = figures.map((figure) => {
		const missing = neededVariables(figure.query).filter((name) => variables[name] === null);
		const lacking = missing.filter((name) => !figure.optional.includes(name));
		const query = lacking.length > 0 ? null : pruneQuery(figure.query, new Set(missing));
		return { figure, query, missing: lacking.length > 0 ? lacking : missing };
	});
	return {
		figures: cast.flatMap(({ figure, query }) => (query === null ? [] : [{ ...figure, query }])),
		omitted: cast.flatMap(({ figure: { id, title }, query, missing }) =>
			query === null ? [{ id, title, reason: reasonOf(missing) }] : [],
		),
	};
}

/** The roles that these figures have. */
export function castIn(figures: readonly Figure[], cast: Cast): Cast {
	const played = new Set(figures.flatMap(({ query }) => variableNames(query)));
	return Object.fromEntries(Object.entries(cast).filter(([role]) => played.has(role)));
}

/** The variables of a query that may not be null. */
function neededVariables(query: string): string[] {
	return definitions(query)
		.filter(({ type }) => type.kind === Kind.NON_NULL_TYPE)
		.map(({ variable }) => variable.name.value);
}

/** The variables that a query declares. */
export function variableNames(query: string): string[] {
	return definitions(query).map(({ variable }) => variable.name.value);
}

function definitions(query: string): readonly VariableDefinitionNode[] {
	return parse(query).definitions.flatMap((node) =>
		node.kind === Kind.OPERATION_DEFINITION ? (node.variableDefinitions ?? []) : [],
	);
}
