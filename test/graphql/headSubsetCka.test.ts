import { expect, test } from "vitest";
import { linearCka } from "../../src/metrics/linearCka.ts";
import { spearman } from "../../src/numerics/spearman.ts";
import { fromFloat32s } from "../../src/tensor/values.ts";
import { layer, recordsOf } from "../support/runMetric.ts";
import { dataOf, refusalOf, tensorsOf, untrainedServices } from "../support/untrainedServices.ts";

const services = await untrainedServices();
const images = "images: { count: 40, batchSize: 8 }";
const units = 'with: { model: "resnet", names: ["blocks.0.output", "blocks.2.output"] }';
const fields = `windows { heads meanDistancePx } units { name } values standardErrors
	correlations { rho standardError reason } reason provenance { variant imagesUsed }`;
const query = (given: string, model = "vit") => `{ model(id: "${model}") { headSubsetCka(${given}) { ${fields} } } }`;
const ask = async (given: string, model = "vit") => (await dataOf(services, query(given, model))).model.headSubsetCka;

/** What is known of the heads of a block by other ways: their distances, and the CKA of each by itself. */
async function headsOf(block: number) {
	const names = [0, 1, 2, 3].map((head) => `"blocks.${block}.heads.${head}"`);
	const sides = `rows: { model: "vit", names: [${names}] }, ${units.replace("with", "columns")}`;
	const { model, similarity } = await dataOf(
		services,
		`{
			model(id: "vit") { blocks { heads { attentionDistance(${images}) { meanPx } } } }
			similarity(${sides}, ${images}) { values standardErrors }
		}`,
	);
	const distances: number[] = model.blocks[block].heads.map(
		({ attentionDistance }: { attentionDistance: { meanPx: number } }) => attentionDistance.meanPx,
	);
	const sorted = [0, 1, 2, 3].sort((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0));
	return { distances, similarity, sorted };
}

test.each([0, 1])("single heads of block %i, from local to global, have the CKA of each by itself", async (block) => {
	const before = services.engine.passesStarted;
	const found = await ask(`block: ${block}, ${units}, ${images}`);
	// One of either model, of the ViT for distances and values alike; the units are known the second time.
	expect(services.engine.passesStarted - before).toBe(block === 0 ? 2 : 1);
	const { distances, similarity, sorted } = await headsOf(block);
	expect(found.windows).toEqual(sorted.map((head) => ({ heads: [head], meanDistancePx: distances[head] })));
	expect(found.units).toEqual([{ name: "blocks.0.output" }, { name: "blocks.2.output" }]);
	const own = (table: number[][]) => sorted.map((head) => table[head]?.map((value) => expect.closeTo(value, 6)));
	expect(found.values).toEqual(own(similarity.values));
	expect(found.standardErrors).toEqual(own(similarity.standardErrors));
	const ascending = sorted.map((head) => distances[head] ?? 0);
	for (const unit of [0, 1]) {
		const values = found.values.map((row: readonly number[]) => row[unit]);
		const rho = spearman(ascending, values);
		expect(found.correlations[unit]).toEqual({ rho, standardError: expect.any(Number), reason: null });
	}
	const variant = expect.stringContaining(`1 of 4 heads of block ${block}`);
	expect(found).toMatchObject({ reason: null, provenance: { imagesUsed: 40, variant } });
});

test.each([
	[2, 3, null],
	[3, 2, "a rank correlation needs 3 windows, there are 2"],
	[4, 1, "a rank correlation needs 3 windows, there is 1"],
])(
	"a window of %i has %i places among the sorted heads, and a correlation or the reason: %s",
	async (size, places, reason) => {
		const { distances, sorted } = await headsOf(0);
		const found = await ask(`window: ${size}, ${units}, ${images}`);
		expect(found.windows).toEqual(
			Array.from({ length: places }, (_, from) => {
				const heads = sorted.slice(from, from + size);
				const mean = heads.reduce((sum, head) => sum + (distances[head] ?? 0), 0) / size;
				return { heads, meanDistancePx: expect.closeTo(mean, 10) };
			}),
		);
		expect(found.values.flat()).toHaveLength(2 * places);
		const rho = reason === null ? expect.any(Number) : null;
		expect(found.correlations).toEqual(new Array(2).fill({ rho, standardError: rho, reason }));
	},
);

