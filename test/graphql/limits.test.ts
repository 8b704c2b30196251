import { buildSchema, getIntrospectionQuery, type OperationDefinitionNode, parse } from "graphql";
import { expect, test } from "vitest";
import { excessOf, extentOf, limits } from "../../src/graphql/limits.ts";
import { typeDefs } from "../../src/graphql/schema.generated.ts";

const ours = buildSchema(typeDefs);

/** Any depth, and lists of a hundred. */
const nested = buildSchema(`
	directive @listSize(assumedSize: Int!) on FIELD_DEFINITION
	directive @cost(weight: Int!) on FIELD_DEFINITION
	type Query { node: Node! nodes: [Node!]! @listSize(assumedSize: 100) unsized: [Node!]! }
	type Node { node: Node! nodes: [Node!]! @listSize(assumedSize: 100) leaf: Int matrix: [[Int]] @cost(weight: 1000) }
`);

function parsed(query: string) {
	const document = parse(query);
	// The first definition of every query here is the operation.
	return [document, document.definitions[0] as OperationDefinitionNode] as const;
}

function excess(query: string, schema = nested) {
	return excessOf(schema, ...parsed(query));
}

test("the cost of a list is its size times what each item holds", () => {
	const query = "{ nodes { nodes { leaf a: leaf b: leaf } c: nodes { leaf } } }";
	// 100 items: themselves, 100 x (itself + 3 leaves), 100 x (itself + 1 leaf)
	expect(extentOf(nested, ...parsed(query))).toEqual({ cost: 100 * (1 + 100 * 4 + 100 * 2), depth: 3 });
});

test("a matrix costs its weight, and a list without a size counts as ten", () => {
	expect(extentOf(nested, ...parsed("{ nodes { matrix leaf } }")).cost).toBe(100 * 1002);
	expect(extentOf(nested, ...parsed("{ unsized { nodes { leaf } } }")).cost).toBe(10 * (1 + 100 * 2));
});

test("an operation at the limit passes, one above is refused with the number and the limit", () => {
	const nodes = (count: number) => Array.from({ length: count }, (_, index) => `n${index}: nodes { matrix }`).join(" ");
	expect(excess(`{ ${nodes(4)} }`)).toBeUndefined();
	expect(excess(`{ ${nodes(5)} }`)).toMatchObject({
		message: "the operation's cost is 500500; at most 500000 is allowed",
		extensions: { code: "LIMIT", given: 500_500, limit: limits.cost },
	});
});

test("an operation as deep as allowed passes, one level more is refused", () => {
	const deep = (levels: number) => `${"{ node ".repeat(levels - 1)} { leaf } ${"}".repeat(levels - 1)}`;
	expect(excess(deep(limits.depth))).toBeUndefined();
	expect(excess(deep(limits.depth + 1))).toMatchObject({ extensions: { code: "LIMIT", given: 17, limit: 16 } });
});

test("depth and cost are seen through fragments", () => {
	const inner = `${"{ node ".repeat(15)} { leaf } ${"}".repeat(15)}`;
	expect(excess(`{ node { ...deep } } fragment deep on Node ${inner}`)?.extensions.given).toBe(17);
	expect(excess(`{ node { ... on Node ${inner} } }`)?.extensions.given).toBe(17);
});

test("fragments that double at each step are counted without being walked", () => {
	const steps = 60;
	const fragments = Array.from({ length: steps }, (_, i) => `fragment f${i} on Node { ...f${i + 1} ...f${i + 1} }`);
	const query = `{ node { ...f0 } } ${fragments.join(" ")} fragment f${steps} on Node { leaf }`;
	expect(excess(query)?.extensions.given).toBe(1 + 2 ** steps);
});

test("the language's own introspection passes", () => {
	expect(excess(getIntrospectionQuery({ inputValueDeprecation: true }), ours)).toBeUndefined();
});

test("all that a report asks of twenty models passes in one operation", () => {
	const model =
		"id title blocks { index stage } heads { block index attentionDistance { meanPx provenance { seed } } }";
	const similarity = "rows { name kind block } columns { name kind block } values standardErrors leaveOneOut batches";
	const asked = Array.from(
		{ length: 20 },
		(_, i) => `m${i}: model(id: "${i}") { ${model} } s${i}: similarity(rows: { model: "${i}" }) { ${similarity} }`,
	);
	expect(excess(`{ ${asked.join(" ")} }`, ours)).toBeUndefined();
});
