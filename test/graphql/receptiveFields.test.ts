import { describe, expect, onTestFinished, test } from "vitest";
import { executeQuery } from "../../src/graphql/execute.ts";
import type { Services } from "../../src/graphql/services.ts";
import { MemoryStore } from "../../src/store/memory.ts";
import { fakeServices } from "../support/fakeServices.ts";
import { openTiny, tinyEngine } from "../support/tinyEngine.ts";

interface Found {
	readonly layer: string | null;
	readonly map: readonly (readonly number[])[];
	readonly radiusHoldingHalfPx: { readonly value: number };
	readonly provenance: { readonly variant: string; readonly imagesUsed: number };
}

/** The API on a real engine: tiny networks on the CPU, images of 32 pixels. */
async function realServices(): Promise<Services> {
	const store = new MemoryStore();
	const engine = await tinyEngine(store);
	onTestFinished(() => engine.close());
	const models = ["vit", "resnet"].map((id) => openTiny(id).entry);
	return { ...fakeServices(), store, engine, models, openModel: async (id) => openTiny(id) };
}

async function fieldsOf(services: Services, model: string, given: string, asked: string): Promise<readonly Found[]> {
	const query = `{ model(id: "${model}") { receptiveFields(${given}) { layer ${asked} } } }`;
	const { data, errors } = await executeQuery(services, { query });
	expect(errors).toBeUndefined();
	const found = data?.model as { receptiveFields: readonly Found[] } | undefined; // as the query asks
	return found?.receptiveFields ?? [];
}

const images = "images: { count: 10, batchSize: 2 }";

describe("Model.receptiveFields", () => {
	test("every sub-layer has a map of sum 1 and its statistics; asked again, no pass runs", async () => {
		const services = await realServices();
		const asked = `
			kind block residual map largest width height centreRowPx centreColumnPx patchPx images batches reason
			centreMass { value standardError } radiusHoldingHalfPx { value standardError reason } squares { share }
			provenance { variant imagesUsed batchSize cached }`;
		const fields = await fieldsOf(services, "vit", `channels: 4, ${images}`, asked);
		expect(services.engine.passesStarted).toBe(1);
		expect(fields.map(({ layer }) => layer)).toEqual([
			"patchEmbedding",
			...[0, 1].flatMap((block) => [`blocks.${block}.+attention`, `blocks.${block}.+mlp`]),
		]);
		// The grid is 4 x 4: the centre cell is from 16 to 24 px.
		expect(fields[1]).toMatchObject({
			...{ kind: "attention", block: 0, residual: "AFTER", width: 32, height: 32 },
			...{ centreRowPx: 20, centreColumnPx: 20, patchPx: 32 / 7, images: 10, batches: 5, reason: null, squares: [] },
			centreMass: { value: expect.any(Number), standardError: expect.any(Number) },
			provenance: { variant: expect.stringContaining("mean over 4 channels"), imagesUsed: 10, batchSize: 2 },
		});
		expect(fields[0]).toMatchObject({ kind: "patchEmbedding", block: null, residual: null });
		for (const { map } of fields) {
			expect(map.map((row) => row.length)).toEqual(new Array(32).fill(32));
			expect(map.flat().reduce((a, b) => a + b)).toBeCloseTo(1, 9);
		}
		// The embedding of a patch sees that patch alone.
		const inside = fields[0]?.map.slice(16, 24).flatMap((row) => row.slice(16, 24)) ?? [];
		expect(inside.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
		await fieldsOf(services, "vit", `channels: 4, ${images}`, asked);
		expect(services.engine.passesStarted).toBe(1);
	});

	test("another patch runs no model, and layers come in the order of their names", async () => {
		const services = await realServices();
		const given = `layers: ["blocks.1.+unit", "blocks.1.unit"], ${images}`;
		const asked = "centreMass { value } provenance { variant }";
		const small = await fieldsOf(services, "resnet", `patchPx: 2, ${given}`, asked);
		const large = await fieldsOf(services, "resnet", `patchPx: 12, ${given}`, asked);
		expect(small.map(({ layer }) => layer)).toEqual(["blocks.1.+unit", "blocks.1.unit"]);
		expect(services.engine.passesStarted).toBe(1);
		expect(JSON.stringify(large)).not.toBe(JSON.stringify(small));
	});

	test("variants and all channels are different values, each named", async () => {
		const services = await realServices();
		const ask = (given: string) =>
			fieldsOf(
				services,
				"vit",
				`layers: ["blocks.1.+mlp"], ${given}, ${images}`,
				"radiusHoldingHalfPx { value } largest squares { share area sidePx { value } } provenance { variant imagesUsed }",
			);
		const [all] = await ask("channels: null");
		const [sum] = await ask("variant: CHANNEL_SUM");
		const [repLKNet] = await ask("variant: REP_LK_NET");
		const radii = [all, sum, repLKNet].map((field) => field?.radiusHoldingHalfPx.value);
		expect(new Set(radii).size).toBe(3);
		expect(all?.provenance.variant).toMatch("mean over all");
		expect(sum?.provenance.variant).toMatch("opposite signs cancel");
		expect(repLKNet).toMatchObject({
			largest: 1,
			squares: [{ share: 0.2 }, { share: 0.3 }, { share: 0.5, area: expect.any(Number) }, { share: 0.99 }],
		});
	});

	test("a model without residual additions has none, with the reason", async () => {
		const services = await realServices();
		const open = openTiny("vit");
		const plain = { ...open, anatomy: { ...open.anatomy, residuals: [] } };
		const given = { ...services, openModel: async () => plain };
		expect(await fieldsOf(given, "vit", images, "map centreMass { value } reason provenance { variant }")).toEqual([
			{ layer: null, map: null, centreMass: null, reason: "it has no residual additions", provenance: null },
		]);
		expect(services.engine.passesStarted).toBe(0);
	});

	test.each([
		['layers: ["blocks.0.+atention"]', "NOT_FOUND"],
		["layers: []", "BAD_INPUT"],
		['layers: ["blocks.0.mlp", "blocks.0.mlp"]', "BAD_INPUT"],
		["channels: 0", "BAD_INPUT"],
		["patchPx: 0", "BAD_INPUT"],
	])("%s is refused before anything runs", async (given, code) => {
		const services = fakeServices();
		const query = `{ model(id: "vit-s") { receptiveFields(${given}) { layer } } }`;
		const { errors } = await executeQuery(services, { query });
		expect(errors?.[0]?.extensions?.code).toBe(code);
		expect(services.engine.questions).toEqual([]);
	});

	test("left out, the images are 32 in batches of 4", async () => {
		const services = fakeServices();
		await executeQuery(services, { query: '{ model(id: "vit-s") { receptiveFields { layer } } }' });
		expect(services.engine.questions[0]?.[0]).toMatchObject({
			images: { count: 32, batchSize: 4 },
			parameters: { taps: "after", variant: "jacobian", channels: 16 },
		});
	});
});