test("a head is the same as itself, and all heads are their values side by side", async () => {
	const own = 'with: { model: "vit", names: ["blocks.0.heads.2", "blocks.1.output"] }';
	const [single, all] = [await ask(`${own}, ${images}`), await ask(`window: 4, ${own}, ${images}`)];
	const at = single.windows.findIndex(({ heads: [head] }: { heads: number[] }) => head === 2);
	expect(single.values[at][0]).toBeCloseTo(1, 6);

	const tensors = await tensorsOf(services, "vit", 40, ({ attentions, blocks }) => [
		attentions[0]?.mixed?.tensor ?? "",
		blocks[1]?.output ?? "",
	]);
	const layers = tensors.map((values, index) => layer(`layer ${index}`, [values.length / 40]));
	const batches = [0, 1, 2, 3, 4].map((batch) => ({
		tensors: Object.fromEntries(
			tensors.map((values, index) => {
				const length = values.length / 5;
				return [`layer ${index}`, fromFloat32s([8, length / 8], values.subarray(batch * length, (batch + 1) * length))];
			}),
		),
	}));
	const { values, standardErrors } = linearCka.finish([await recordsOf(linearCka, { layers }, batches)]);
	expect(all.values[0][1]).toBeCloseTo(values[0]?.[1] ?? Number.NaN, 5);
	expect(all.standardErrors[0][1]).toBeCloseTo(standardErrors[0]?.[1] ?? Number.NaN, 5);
});

test.each([
	["resnet", "it has no attention whose weights the graph holds"],
	["vit-one-head", "the block has one head: it has no subsets"],
])("%s has none: %s; nothing runs", async (model, reason) => {
	const before = services.engine.passesStarted;
	expect(await ask(`${units}, ${images}`, model)).toEqual({
		windows: [],
		units: [{ name: "blocks.0.output" }, { name: "blocks.2.output" }],
		...{ values: [], standardErrors: [], correlations: [], reason, provenance: null },
	});
	expect(services.engine.passesStarted).toBe(before);
});

test("too few batches for an error, or too few images for a value, are said", async () => {
	const few = await ask(`${units}, images: { count: 16, batchSize: 8 }`);
	expect(few.values.flat().every((value: unknown) => typeof value === "number")).toBe(true);
	expect(few.standardErrors.flat().every((error: unknown) => error === null)).toBe(true);
	expect(few.reason).toBe("no standard error: the jackknife needs 4 full batches, there are 2");
	expect(few.correlations[0]).toEqual({
		...{ rho: expect.any(Number), standardError: null, reason: "no standard error: it needs 4 batches of images" },
	});
	const none = await ask(`${units}, images: { count: 9, batchSize: 3 }`);
	expect(none.reason).toBe("3 images a batch: HSIC needs 4");
	expect(none.values).toEqual(new Array(4).fill([null, null]));
	expect(none.correlations[1]).toEqual({
		...{ rho: null, standardError: null, reason: "some windows have no similarity, or all have the same distance" },
	});
});

test.each([
	["block: 2", "NOT_FOUND", "block 2 of vit has no attention", "Blocks with attention: 0, 1."],
	["block: -1", "NOT_FOUND", "block -1 of vit has no attention", "Blocks with attention: 0, 1."],
	["window: 5", "BAD_INPUT", "a window of 5 heads; block 0 has 4", /a quarter of the heads, 1 here/],
	["window: 0", "BAD_INPUT", "a window of 0 heads; block 0 has 4", /a quarter of the heads, 1 here/],
	['images: { set: "leavess" }', "NOT_FOUND", 'no image set "leavess"', /leaves/],
	["images: { count: 0 }", "BAD_INPUT", "images.count is 0; it must be at least 1", /512 for count/],
	['with: { model: "resnt" }', "NOT_FOUND", 'no model "resnt"', "Did you mean resnet?"],
	['with: { model: "vit", names: [] }', "BAD_INPUT", "names of layers of vit is an empty list", /Name each layer once/],
])("%s is refused, %s: %s", async (given, code, message, hint) => {
	const before = services.engine.passesStarted;
	const refusal = await refusalOf(services, query(given.startsWith("with") ? given : `${given}, ${units}`));
	expect(refusal).toEqual({ code, message, hint: expect.stringMatching(hint) });
	expect(services.engine.passesStarted).toBe(before);
});
