/** Query.similarity and Query.blockSimilarity on a real engine: tiny networks on the CPU. */
import { expect, onTestFinished, test } from "vitest";
import { openImageSet } from "../../src/data/imageSets.ts";
import { executeQuery } from "../../src/graphql/execute.ts";
import type { Services } from "../../src/graphql/services.ts";
import { MemoryStore } from "../../src/store/memory.ts";
import { fakeServices } from "../support/fakeServices.ts";
import { openTiny, tinyEngine } from "../support/tinyEngine.ts";

async function tinyServices(): Promise<Services> {
	const store = new MemoryStore();
	const engine = await tinyEngine(store);
	onTestFinished(() => engine.close());
	const models = ["vit", "vit-gap", "resnet"].map((id) => openTiny(id).entry);
	return { ...fakeServices(), store, engine, models, openModel: async (id) => openTiny(id) };
}

/** The answer's data, with whatever was asked in it. */
// biome-ignore lint/suspicious/noExplicitAny: what is asked differs from test to test
async function ask(services: Services, query: string): Promise<any> {
	const { data, errors } = await executeQuery(services, { query });
	expect(errors).toBeUndefined();
	return data;
}

const blocks = (model: string) => `{ model: "${model}", preset: BLOCKS }`;
const between = (given: string, fields: string) =>
	`{ similarity(rows: ${blocks("vit")}, columns: ${blocks("resnet")}, ${given}) { ${fields} } }`;
const images = "images: { count: 40, batchSize: 8 }";

test("another estimator, a control and the trace run no model", async () => {
	const services = await tinyServices();
	const fields = "values standardErrors batches provenance { variant }";
	const { similarity: unbiased } = await ask(services, between(images, fields));
	expect(services.engine.passesStarted).toBe(2);
	const { similarity: biased } = await ask(
		services,
		between(
			`${images}, estimator: BIASED`,
			`${fields} shuffled { values standardErrors reasons { reason } } trace { images batches largestStandardError largestChange }`,
		),
	);
	expect(services.engine.passesStarted).toBe(2);
	for (const [row, values] of biased.values.entries())
		for (const [column, value] of values.entries()) expect(value).toBeGreaterThan(unbiased.values[row][column]);
	expect(biased.provenance.variant).toContain("biased HSIC (Gretton");
	expect(biased.shuffled.values.flat().every((value: number) => value > 0.1)).toBe(true);
	expect(biased.shuffled.standardErrors.flat().every((value: number) => value > 0)).toBe(true);
	expect(biased.trace.map(({ images }: { images: number }) => images)).toEqual([32, 40]);
	expect(biased.trace[1].largestStandardError).toBe(Math.max(...biased.standardErrors.flat()));
});

test("all images as one batch have one batch, whatever was asked, and an error over images", async () => {
	const fields = "values standardErrors batches reasons { reason } provenance { variant batchSize imagesUsed }";
	const { similarity } = await ask(await tinyServices(), between(`${images}, estimator: DEBIASED_FULL_BATCH`, fields));
	expect(similarity).toMatchObject({ batches: 1, reasons: [], provenance: { batchSize: 40, imagesUsed: 40 } });
	expect(similarity.provenance.variant).toContain("debiased, Kornblith et al. 2019");
	expect(similarity.standardErrors.flat().every((error: number) => error > 0)).toBe(true);
});

test("a part of a layer is measured apart, and layers without it say so", async () => {
	const services = await tinyServices();
	const { similarity } = await ask(
		services,
		`{ similarity(rows: { model: "vit" }, ${images}, tokens: CLS) { rows { name } values reasons { side layer reason } provenance { variant } } }`,
	);
	const names: string[] = similarity.rows.map(({ name }: { name: string }) => name);
	const [early, late] = [names.indexOf("patchEmbedding"), names.indexOf("blocks.1.output")];
	expect(similarity.values[early][late]).toBeNull();
	expect(similarity.values[late][late]).toBe(1);
	expect(similarity.reasons).toContainEqual({
		side: "ROWS",
		layer: "patchEmbedding",
		reason: "the class token has not joined the patches there",
	});
	expect(similarity.provenance.variant).toMatch(/; class token$/);
});

test.each([
	["vit-gap", "the model has no class token"],
	["resnet", "a CNN has no class token"],
])("the class token of %s is an absence with a reason, and nothing runs for it", async (model, reason) => {
	const services = await tinyServices();
	const { similarity } = await ask(
		services,
		`{ similarity(rows: ${blocks(model)}, ${images}, tokens: CLS) { values batches reasons { layer reason } trace { images } } }`,
	);
	expect(similarity.values.flat().every((value: unknown) => value === null)).toBe(true);
	expect(similarity.reasons).toContainEqual({ layer: "blocks.0.output", reason });
	expect(similarity).toMatchObject({ batches: 0, trace: [] });
	expect(services.engine.passesStarted).toBe(0);
});

