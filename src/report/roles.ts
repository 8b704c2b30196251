/** Which models a report's queries ask for, and which figures can be asked for with the models at hand. */
import { Kind, parse, type VariableDefinitionNode } from "graphql";
import { type StatedClaim, statementOf } from "./claim.ts";
import type { Figure, Report } from "./definition.ts";

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

/** @param known ids of the models that there are; the others' roles are left empty */
export function castOf(report: Report, known: readonly string[]): Cast {
	return Object.fromEntries(
		Object.entries(report.models).map(([role, id]) => [role, known.includes(id) ? id : null] as const),
	);
}

/** The figures that have a model for each role that they cannot do without, and the others with what they lack. */
export function castFigures(report: Report, cast: Cast): { figures: readonly Figure[]; omitted: OmittedFigure[] } {
	const lacking = (figure: Figure) => neededRoles(figure.query).filter((role) => role in cast && cast[role] === null);
	return {
		figures: report.figures.filter((figure) => lacking(figure).length === 0),
		omitted: report.figures.flatMap((figure) => {
			const roles = lacking(figure);
			if (roles.length === 0) return [];
			const models = roles.map((role) => report.models[role] ?? role).join(", ");
			return [omittedFigure(figure, `It needs models that are not there: ${models}.`)];
		}),
	};
}

/** The roles that these figures have. */
export function castIn(figures: readonly Figure[], cast: Cast): Cast {
	const played = new Set(figures.flatMap(({ query }) => variableNames(query)));
	return Object.fromEntries(Object.entries(cast).filter(([role]) => played.has(role)));
}

/** The variables of a query that may not be null. */
function neededRoles(query: string): string[] {
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
