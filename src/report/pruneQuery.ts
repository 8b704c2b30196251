/** A figure's query without the parts that ask for what is not there. */
import { type ASTNode, type FieldNode, Kind, parse, print, visit } from "graphql";

/**
 * @param missing variables that have no value: the fields that are given one of them are left out, and what stands empty or
 *   unused without these
 * @returns the query as it stands where nothing is left out; null where nothing is left
 */
export function pruneQuery(query: string, missing: ReadonlySet<string>): string | null {
	if (missing.size === 0) return query;
	let found = false;
	const pruned = visit(parse(query), {
		Field: {
			enter(field) {
				if (!asksFor(field, missing)) return undefined;
				found = true;
				return null;
			},
			// What had fields and has none any more.
			leave: (field) => (field.selectionSet?.selections.length === 0 ? null : undefined),
		},
	});
	if (!found) return query;
	const operation = pruned.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
	if (operation === undefined || operation.selectionSet.selections.length === 0) return null;
	const fragments = new Map(
		pruned.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
	);
	const used = new Set<string>();
	const follow = (node: ASTNode): void => {
		visit(node, {
			FragmentSpread({ name: { value } }) {
				const fragment = fragments.get(value);
				if (fragment === undefined || used.has(value)) return;
				used.add(value);
				follow(fragment);
			},
		});
	};
	follow(operation);
	const kept = [...fragments].flatMap(([name, fragment]) => (used.has(name) ? [fragment] : []));
	const variables = new Set([operation.selectionSet, ...kept].flatMap(variablesIn));
	const variableDefinitions = (operation.variableDefinitions ?? []).filter(({ variable }) =>
		variables.has(variable.name.value),
	);
	return print({ kind: Kind.DOCUMENT, definitions: [{ ...operation, variableDefinitions }, ...kept] });
}

function asksFor({ arguments: given = [] }: FieldNode, missing: ReadonlySet<string>): boolean {
	return given.some((argument) => variablesIn(argument).some((name) => missing.has(name)));
}

function variablesIn(node: ASTNode): string[] {
	const names: string[] = [];
	visit(node, { enter: (one) => void (one.kind === Kind.VARIABLE && names.push(one.name.value)) });
	return names;
}
