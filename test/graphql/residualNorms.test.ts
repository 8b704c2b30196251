import { expect, test } from "vitest";
import { dataOf, refusalOf, tensorsOf, untrainedServices } from "../support/untrainedServices.ts";

const services = await untrainedServices();
const count = 10;
const images = `images: { count: ${count}, batchSize: 4 }`;
const norms = `{
	ratio ratioStandardError cosineWithSum cosineWithSumStandardError cosineWithBranch cosineWithBranchStandardError reason
}`;
const fields = `
	branches { kind projected cls ${norms} spatial ${norms} tokens { ratio cosineWithSum cosineWithBranch } reason }
	reason provenance { variant imagesUsed }`;
const ask = async (model: string, given = images, asked = fields) =>
	(
		await dataOf(services, `{ model(id: "${model}") { blocks { residualNorms(${given}) { ${asked} } } } }`)
	).model.blocks.map(({ residualNorms }: { residualNorms: unknown }) => residualNorms);

/** [image][token][quantity] of an addition of a ViT: ratio, cosine with the sum, cosine with the branch; then |z|, |f|. */
async function quantitiesOf(model: string, addition: number): Promise<number[][][]> {
	const [z, f] = await tensorsOf(services, model, count, ({ residuals }) => {
		const { stream = "", branch = "" } = residuals[addition] ?? {};
		return [stream, branch];
	});
	if (z === undefined || f === undefined) throw new Error("no addition");
	const width = 16;
	const tokens = z.length / count / width;
	return Array.from({ length: count }, (_, image) =>
		Array.from({ length: tokens }, (_, token) => {
			const of = (values: Float32Array) => [...values.subarray((image * tokens + token) * width).subarray(0, width)];
			const [own, added] = [of(z), of(f)];
			const sum = own.map((value, at) => value + (added[at] ?? 0));
			const dot = (a: number[], b: number[]) => a.reduce((all, value, at) => all + value * (b[at] ?? 0), 0);
			const norm = (a: number[]) => Math.sqrt(dot(a, a));
			const cosine = (a: number[], b: number[]) => dot(a, b) / norm(a) / norm(b);
			return [norm(own) / norm(added), cosine(own, sum), cosine(own, added), norm(own), norm(added)];
		}),
	);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const errorOf = (values: readonly number[]) =>
	Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1) / values.length);
const close = (value: number) => expect.closeTo(value, 4);
/** What is told of a list of images, each with its three quantities. */
const told = (of: readonly (readonly number[])[]) => {
	const [ratio = [], sum = [], branch = []] = [0, 1, 2].map((at) => of.map((each) => each[at] ?? Number.NaN));
	return {
		...{ ratio: close(mean(ratio)), ratioStandardError: close(errorOf(ratio)) },
		...{ cosineWithSum: close(mean(sum)), cosineWithSumStandardError: close(errorOf(sum)) },
		...{ cosineWithBranch: close(mean(branch)), cosineWithBranchStandardError: close(errorOf(branch)), reason: null },
	};
};
const across = (tokens: readonly (readonly number[])[]) =>
	[0, 1, 2].map((at) => mean(tokens.map((each) => each[at] ?? 0)));

test.each([
	["vit", 1],
	["vit-gap", 0],
])(
	"of every token of %s norms and cosines are those of its vectors in float64; one pass for all blocks",
	async (model, first) => {
		const before = services.engine.passesStarted;
		const found = await ask(model);
		expect(services.engine.passesStarted - before).toBe(1);
		for (const [addition, kind] of ["attention", "mlp", "attention", "mlp"].entries()) {
			const expected = await quantitiesOf(model, addition);
			const each = expected[0]?.map((_, token) => across(expected.map((image) => image[token] ?? [])));
			expect(found[addition >> 1].branches[addition % 2]).toEqual({
				kind: kind.toUpperCase(),
				projected: false,
				cls: first === 1 ? told(expected.map(([cls = []]) => cls)) : null,
				spatial: told(expected.map((image) => across(image.slice(first)))),
				tokens: each?.map(([ratio = 0, sum = 0, branch = 0]) => ({
					...{ ratio: close(ratio), cosineWithSum: close(sum), cosineWithBranch: close(branch) },
				})),
				reason: null,
			});
		}
		expect(found[1]).toMatchObject({ reason: null, provenance: { imagesUsed: count } });
		expect(found[1].provenance.variant).toMatch(/; of ratios, the mean of per-token ratios$/);
	},
);

