import { buildSchema, graphql, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { mergeQueries } from "../../src/report/mergeQueries.ts";

const schema = buildSchema("type Query { twice(of: Int = 1): Int, item: Item } type Item { name: String, size: Int }");
const rootValue = { twice: ({ of }: { of: number }) => 2 * of, item: { name: "a", size: 3 } };
const one = "query One($n: Int = 4) { twice(of: $n) item { ...Part } } fragment Part on Item { name }";
const two = "query Two($n: Int = 4) { other: twice(of: $n) item { ...Part } } fragment Part on Item { size }";

describe("mergeQueries", () => {
	it("gives each query what it would get alone", async () => {
		const merged = mergeQueries([one, two]);
		expect(validate(schema, parse(merged.query))).toEqual([]);
		const { data } = await graphql({ schema, source: merged.query, rootValue, variableValues: { n: 5 } });
		const alone = await Promise.all(
			[one, two].map((source) => graphql({ schema, source, rootValue, variableValues: { n: 5 } })),
		);
		expect(merged.split(structuredClone({ ...data }))).toEqual(
			alone.map((answer) => structuredClone({ ...answer.data })),
		);
	});

	it("tells whose a name of the result is", () => {
		const merged = mergeQueries([one, two]);
		expect([merged.indexOf("q0_twice"), merged.indexOf("q1_other"), merged.indexOf("twice")]).toEqual([0, 1, -1]);
	});

	it("refuses variables of one name with two meanings", () => {
		expect(() => mergeQueries([one, "query ($n: Int = 5) { twice(of: $n) }"])).toThrow(/\$n: Int = 4 and \$n: Int = 5/);
	});

	it("refuses mutations, several operations, and fragments at the top", () => {
		expect(() => mergeQueries(["mutation { stop }"])).toThrow(/expected one query/);
		expect(() => mergeQueries(["query A { twice } query B { twice }"])).toThrow(/2 operations/);
		expect(() => mergeQueries(["{ ...All } fragment All on Query { twice }"])).toThrow(/fields only/);
	});
});
