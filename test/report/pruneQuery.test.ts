import { parse, print, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { templates } from "../../reports/index.ts";
import { pruneQuery } from "../../src/report/pruneQuery.ts";
import { schema } from "../support/syntheticApi.ts";

const query = `query Two($vit: ID! = "a", $resnet: ID! = "b", $images: ImagesInput!) {
	vit: model(id: $vit) { title ...Card beside: headSubsetCka(with: { model: $resnet }, images: $images) { values } }
	resnet: model(id: $resnet) { ...Card ...Further }
}
fragment Card on Model { id }
fragment Further on Model { ...Deeper }
fragment Deeper on Model { family }`;

describe("pruneQuery", () => {
	const pruned = (...missing: string[]) => pruneQuery(query, new Set(missing));

	it("leaves a query as it stands where nothing of it is missing", () => {
		expect(pruned()).toBe(query);
		expect(pruned("mixer")).toBe(query);
	});

	it("leaves out fields that are given what is missing, at any depth, and what nobody uses any more", () => {
		expect(pruned("resnet")).toBe(
			print(
				parse(`query Two($vit: ID! = "a") { vit: model(id: $vit) { title ...Card } } fragment Card on Model { id }`),
			),
		);
	});

	it("leaves out what has no fields any more", () => {
		const only = `query Only($a: ID!, $b: ID!) { a: model(id: $a) { x: headSubsetCka(with: { model: $b }) { values } } }`;
		expect(pruneQuery(only, new Set(["b"]))).toBeNull();
	});

	it("is null where nothing is left", () => {
		expect(pruned("vit", "resnet")).toBeNull();
	});
});

describe("every figure", () => {
	const optional = templates.flatMap(({ figures }) =>
		figures.flatMap((figure) => figure.optional.map((name) => [figure.id, name, figure.query] as const)),
	);
	it.each(optional)("%s without %s asks only for what the schema has", (_id, name, whole) => {
		const left = pruneQuery(whole, new Set([name]));
		expect(left).not.toBeNull();
		expect(left).not.toMatch(new RegExp(`\\$${name}\\b`));
		expect(validate(schema, parse(left ?? ""))).toEqual([]);
	});
});
