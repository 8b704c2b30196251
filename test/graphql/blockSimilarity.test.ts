import { expect, test } from "vitest";
import { linearCka } from "../../src/metrics/linearCka.ts";
import { planPass } from "../../src/plan/pass.ts";
import { leavesBatches } from "../support/leavesBatches.ts";
import { runPass } from "../support/runPass.ts";
import { dataOf, refusalOf, untrainedServices } from "../support/untrainedServices.ts";

const services = await untrainedServices();
const images = "images: { count: 40, batchSize: 8 }";
const fields = "blocks { block value standardError reason } reason provenance { variant imagesUsed batchSize }";
const query = (before: string, after: string, given = images) =>
	`{ blockSimilarity(before: "${before}", after: "${after}", ${given}) { ${fields} } }`;
const ask = async (before: string, after: string, given = images) =>
	(await dataOf(services, query(before, after, given))).blockSimilarity;

/** Records of block outputs, made without the engine. */
async function recordsOf(id: string, tokens: "all" | "mean") {
	const open = await services.openModel(id);
	const measurement = {
		model: open.identity,
		metric: { name: linearCka.name, version: linearCka.version },
		parameters: { tokens },
		layers: "blocks",
		images: { set: "", split: "", digest: "", count: 40, batchSize: 8 },
	} as const;
	const [records] = await runPass(planPass(open, [measurement], "cpu"), leavesBatches(64, "test", 40, 8));
	if (records === undefined) throw new Error("no records");
	return records;
}

test.each([
	["tokens: ALL", "all", "unbiased"],
	["tokens: MEAN", "mean", "unbiased"],
	["estimator: BIASED", "all", "biased"],
] as const)(
	"with %s each block has the value of linearCka at its place, and its error",
	async (given, tokens, estimator) => {
		const found = await ask("vit", "vit-gap", `${images}, ${given}`);
		const sides = [await recordsOf("vit", tokens), await recordsOf("vit-gap", tokens)] as const;
		const { values, standardErrors } = linearCka.finish(sides, { estimator, isShuffled: false });
		expect(found.blocks).toEqual(
			[0, 1].map((block) => ({
				...{ block, value: expect.closeTo(values[block]?.[block] ?? Number.NaN, 6), reason: null },
				standardError: expect.closeTo(standardErrors[block]?.[block] ?? Number.NaN, 6),
			})),
		);
		expect(found).toMatchObject({ reason: null, provenance: { imagesUsed: 40, batchSize: 8 } });
	},
);

test("before and after may change places", async () => {
	const [there, back] = [await ask("vit", "vit-gap"), await ask("vit-gap", "vit")];
	for (const [block, { value, standardError }] of there.blocks.entries()) {
		expect(back.blocks[block].value).toBeCloseTo(value, 10);
		expect(back.blocks[block].standardError).toBeCloseTo(standardError, 10);
	}
});

test("two models that part in their last block are the same before it", async () => {
	const { blocks } = await ask("vit", "vit-noskip");
	expect(blocks[0].value).toBeCloseTo(1, 6);
	expect(blocks[0].standardError).toBeCloseTo(0, 6);
	expect(blocks[1].value).toBeLessThan(0.99);
	expect(blocks[1].standardError).toBeGreaterThan(0);
	// A block without its skips is what the other is once they are taken out of it.
	const [, last] = (await ask("vit?withoutSkips=1", "vit-noskip")).blocks;
	expect(last.value).toBeCloseTo(1, 6);
});

test("all images as one batch have an error over images", async () => {
	const found = await ask("vit", "vit-gap", `${images}, estimator: DEBIASED_FULL_BATCH`);
	expect(found.provenance).toMatchObject({ imagesUsed: 40, batchSize: 40 });
	expect(found.blocks[0]).toMatchObject({ value: expect.any(Number), standardError: expect.any(Number), reason: null });
});

test.each([
	["vit", "vit-gap", "tokens: CLS", "the model has no class token"],
	["resnet", "resnet", "tokens: CLS", "a CNN has no class token"],
])("%s and %s have no similarity of %s: %s", async (before, after, given, reason) => {
	const { blocks } = await ask(before, after, `${images}, ${given}`);
	expect(blocks.length).toBeGreaterThan(0);
	for (const each of blocks) expect(each).toMatchObject({ value: null, standardError: null, reason });
});

test.each([
	[
		"{ count: 16, batchSize: 8 }",
		expect.any(Number),
		"no standard error: the jackknife needs 4 full batches, there are 2",
	],
	["{ count: 9, batchSize: 3 }", null, "3 images a batch: HSIC needs 4"],
	["{ count: 6, batchSize: 8 }", null, "no full batch of 8 images"],
])("on images %s a block is %s without an error, since %s", async (run, value, reason) => {
	const { blocks } = await ask("vit", "vit-gap", `images: ${run}`);
	expect(blocks).toEqual([0, 1].map((block) => ({ block, value, standardError: null, reason })));
});

test("models with other numbers of blocks have no same block, and nothing runs", async () => {
	const before = services.engine.passesStarted;
	expect(await ask("resnet", "vit")).toEqual({
		blocks: [],
		reason: "resnet has 3 blocks, vit 2: no block of one is the same block of the other",
		provenance: null,
	});
	expect(services.engine.passesStarted).toBe(before);
});

test.each([
	["vitt", "vit", images, "NOT_FOUND", 'no model "vitt"', "Did you mean vit?"],
	["vit", "resnt", images, "NOT_FOUND", 'no model "resnt"', "Did you mean resnet?"],
	[
		"vit",
		"vit?withoutSkips=2",
		images,
		"NOT_FOUND",
		"block 2 has no skip that could be removed",
		"Blocks with skips: 0, 1.",
	],
	["vit", "vit-gap", 'images: { set: "leave" }', "NOT_FOUND", 'no image set "leave"', "Did you mean leaves?"],
	["vit", "vit-gap", "images: { count: 0 }", "BAD_INPUT", "images.count is 0; it must be at least 1", /512 for count/],
	[
		"vit",
		"vit-gap",
		"images: { count: 4096 }, estimator: DEBIASED_FULL_BATCH",
		"LIMIT",
		/at most 2048/,
		/fewer images/,
	],
])("%s and %s on %s are refused, %s: %s", async (before, after, given, code, message, hint) => {
	const started = services.engine.passesStarted;
	expect(await refusalOf(services, query(before, after, given))).toEqual({
		code,
		message: expect.stringMatching(message),
		hint: expect.stringMatching(hint),
	});
	expect(services.engine.passesStarted).toBe(started);
});