test("measuring goes on in doubles until the largest error is small enough, and runs each batch once", async () => {
	const services = await tinyServices();
	const ran = new Map<string, number>();
	services.engine.watch(({ state, model, done }) => {
		if (state === "done") ran.set(model, (ran.get(model) ?? 0) + done);
	});
	const given = "images: { count: 16, batchSize: 8 }, until: { standardError: 1e-9, atMost: 100 }";
	const fields = "batches stopped { reached images largestStandardError reason } provenance { imagesAsked }";
	const { similarity } = await ask(services, between(given, fields));
	expect(similarity).toMatchObject({
		batches: 12,
		stopped: { reached: false, images: 100, reason: "100 images are all there may be" },
		provenance: { imagesAsked: 100 },
	});
	expect([...ran]).toEqual([
		["vit", 96],
		["resnet", 96],
	]);
	const reached = await ask(services, between(given.replace("1e-9", "0.9"), fields));
	expect(reached.similarity).toMatchObject({ batches: 4, stopped: { reached: true, images: 32, reason: null } });
	expect(reached.similarity.stopped.largestStandardError).toBeLessThan(0.9);
	expect(ran.get("vit")).toBe(96);
});

test("measuring ends with the images of the split, and where no error can come", async () => {
	const services = await tinyServices();
	const few: Services = {
		...services,
		async openImageSet(id) {
			const set = await openImageSet(id);
			const [test] = [...set.splits.values()];
			if (test === undefined) throw new Error("no splits");
			return { ...set, splits: new Map([["test", { ...test, count: 40 }]]) };
		},
	};
	const fields = "stopped { reached images reason }";
	const given = "images: { count: 16, batchSize: 8 }, until: { standardError: 1e-9 }";
	expect((await ask(few, between(given, fields))).similarity.stopped).toMatchObject({ reached: false, images: 40 });
	const alone = `{ similarity(rows: { model: "vit", names: ["norm"] }, ${given}) { ${fields} } }`;
	expect((await ask(services, alone)).similarity.stopped).toEqual({
		reached: false,
		images: 32,
		reason: "no two layers have a similarity with an error",
	});
	expect((await ask(services, between(images, fields))).similarity.stopped).toBeNull();
});

test.each([
	[
		"images: { count: 4096 }, estimator: DEBIASED_FULL_BATCH",
		"LIMIT",
		/takes all images as one batch: images.count is 4096; at most 2048/,
	],
	["until: { standardError: 0.1 }, estimator: DEBIASED_FULL_BATCH", "BAD_INPUT", /a full-batch estimate has one batch/],
	["until: { standardError: 0 }", "BAD_INPUT", /until.standardError is 0/],
	["until: { standardError: 0.1, atMost: 1000000 }", "LIMIT", /images.count is 1000000/],
])("%s is refused before anything runs", async (given, code, message) => {
	const services = await tinyServices();
	const { errors } = await executeQuery(services, { query: between(given, "values") });
	expect(errors?.[0]).toMatchObject({ message: expect.stringMatching(message), extensions: { code } });
	expect(services.engine.passesStarted).toBe(0);
});

test("the same blocks of two models are the diagonal of their matrix", async () => {
	const services = await tinyServices();
	const { similarity, blockSimilarity, same } = await ask(
		services,
		`{
			similarity(rows: ${blocks("vit")}, columns: ${blocks("vit-gap")}, ${images}, tokens: MEAN) { values standardErrors }
			blockSimilarity(before: "vit", after: "vit-gap", ${images}, tokens: MEAN) { blocks { block value standardError reason } reason provenance { variant } }
			same: blockSimilarity(before: "vit", after: "vit", ${images}) { blocks { value standardError } }
		}`,
	);
	expect(blockSimilarity.blocks).toEqual(
		[0, 1].map((block) => ({
			block,
			value: similarity.values[block][block],
			standardError: similarity.standardErrors[block][block],
			reason: null,
		})),
	);
	expect(blockSimilarity.reason).toBeNull();
	expect(same.blocks).toEqual([
		{ value: 1, standardError: 0 },
		{ value: 1, standardError: 0 },
	]);
});

test("blocks of models with different numbers of them are an absence with the reason", async () => {
	const services = await tinyServices();
	const query = `{ blockSimilarity(before: "vit", after: "resnet", ${images}) { blocks { value } reason provenance { variant } } }`;
	expect((await ask(services, query)).blockSimilarity).toEqual({
		blocks: [],
		reason: "vit has 2 blocks, resnet 3: no block of one is the same block of the other",
		provenance: null,
	});
	expect(services.engine.passesStarted).toBe(0);
});
