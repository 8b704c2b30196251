import { getIntrospectionQuery, parse, print } from "graphql";
import { expect, test } from "vitest";
import { type PublishedAnswer, publishedAnswers } from "../../site/publishedAnswers.ts";
import { typeDefs } from "../../src/graphql/schema.generated.ts";

const query = `# What a figure asks.
query Depth($model: ID! = "vit-s", $images: ImagesInput! = { count: 512 }) {
	model(id: $model) { title, accuracy(images: $images) { images } }
}`;
const variables = { model: "vit-s", images: { set: "leaves", split: "test", count: 512, batchSize: 64 } };

const read: string[] = [];
const answer = publishedAnswers(
	{
		format: 1,
		schema: typeDefs,
		queries: [{ title: "Figure 1. Depth", query, variables, answer: "../figure-1.json.gz", answerBytes: 1 }],
	},
	async (address) => {
		read.push(address);
		return { data: { model: { title: "ViT-S" } } };
	},
);
const firstError = ({ errors = [] }: PublishedAnswer) => errors[0] as { message: string; extensions: unknown };

test("a published query is answered from its file, however it is written and named", async () => {
	const asked = [query, print(parse(query)), query.replace("Depth", "Another").replaceAll("\t", "  "), `\n${query}`];
	for (const text of asked) {
		expect(await answer({ query: text, variables })).toEqual({ data: { model: { title: "ViT-S" } } });
	}
	expect(read.splice(0)).toEqual(asked.map(() => "../figure-1.json.gz"));
});

test("variables may be left out where their defaults, or those of the schema, are what was published", async () => {
	const { set, ...images } = variables.images;
	for (const given of [{}, null, { images }, { images: { batchSize: 64, count: 512 }, model: "vit-s" }]) {
		expect(await answer({ query, variables: given })).toHaveProperty("data");
	}
	expect(set).toBe("leaves");
});

test("other variables are refused, with those that were published", async () => {
	const refused = firstError(await answer({ query, variables: { ...variables, model: "vit-l" } }));
	expect(refused.message).toMatch(/with the variables that its figure was made with, and these are others/);
	expect(refused.extensions).toMatchObject({
		code: "NOT_PUBLISHED",
		hint: expect.stringContaining("npx sightline serve"),
		published: [{ title: "Figure 1. Depth", variables }],
	});
});

test("another query is refused, with how to ask it", async () => {
	const refused = firstError(await answer({ query: '{ model(id: "vit-s") { title } }' }));
	expect(refused.message).toMatch(/no server: .* and this query is none of them/);
	expect(refused.extensions).toMatchObject({ hint: expect.stringContaining("npx sightline serve") });
});

test("a query with one more field, or one letter changed, is another query", async () => {
	for (const text of [query.replace("title", "title id"), query.replace("title", "digest")])
		expect(firstError(await answer({ query: text, variables })).message).toMatch(/none of them/);
});

test("what is no query, or not one, is refused with its place", async () => {
	expect(firstError(await answer({ query: "{ model(" })).message).toMatch(/Syntax Error/);
	expect(firstError(await answer({ query: "query A { __typename } query B { __typename }" })).message).toMatch(
		/several and none is named/,
	);
	expect(firstError(await answer({ query, variables: { model: null } })).message).toMatch(/\$model/);
});

test("questions about the schema are answered with its types and descriptions", async () => {
	const { data } = await answer({ query: getIntrospectionQuery(), operationName: "IntrospectionQuery" });
	expect(JSON.stringify(data)).toContain("Which images: the first `count` of a split");
});
