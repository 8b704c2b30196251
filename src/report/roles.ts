/** Which models a report's queries ask for, and which figures can be asked for with the models at hand. */
import { Kind, parse, type VariableDefinitionNode } from "graphql";
import { SightlineError } from "../errors.ts";
import type { Figure, Report } from "./definition.ts";

/** Models by role; null where there is none for it. */
export type Cast = Readonly<Record<string, string | null>>;

/** A figure that a report goes without. */
export interface OmittedFigure {
	readonly id: string;
	readonly title: string;
	/** In one sentence. */
	readonly reason: string;
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
		Object.entries(report.models).map(([role, usual]) => {
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
	const others = Object.entries(cast).filter(([role, id]) => id !== null && id !== report.models[role]);
	if (others.length === 0) return "";
	return ` What is said of ${others.map(([role, id]) => `${report.models[role]} is here of ${id}`).join(", of ")}.`;
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
			return [{ id: figure.id, title: figure.title, reason: `It needs models that are not there: ${models}.` }];
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
