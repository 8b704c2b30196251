/**
 * Many queries as one request: so that all that a report asks of a model shares one pass over the images, and figures
 * stay separate files. Each query's top-level fields and fragments get a prefix; variables of one name are one variable.
 */
import { Kind, type OperationDefinitionNode, parse, print, type VariableDefinitionNode, visit } from "graphql";
import { SightlineError } from "../errors.ts";

export interface MergedQueries {
	readonly query: string;
	/** Each query's part of the merged result, in their order, under the names that the query itself gave. */
	split(data: Readonly<Record<string, unknown>>): Record<string, unknown>[];
	/** Which query a top-level name of the merged result belongs to; -1 where it is none's. */
	indexOf(responseName: string): number;
}

/** @throws SightlineError BAD_INPUT where a query is not one operation of plain fields, or variables disagree */
export function mergeQueries(queries: readonly string[]): MergedQueries {
	const parts = queries.map((query, index) => prefixed(query, `q${index}_`));
	const variables = new Map<string, VariableDefinitionNode>();
	for (const { operation } of parts)
		for (const definition of operation.variableDefinitions ?? []) {
			const name = definition.variable.name.value;
			variables.set(name, sameVariable(variables.get(name) ?? definition, definition));
		}
	const operation: OperationDefinitionNode = {
		kind: Kind.OPERATION_DEFINITION,
		operation: parts[0]?.operation.operation ?? ("query" as OperationDefinitionNode["operation"]),
		name: { kind: Kind.NAME, value: "Report" },
		variableDefinitions: [...variables.values()],
		selectionSet: {
			kind: Kind.SELECTION_SET,
			selections: parts.flatMap((part) => part.operation.selectionSet.selections),
		},
	};
	const indexOf = (name: string) => Number(/^q(\d+)_/.exec(name)?.[1] ?? -1);
	return {
		query: print({ kind: Kind.DOCUMENT, definitions: [operation, ...parts.flatMap((part) => part.fragments)] }),
		indexOf,
		split: (data) =>
			queries.map((_, index) =>
				Object.fromEntries(
					Object.entries(data)
						.filter(([name]) => indexOf(name) === index)
						.map(([name, value]) => [name.slice(`q${index}_`.length), value]),
				),
			),
	};
}

/** Two declarations of a variable as one; a default may stand in only one of them. */
function sameVariable(known: VariableDefinitionNode, other: VariableDefinitionNode): VariableDefinitionNode {
	const defaults = [known, other].flatMap(({ defaultValue }) =>
		defaultValue === undefined ? [] : [print(defaultValue)],
	);
	if (print(known.type) !== print(other.type) || new Set(defaults).size > 1)
		throw new SightlineError("BAD_INPUT", `the queries declare ${print(known)} and ${print(other)}`, {
			hint: `Give $${known.variable.name.value} one type and default in all queries of the report, or two names.`,
		});
	return known.defaultValue === undefined ? other : known;
}

/** One query with its fragments and the response names of its top-level fields prefixed. */
function prefixed(query: string, prefix: string) {
	const document = visit(parse(query), {
		enter: (node) =>
			node.kind === Kind.FRAGMENT_DEFINITION || node.kind === Kind.FRAGMENT_SPREAD
				? { ...node, name: { ...node.name, value: prefix + node.name.value } }
				: undefined,
	});
	const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
	const [operation] = operations;
	if (operation === undefined || operations.length !== 1 || operation.operation !== "query")
		throw new SightlineError("BAD_INPUT", `a figure's query holds ${operations.length} operations, expected one query`);
	const selections = operation.selectionSet.selections.map((selection) => {
		if (selection.kind !== Kind.FIELD)
			throw new SightlineError("BAD_INPUT", "a figure's query has a fragment at its top level, expected fields only");
		return {
			...selection,
			alias: { kind: Kind.NAME as const, value: prefix + (selection.alias ?? selection.name).value },
		};
	});
	return {
		operation: { ...operation, selectionSet: { ...operation.selectionSet, selections } },
		fragments: document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION),
	};
}
