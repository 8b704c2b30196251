import { readdirSync, readFileSync } from "node:fs";
import { parse, subscribe } from "graphql";
import { expect, test } from "vitest";
import { createContext } from "../../src/graphql/context.ts";
import { executeQuery } from "../../src/graphql/execute.ts";
import { typeDefs } from "../../src/graphql/schema.generated.ts";
import { schema } from "../../src/graphql/schema.ts";
import { fakeServices } from "../support/fakeServices.ts";

const folder = new URL("../../site/playground/examples/", import.meta.url);
const playground = readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")] as const);
const documented = [...typeDefs.matchAll(/```graphql\n(?<query>.*?)```/gs)].map(
	(match, index) => [`example ${index + 1} of the schema`, match.groups?.query ?? ""] as const,
);

test("the schema and the playground have examples, and every one of the playground has a tab", () => {
	expect(documented.length).toBeGreaterThanOrEqual(4);
	const tabs = readFileSync(new URL("../examples.ts", folder), "utf8");
	expect(playground.filter(([name]) => !tabs.includes(`"./examples/${name}"`)).map(([name]) => name)).toEqual([]);
});

const queries = [...documented, ...playground].filter(([, text]) => !/^(?:subscription|mutation)/m.test(text));

test.each(queries)("%s is answered without an error", async (_name, query) => {
	const { data, errors } = await executeQuery(fakeServices(), { query });
	expect(errors).toBeUndefined();
	expect(data).toBeDefined();
});

test("the playground's first tab is answered without opening or measuring a model's images", async () => {
	const services = fakeServices();
	await executeQuery(services, { query: readFileSync(new URL("welcome.graphql", folder), "utf8") });
	expect(services.engine.questions).toEqual([]);
});

test("the playground's mutation is answered with the way to allow it", async () => {
	const query = readFileSync(new URL("adding.graphql", folder), "utf8");
	const { errors } = await executeQuery(fakeServices(), { query });
	expect(errors).toEqual([expect.objectContaining({ message: "nothing is added here" })]);
});

test("the playground's subscription begins", async () => {
	const document = parse(readFileSync(new URL("passes.graphql", folder), "utf8"));
	const options = { asker: "machine", signal: new AbortController().signal } as const;
	const events = await subscribe({ schema, document, contextValue: createContext(fakeServices(), options) });
	expect(events).toHaveProperty("next");
	if ("return" in events) await events.return();
});
