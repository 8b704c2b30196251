/** Head.attentionDistance and attentionEntropy beside what the weights themselves give in float64; what heads share. */
import { describe, expect, test } from "vitest";
import { ofHeads } from "../support/attentionWeights.ts";
import { dataOf, refusalOf, untrainedServices } from "../support/untrainedServices.ts";

const services = await untrainedServices();
const count = 10;
const images = `images: { count: ${count}, batchSize: 4 }`;
const heads = async (model: string, asked: string) =>
	(await dataOf(services, `{ model(id: "${model}") { heads { block index ${asked} } } }`)).model.heads;
// biome-ignore lint/suspicious/noExplicitAny: what is asked differs from test to test
const ask = async (model: string, field: string): Promise<any[]> =>
	(await heads(model, `found: ${field}`)).map(({ found }: { found: unknown }) => found);

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
const deviation = (values: readonly number[]) =>
	Math.sqrt(sum(values.map((value) => (value - mean(values)) ** 2)) / (values.length - 1));
const near = (value: number) => expect.closeTo(value, 4);

/** Of 4 x 4 patches of 16 px behind a class token, which stands in the middle. */
function distanceOf(weights: readonly (readonly number[])[], variant: string): number {
	const step = variant === "UNIT_GRID" ? 1 / 3 : 16;
	const place = (token: number) => (token === 0 ? [1.5, 1.5] : [Math.floor((token - 1) / 4), (token - 1) % 4]);
	const first = variant === "WITH_CLASS_TOKEN" ? 0 : 1;
	const queries = weights.slice(first).map((row, at) => {
		const [y = 0, x = 0] = place(at + first);
		const seen = row.slice(first);
		const distance = sum(
			seen.map((weight, to) => {
				const [row = 0, column = 0] = place(to + first);
				return weight * step * Math.hypot(y - row, x - column);
			}),
		);
		return distance / (variant === "PAPER" || variant === "WITH_CLASS_TOKEN" ? 1 : sum(seen));
	});
	return mean(queries);
}

describe.each(["PAPER", "RENORMALISED", "WITH_CLASS_TOKEN", "UNIT_GRID"])("the distance %s", (variant) => {
	test("is that of the weights, its errors those over images, its uniform that of equal weights", async () => {
		const given = `attentionDistance(variant: ${variant}, ${images})`;
		const fields = "meanPx meanUnit standardErrorPx standardErrorUnit deviationPx uniformPx uniformUnit reason";
		const found = await ask("vit", `${given} { ${fields} provenance { imagesUsed } }`);
		const expected = await ofHeads(services, "vit", count, (weights) => distanceOf(weights, variant));
		const equal = new Array(17).fill(new Array(17).fill(variant === "WITH_CLASS_TOKEN" ? 1 / 17 : 1 / 16));
		const uniform = near(distanceOf(equal, variant));
		expect(found).toEqual(
			expected.map((values) => {
				const [value, spread] = [near(mean(values)), deviation(values)];
				const error = near(spread / Math.sqrt(count));
				const isUnit = variant === "UNIT_GRID";
				return {
					...{ meanPx: isUnit ? null : value, meanUnit: isUnit ? value : null },
					...{ standardErrorPx: isUnit ? null : error, standardErrorUnit: isUnit ? error : null },
					...{ deviationPx: isUnit ? null : near(spread) },
					...{ uniformPx: isUnit ? null : uniform, uniformUnit: isUnit ? uniform : null },
					...{ reason: null, provenance: { imagesUsed: count } },
				};
			}),
		);
	});
});

test("entropy is that of the weights, in nats and of what uniform attention has", async () => {
	const found = await ask("vit", `attentionEntropy(${images}) { nats standardErrorNats ofUniform reason }`);
	const expected = await ofHeads(services, "vit", count, (weights) =>
		mean(weights.map((row) => -sum(row.map((a) => a * Math.log(a))))),
	);
	expect(found).toEqual(
		expected.map((values) => ({
			...{ nats: near(mean(values)), standardErrorNats: near(deviation(values) / Math.sqrt(count)) },
			...{ ofUniform: near(mean(values) / Math.log(17)), reason: null },
		})),
	);
});

const all = (given: string) =>
	`attentionDistance(${given}) { meanPx standardErrorPx deviationPx uniformPx reason provenance { imagesUsed } }
	attentionEntropy(${given}) { nats standardErrorNats ofUniform reason provenance { imagesUsed } }
	attentionMap(${given}) { weights reason provenance { imagesUsed } }`;

test("distances, entropies and maps of all heads take one pass; a ResNet has no heads", async () => {
	const before = services.engine.passesStarted;
	const found = await heads("vit-gap", all(images));
	expect(services.engine.passesStarted - before).toBe(1);
	expect(found.map(({ block, index }: { block: number; index: number }) => [block, index])).toEqual(
		[0, 1].flatMap((block) => [0, 1, 2, 3].map((index) => [block, index])),
	);
	expect(
		(await dataOf(services, `{ model(id: "resnet") { heads { index } blocks { heads { index } } } }`)).model,
	).toEqual({
		...{ heads: [], blocks: new Array(3).fill({ heads: [] }) },
	});
});

test("where the tokens form no grid that was found, each is a null with that reason, and nothing runs", async () => {
	const open = await services.openModel("vit");
	const openModel = async () => ({ ...open, anatomy: { ...open.anatomy, tokens: null } });
	const before = services.engine.passesStarted;
	const query = `{ model(id: "vit") { heads { ${all(images)} } } }`;
	const [head] = (await dataOf({ ...services, openModel }, query)).model.heads;
	const none = { reason: "no grid of patches was found", provenance: null };
	expect(head).toEqual({
		attentionDistance: { meanPx: null, standardErrorPx: null, deviationPx: null, uniformPx: null, ...none },
		attentionEntropy: { nats: null, standardErrorNats: null, ofUniform: null, ...none },
		attentionMap: { weights: null, ...none },
	});
	expect(services.engine.passesStarted).toBe(before);
});

test("one image has values without errors, with the reason", async () => {
	const [head] = await heads("vit", all("images: { count: 1 }"));
	const reason = "no standard error: it needs 2 images";
	const { attentionDistance, attentionEntropy } = head;
	expect(attentionDistance).toMatchObject({
		meanPx: expect.any(Number),
		standardErrorPx: null,
		deviationPx: null,
		reason,
	});
	expect(attentionEntropy).toMatchObject({ nats: expect.any(Number), standardErrorNats: null, reason });
});

test.each(["attentionDistance", "attentionEntropy", "attentionMap"])(
	"%s of an image set that is not there is refused",
	async (field) => {
		const query = `{ model(id: "vit") { heads { ${field}(images: { set: "leaf" }) { reason } } } }`;
		expect(await refusalOf(services, query)).toMatchObject({
			code: "NOT_FOUND",
			message: 'no image set "leaf"',
			hint: expect.stringContaining("leaves"),
		});
	},
);
