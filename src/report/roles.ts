/** Which figures can be asked for with the models and images at hand, and what of their queries. */
import { Kind, parse, type VariableDefinitionNode } from "graphql";
import { SightlineError } from "../errors.ts";
import { type StatedClaim, statementOf } from "./claim.ts";
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
	/** What would be tested there. */
	readonly claims: readonly StatedClaim[];
}

export function omittedFigure({ id, title, claims }: Figure, reason: string): OmittedFigure {
	return { id, title, reason, claims: claims.map(statementOf) };
}

/** A model that there is, with the roles that its entry takes. */
export interface Player {
	readonly id: string;
	readonly roles: readonly string[];
}

/**
 * Who plays each role: the model whose entry takes it, else the one that comes along; null where that is not there.
 * @throws SightlineError BAD_INPUT where two entries take one role
 */
export function castOf(report: Report, players: readonly Player[]): Cast {
	return Object.fromEntries(
		Object.entries(report.roles).map(([role, { model: usual }]) => {
			const [taker, rival] = players.filter(({ roles }) => roles.includes(role));
			if (taker !== undefined && rival !== undefined) {
				throw new SightlineError("BAD_INPUT", `${taker.id} and ${rival.id} both take the role "${role}" in reports`, {
					hint: "Take it out of `roles` of one of their entries.",
				});
			}
			return [role, taker?.id ?? (players.some(({ id }) => id === usual) ? usual : null)] as const;
		}),
	);
}

/** A sentence for the reader of texts that speak of the models that come along; empty where these play all roles. */
export function recastNote(report: Report, cast: Cast): string {
	const others = Object.entries(cast).filter(([role, id]) => id !== null && id !== report.roles[role]?.model);
	if (others.length === 0) return "";
	return ` What is said of ${others.map(([role, id]) => `${report.roles[role]?.model} is here of ${id}`).join(", of ")}.`;
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
		omitted: cast.flatMap(({ figure, query, missing }) =>
			query === null ? [omittedFigure(figure, reasonOf(missing))] : [],
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
