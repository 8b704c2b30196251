import { expect, test } from "vitest";
import { dataOf, refusalOf, untrainedServices } from "../support/untrainedServices.ts";

const services = await untrainedServices();
const images = "images: { count: 80, batchSize: 16 }";
const ask = async (model: string, given: string, fields: string, run = images) =>
	(await dataOf(services, `{ model(id: "${model}") { skipAblation(${given}, ${run}) { ${fields} } } }`)).model
		.skipAblation;
const refusal = (model: string, given: string, run = images) =>
	refusalOf(services, `{ model(id: "${model}") { skipAblation(${given}, ${run}) { original { split { value } } } } }`);

const side = `{
	model { id residualAdditions }
	accuracy { top1 { value count } }
	accuracyDifference { value low high reason provenance { variant imagesUsed } }
	similarity { rows { name kind block } values }
	split { value standardError layer reason provenance { variant imagesUsed batchSize } }
}`;

test("a model that was built without the skips from the same weights measures what the ablated one does", async () => {
	const before = services.engine.passesStarted;
	const given = 'blocks: [1], trained: "vit-noskip"';
	const found = await ask("vit", given, `original ${side} ablated ${side} trained ${side} reason`);
	expect(services.engine.passesStarted - before).toBe(3);
	const { original, ablated, trained, reason } = found;
	expect(reason).toBeNull();
	expect([original, ablated, trained].map(({ model }) => model)).toEqual([
		{ id: "vit", residualAdditions: 4 },
		{ id: "vit?withoutSkips=1", residualAdditions: 2 },
		{ id: "vit-noskip", residualAdditions: 2 },
	]);
	expect(trained.accuracy).toEqual(ablated.accuracy);
	expect(trained.accuracyDifference).toEqual(ablated.accuracyDifference);
	expect(trained.similarity.rows).toEqual(ablated.similarity.rows);
	expect(trained.split.value).toBeCloseTo(ablated.split.value, 5);
	for (const [row, values] of ablated.similarity.values.entries())
		for (const [column, value] of values.entries())
			expect(trained.similarity.values[row][column]).toBeCloseTo(value, 5);
	expect(ablated.split.value).not.toBeCloseTo(original.split.value, 2);

	// The difference is of top-1 on the same images, the model's own with itself 0.
	const shares = [ablated, original].map(({ accuracy }) => accuracy.top1.value);
	expect(ablated.accuracyDifference).toMatchObject({
		...{ value: expect.closeTo(shares[0] - shares[1], 12), low: expect.any(Number), reason: null },
		provenance: { imagesUsed: 80, variant: expect.stringContaining("Newcombe 1998") },
	});
	expect(ablated.accuracyDifference.value).toBeLessThan(0);
	expect(original.accuracyDifference.value).toBe(0);
	expect(ablated.split).toMatchObject({ layer: "blocks.1.attention", reason: null, provenance: { imagesUsed: 80 } });
	expect(ablated.split.standardError).toBeGreaterThan(0);
});

test("the score is the mean CKA across the cut over that within its parts", async () => {
	const { ablated } = await ask("vit", "blocks: [1]", `ablated ${side}`);
	const { rows, values } = ablated.similarity;
	const cut = rows.findIndex(({ name }: { name: string }) => name === ablated.split.layer);
	const pairs = (values as number[][]).flatMap((cells, row) =>
		cells.slice(row + 1).map((value, at) => ({ value, isAcross: row < cut && row + 1 + at >= cut })),
	);
	const mean = (isAcross: boolean) => {
		const own = pairs.filter((pair) => pair.isAcross === isAcross);
		return own.reduce((sum, { value }) => sum + value, 0) / own.length;
	};
	expect(ablated.split.value).toBeCloseTo(mean(true) / mean(false), 12);
});

