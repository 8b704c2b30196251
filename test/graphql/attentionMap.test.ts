/** Head.attentionMap beside the rows of the weights themselves. */
import { expect, test } from "vitest";
import { ofHeads, type Weights } from "../support/attentionWeights.ts";
import { dataOf, refusalOf, untrainedServices } from "../support/untrainedServices.ts";

const services = await untrainedServices();
const count = 10;
const images = `images: { count: ${count}, batchSize: 4 }`;
const ask = async (model: string, given: string) => {
	const asked = `attentionMap(${given}, ${images}) { weights image reason provenance { imagesUsed variant } }`;
	const { model: found } = await dataOf(services, `{ model(id: "${model}") { heads { ${asked} } } }`);
	return found.heads.map(({ attentionMap }: { attentionMap: unknown }) => attentionMap);
};

const mean = (values: readonly number[]) => values.reduce((all, value) => all + value, 0) / values.length;
const patches = (row: readonly number[]) => [0, 4, 8, 12].map((from) => row.slice(from + 1, from + 5));
const over = (rows: Weights) => (rows[0] ?? []).map((_, at) => mean(rows.map((row) => row[at] ?? 0)));
const close = (rows: Weights) => rows.map((row) => row.map((value) => expect.closeTo(value, 5)));

test.each([
	["query: CLS", "the class token", ([cls = []]: Weights) => cls],
	["query: PATCH, patch: [2, 1]", "one patch", (weights: Weights) => weights[1 + 2 * 4 + 1] ?? []],
	["query: MEAN", "all patches on the mean", (weights: Weights) => over(weights.slice(1))],
])("%s: the rows of the weights of %s, of an image or over all, in one pass", async (query, asker, row) => {
	const expected = await ofHeads(services, "vit", count, row);
	const before = services.engine.passesStarted;
	for (const image of [null, 7]) {
		const found = await ask("vit", `${query}, image: ${image}`);
		const rows = expected.map((of) => (image === null ? over(of) : (of[image] ?? [])));
		const seen = image === null ? "mean over images" : "image 7";
		const provenance = {
			...{ imagesUsed: image === null ? count : 1 },
			variant: `attention weights on the patches, asked by ${asker}; ${seen}`,
		};
		expect(found).toEqual(rows.map((of) => ({ weights: close(patches(of)), image, reason: null, provenance })));
	}
	expect(services.engine.passesStarted - before).toBe(1);
});

test.each([
	["query: PATCH", "patch is [], expected [row, column] within 4 x 4", "the query PATCH needs them"],
	["query: PATCH, patch: [4, 0]", "patch is [4, 0], expected [row, column] within 4 x 4", "count from 0"],
	["query: PATCH, patch: [0, -1]", "patch is [0, -1], expected [row, column] within 4 x 4", "count from 0"],
	["query: PATCH, patch: [1, 1, 1]", "patch is [1, 1, 1], expected [row, column] within 4 x 4", "count from 0"],
	[`image: ${count}`, "image 10 of a run of 10", "Images count from 0 to 9"],
	["image: -1", "image -1 of a run of 10", "ask for a larger images.count"],
])("a map of %s is refused: %s", async (given, message, hint) => {
	const query = `{ model(id: "vit") { heads { attentionMap(${given}, ${images}) { image } } } }`;
	expect(await refusalOf(services, query)).toEqual({
		code: "BAD_INPUT",
		message,
		hint: expect.stringContaining(hint),
	});
});

test("a model without a class token has no map as that would ask, and says so", async () => {
	const none = { weights: null, image: 2, reason: "the model has no class token that could ask", provenance: null };
	expect(await ask("vit-gap", "query: CLS, image: 2")).toEqual(new Array(8).fill(none));
});
