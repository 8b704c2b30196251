/**
 * Every figure's query on a real engine: on the embedded models (and untrained ones in the place of those that are not
 * there), and on the real ViT-Tiny and ResNet-56 with photographs. What the values are is judged elsewhere; here each
 * must be there, or a reason why it is not.
 */
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kind, parse, type TypeNode, valueFromASTUntyped } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { raghu2021 } from "../../reports/raghu-2021/report.ts";
import { readCatalogue } from "../../src/data/catalogue.ts";
import { createEngine } from "../../src/engine/createEngine.ts";
import { openDevices } from "../../src/engine/devices.ts";
import { executeQuery } from "../../src/graphql/execute.ts";
import type { Services } from "../../src/graphql/services.ts";
import { pruneQuery } from "../../src/report/pruneQuery.ts";
import { MemoryStore } from "../../src/store/memory.ts";
import { zoo } from "../../src/zoo/zoo.ts";
import { fakeServices } from "../support/fakeServices.ts";
import { everyName } from "../support/figureResults.ts";
import { realEntries } from "../support/realEntries.ts";
import { sharedData } from "../support/sharedData.ts";
import { writeStandIn } from "../support/standIns.ts";
import { unexplained } from "../support/unexplained.ts";

const place = new URL("../../reports/raghu-2021/figures/", import.meta.url);
const figures = readdirSync(place)
	.sort()
	.map((name) => [name, readFileSync(new URL(`${name}/query.graphql`, place), "utf8")] as const);

let folder: string;
let services: Services;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "sightline-queries-"));
	const known = new Set(zoo.map(({ id }) => id));
	const named = figures.flatMap(([, query]) => variablesOf(query).flatMap(modelsOf)).filter((id) => !known.has(id));
	const standIns = await Promise.all([...new Set(named)].map((id) => writeStandIn(folder, id)));
	const { models, imageSets } = sharedData === null ? { models: [], imageSets: [] } : realEntries(sharedData);
	await writeFile(join(folder, "sightline.json"), JSON.stringify({ models: [...models, ...standIns], imageSets }));
	const catalogue = await readCatalogue(folder);
	const store = new MemoryStore();
	const engine = createEngine({ ...catalogue, store, devices: await openDevices("cpu") });
	services = { ...fakeServices(), ...catalogue, store, engine };
});
afterAll(async () => {
	await services.engine.close();
	await rm(folder, { recursive: true });
});

describe("on the embedded models", () => {
	test.each(figures)("%s has a value or a reason everywhere", async (_name, query) => {
		await answerWith(query, ({ name, type, value }) => {
			if (type !== "ImagesInput") return small[name] ?? value;
			const run = query.includes("receptiveField") ? { count: 4, batchSize: 2 } : { count: 32, batchSize: 8 };
			return { ...Object(value), ...run };
		});
	});
});

describe.skipIf(sharedData === null)("on the real ViT-Tiny and ResNet-56 (need SIGHTLINE_TEST_DATA)", () => {
	const photographs = (count: number) => ({ set: "photographs", split: "all", count, batchSize: 32 });
	/** Two of each class. */
	const cifar10 = (split: string) => ({ set: "cifar10", split, count: 20, batchSize: 20 });
	const imagesFor = (query: string, name: string): object => {
		if (query.includes("receptiveField")) return { ...photographs(2), batchSize: 2 };
		if (query.includes("linearProbe")) return cifar10(/[tT]rain$/.test(name) ? "probe" : "test");
		return photographs(/\b(?:s|blockS)imilarity\(/.test(query) ? 128 : 32);
	};
	test.each(figures)("%s has a value or a reason everywhere", async (_name, query) => {
		await answerWith(query, ({ name, type, value }) => {
			if (type === "ID") return Array.isArray(value) ? [...new Set(value.map(realModel))] : realModel(value);
			return type === "ImagesInput" ? imagesFor(query, name) : (small[name] ?? value);
		});
	});
});

/** What makes a query quick. */
const small: Readonly<Record<string, unknown>> = { channels: 2, shots: 1, seeds: 2, l2: [1, 1024] };

const realModel = (id: unknown): string => (String(id).startsWith("resnet") ? "resnet56" : "vit-tiny");

interface Variable {
	readonly name: string;
	/** Of a list, that of its items. */
	readonly type: string;
	/** The query's own default. */
	readonly value: unknown;
}

function modelsOf({ type, value }: Variable): string[] {
	return type === "ID" && value !== null ? [value].flat().map(String) : [];
}

async function answerWith(query: string, given: (variable: Variable) => unknown): Promise<void> {
	const variables = Object.fromEntries(variablesOf(query).map((variable) => [variable.name, given(variable)]));
	const mistakes: unknown[] = [];
	const options = { onInternalError: (error: unknown) => mistakes.push(error) };
	const { data, errors } = await executeQuery(services, { query, variables }, options);
	expect(mistakes).toEqual([]);
	expect(errors).toBeUndefined();
	expect(unexplained(data ?? null, "data").slice(0, 9)).toEqual([]);
	const figure = raghu2021.figures.find((one) => one.query === query);
	if (figure === undefined) return;
	const { spec, claims, provenance } = figure.evaluate(structuredClone({ ...data }), everyName);
	expect(spec.panels.length).toBeGreaterThan(0);
	expect(notFinite({ spec, claims })).toEqual([]);
	expect(claims.map(({ id }) => id)).toEqual(figure.claims.map(({ id }) => id));
	expect(provenance.length).toBeGreaterThan(0);
	for (const name of figure.optional) {
		const part = without(name, query, Object(data));
		const { [name]: _missing, ...names } = everyName;
		expect(figure.evaluate(part, names).spec.panels.length, `without ${name}`).toBeGreaterThan(0);
	}
}

/** What a query answers where a variable has no value, as far as whole fields are left out. */
function without(name: string, query: string, data: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const { definitions } = parse(pruneQuery(query, new Set([name])) ?? "");
	const fields = definitions.flatMap((node) =>
		node.kind === Kind.OPERATION_DEFINITION
			? node.selectionSet.selections.flatMap((field) =>
					field.kind === Kind.FIELD ? (field.alias ?? field.name).value : [],
				)
			: [],
	);
	return Object.fromEntries(Object.entries(structuredClone(data)).filter(([field]) => fields.includes(field)));
}

/** Where a number is none. */
function notFinite(value: unknown, place = ""): string[] {
	if (typeof value === "number") return Number.isFinite(value) ? [] : [place];
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).flatMap(([key, item]) => notFinite(item, `${place}.${key}`));
}

function variablesOf(query: string): Variable[] {
	return parse(query).definitions.flatMap((definition) =>
		definition.kind !== Kind.OPERATION_DEFINITION
			? []
			: (definition.variableDefinitions ?? []).map(({ variable, type, defaultValue }) => ({
					name: variable.name.value,
					type: nameOf(type),
					value: defaultValue === undefined ? null : valueFromASTUntyped(defaultValue),
				})),
	);
}

function nameOf(type: TypeNode): string {
	return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