test("the ratio of means is of mean norms, changes nothing else, has no error and runs no model", async () => {
	const [first] = await ask("vit");
	const before = services.engine.passesStarted;
	const [found] = await ask("vit", `${images}, aggregation: RATIO_OF_MEANS`);
	expect(services.engine.passesStarted).toBe(before);
	const patches = (await quantitiesOf("vit", 0)).flatMap((image) => image.slice(1));
	const [z, f] = [3, 4].map((at) => mean(patches.map((each) => each[at] ?? 0)));
	const { spatial } = found.branches[0];
	expect(spatial).toEqual({
		...first.branches[0].spatial,
		ratio: close((z ?? 0) / (f ?? 0)),
		ratioStandardError: null,
		reason: "no standard error is kept of a ratio of means",
	});
	expect(Math.abs(spatial.ratio - first.branches[0].spatial.ratio)).toBeGreaterThan(1e-3);
	expect(found.provenance.variant).toMatch(/; of ratios, the ratio of mean norms$/);
});

test("additions behind a projection are told, or left out with the reason", async () => {
	const [whole, without] = [await ask("resnet"), await ask("resnet", `${images}, projections: false`)];
	// Untrained, the bottlenecks of the first stage are dead where the image is plain: ReLU leaves no channel.
	const dead = "a stream or a branch is zero, or not finite, at some token of some image";
	expect(whole.map(({ branches }: { branches: unknown }) => branches)).toMatchObject([
		[{ projected: true, cls: null, reason: dead, spatial: { ratio: null, reason: dead } }],
		[{ projected: false, cls: null, reason: dead }],
		[{ projected: true, cls: null, reason: null, spatial: { ratio: expect.any(Number) } }],
	]);
	expect(without[1]).toEqual({ ...whole[1], provenance: expect.anything() });
	const reason = "its shortcut is a projection, not the identity";
	for (const block of [0, 2]) {
		const [branch] = without[block].branches;
		expect(branch).toMatchObject({ kind: "UNIT", projected: true, cls: null, reason });
		expect(branch.spatial).toMatchObject({ ratio: null, cosineWithSum: null, cosineWithBranch: null, reason });
		expect(branch.tokens).toEqual(whole[block].branches[0].tokens.map(() => nothing));
	}
});
const nothing = { ratio: null, cosineWithSum: null, cosineWithBranch: null };

test("a block without its skips has no additions, nor has a model without any, with the reason", async () => {
	const [cut, kept] = await ask("vit?withoutSkips=0");
	expect(cut).toMatchObject({ branches: [], reason: "the block has no residual addition" });
	expect(kept.branches).toHaveLength(2);
	const none = { branches: [], reason: "it has no residual additions", provenance: null };
	expect(await ask("vit?withoutSkips=0,1")).toEqual([none, none]);
});

test("one image has means without errors", async () => {
	const [{ branches }] = await ask("vit", "images: { count: 1 }");
	expect(branches[0].spatial).toMatchObject({
		...{ ratio: expect.any(Number), ratioStandardError: null, reason: "no standard error: it needs 2 images" },
	});
});

test.each([
	['images: { set: "leafs" }', "NOT_FOUND", 'no image set "leafs"', /^There is: leaves, leaves-shifted\.$/],
	['images: { split: "training" }', "NOT_FOUND", 'no split of image set "leaves" "training"', /There is: /],
	["images: { batchSize: 0 }", "BAD_INPUT", "images.batchSize is 0; it must be at least 1", /64 for batchSize/],
])("%s is refused before anything runs", async (given, code, message, hint) => {
	const before = services.engine.passesStarted;
	const refusal = await refusalOf(services, `{ model(id: "vit") { blocks { residualNorms(${given}) { reason } } } }`);
	expect(refusal).toEqual({ code, message, hint: expect.stringMatching(hint) });
	expect(services.engine.passesStarted).toBe(before);
});