test.each([
	["vit", "blocks: [1, 0, 1]", "vit?withoutSkips=0,1", "blocks.0.attention"],
	["vit", "blocks: [0], branches: [MLP]", "vit?withoutSkips=0.mlp", "blocks.0.mlpHidden"],
	["vit", "blocks: [0], branches: [MLP, ATTENTION]", "vit?withoutSkips=0.attention,0.mlp", "blocks.0.attention"],
	["resnet", "blocks: [2]", "resnet?withoutSkips=2", "blocks.2.conv1"],
	["vit?withoutSkips=0.mlp", "blocks: [1]", "vit?withoutSkips=0.mlp,1", "blocks.1.attention"],
])("%s with %s is %s, cut before %s", async (model, given, id, layer) => {
	const { original, ablated } = await ask(
		model,
		given,
		"original { model { id } split { layer } } ablated { model { id } split { value layer } }",
	);
	expect(original).toEqual({ model: { id: model }, split: { layer } });
	expect(ablated).toEqual({ model: { id }, split: { layer, value: expect.any(Number) } });
});

test.each([
	["vit", "blocks: [2]", "block 2 has no skip that could be removed", "Blocks with skips: 0, 1."],
	["vit", "blocks: [0], branches: [UNIT]", 'no skip of block 0 "unit"', "There is: attention, mlp."],
	["resnet", "blocks: [1], branches: [MLP]", 'no skip of block 1 "mlp"', "There is: unit."],
	["vit?withoutSkips=1", "blocks: [1]", "block 1 has no skip that could be removed", "Blocks with skips: 0."],
	["vit-noskip", "blocks: [1]", "block 1 has no skip that could be removed", "Blocks with skips: 0."],
	["vit", 'blocks: [1], trained: "vit-nskip"', 'no model "vit-nskip"', "Did you mean vit-noskip?"],
])("%s with %s is refused: %s", async (model, given, message, hint) => {
	const before = services.engine.passesStarted;
	expect(await refusal(model, given)).toEqual({ message, hint, code: "NOT_FOUND" });
	expect(services.engine.passesStarted).toBe(before);
});

test("a block below 0, an image set that is not there or no images are refused", async () => {
	expect(await refusal("vit", "blocks: [-1]")).toEqual({
		code: "BAD_INPUT",
		message: 'vit?withoutSkips=-1: "-1" names no block whose skips are left out',
		hint: expect.stringContaining("a block's number"),
	});
	expect(await refusal("vit", "blocks: [1]", 'images: { set: "leavs" }')).toMatchObject({
		...{ message: 'no image set "leavs"', code: "NOT_FOUND" },
	});
	expect(await refusal("vit", "blocks: [1]", "images: { count: 0 }")).toMatchObject({
		...{ message: "images.count is 0; it must be at least 1", code: "BAD_INPUT" },
	});
});

test.each(["blocks: []", "blocks: [1], branches: []"])(
	"without a skip named, as by %s, nothing is left out or cut",
	async (given) => {
		const split = "split { value standardError layer reason provenance { variant } }";
		const found = await ask("vit", given, `original { ${split} } ablated { ${split} } trained { ${split} } reason`);
		const reason = "no skip is named that is to be left out";
		const none = { value: null, standardError: null, layer: null, reason, provenance: null };
		expect(found).toEqual({ original: { split: none }, ablated: null, trained: null, reason });
	},
);

test.each([
	["{ count: 24, batchSize: 3 }", null, "3 images a batch: HSIC needs 4"],
	["{ count: 16, batchSize: 8 }", expect.any(Number), "no standard error: it needs 4 batches of images"],
])("on images %s the split is %s, since %s", async (run, value, reason) => {
	const found = await ask("vit", "blocks: [1]", "ablated { split { value standardError reason } }", `images: ${run}`);
	expect(found.ablated.split).toEqual({ value, standardError: null, reason });
});

test("a model trained without the skips that has no such block has no split there", async () => {
	const found = await ask("resnet", 'blocks: [2], trained: "vit"', "trained { split { value layer reason } }");
	expect(found.trained.split).toEqual({ value: null, layer: null, reason: "it has no layers in block 2" });
});
