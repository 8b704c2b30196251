/** Entropy and maps of attention heads, the variants of attention distance, and subsets of heads. */
import { describe, expect, test } from "vitest";
import type { Attention, TokenLayout } from "../../src/anatomy/anatomy.ts";
import { headLayers } from "../../src/anatomy/anatomy.ts";
import { attentionDistance, type DistanceVariant, uniformDistance } from "../../src/metrics/attentionDistance.ts";
import { attentionEntropy } from "../../src/metrics/attentionEntropy.ts";
import { attentionMap } from "../../src/metrics/attentionMap.ts";
import { headSubsetCka } from "../../src/metrics/headSubsetCka.ts";
import { linearCka } from "../../src/metrics/linearCka.ts";
import { spearman } from "../../src/numerics/spearman.ts";
import { fromFloat32s } from "../../src/tensor/values.ts";
import { gaussians } from "../support/gaussians.ts";
import { anatomyOf, layer, recordsOf } from "../support/runMetric.ts";

const tokens: TokenLayout = { grid: [2, 3], patchPx: 8, classToken: true, count: 7 };
const attention: Attention = { block: 0, heads: 2, weights: "weights", layout: "batch,heads,query,key", mixed: null };
const given = { attentions: [attention], tokens };
const variants: readonly DistanceVariant[] = ["paper", "renormalised", "withClassToken", "unitGrid"];
const images = 3;
/** Attention of every image, head and query, by the number of query and key. */
const weights = (of: (query: number, key: number) => number) => ({
	tensors: {
		weights: fromFloat32s(
			[images, 2, 7, 7],
			Float32Array.from({ length: images * 2 * 49 }, (_, at) => of(Math.floor(at / 7) % 7, at % 7)),
		),
	},
});
const uniform = weights(() => 1 / 7);

describe.each(variants)("attention distance, %s", (variant) => {
	const parameters = { variant };
	const measure = async (batch: ReturnType<typeof weights>) =>
		attentionDistance.finish([await recordsOf(attentionDistance, { ...given, parameters }, [batch])]);

	test("uniform attention has the distance that is told as uniform, where rows add up", async () => {
		const { heads, uniform: expected } = await measure(uniform);
		// Without renormalisation a seventh of the attention is dropped with the class token.
		const share = variant === "paper" ? 6 / 7 : 1;
		expect(heads[0]?.estimate.value).toBeCloseTo(expected * share, 4);
		expect(expected).toBe(uniformDistance(tokens, variant));
	});

	test("attention to the neighbour on the right has its distance, and to itself none", async () => {
		const own = await measure(weights((query, key) => (query === key ? 1 : 0)));
		expect(own.heads[0]?.estimate.value).toBeCloseTo(0, 6);
		const right = await measure(
			weights((query, key) => {
				const isLast = query === 0 || query === 3 || query === 6;
				return key === (isLast ? query : query + 1) ? 1 : 0;
			}),
		);
		// Four of six patches have a neighbour on the right, at 8 px or half of the grid's width.
		const step = variant === "unitGrid" ? 0.5 : 8;
		expect(right.heads[1]?.estimate.value).toBeCloseTo((4 * step) / (variant === "withClassToken" ? 7 : 6), 4);
	});
});

test("a head that looks at the class token alone has no renormalised distance, and says so", async () => {
	const alone = weights((_, key) => (key === 0 ? 1 : 0));
	const records = await recordsOf(attentionDistance, { ...given, parameters: { variant: "renormalised" } }, [alone]);
	expect(attentionDistance.finish([records]).heads[0]?.estimate).toEqual({
		value: null,
		standardError: null,
		reason: "attention weights are not finite, or rest on the class token alone",
	});
});

test("entropy is ln(tokens) of uniform attention and 0 of attention to one token", async () => {
	const entropyOf = async (batch: ReturnType<typeof weights>) =>
		attentionEntropy.finish([await recordsOf(attentionEntropy, given, [batch])]).heads[1]?.estimate.value;
	expect(await entropyOf(uniform)).toBeCloseTo(Math.log(7), 5);
	expect(await entropyOf(weights((query, key) => (key === (query + 2) % 7 ? 1 : 0)))).toBeCloseTo(0, 6);
});

describe("a map", () => {
	const numbered = weights((query, key) => query + key / 10);
	const mapOf = async (query: string, image: number | null) => {
		const records = await recordsOf(attentionMap, { ...given, parameters: { query } }, [
			numbered,
			{ ...numbered, images: 1 },
		]);
		expect(records.records[1]?.values.byteLength).toBe(
			attentionMap.recordBytes({ ...records, parameters: { query } }, 1),
		);
		return attentionMap.finish([records], { image });
	};
	const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 5));

	test("asked by the class token is its row without itself", async () => {
		expect((await mapOf("cls", 0)).heads[0]).toEqual(close([0.1, 0.2, 0.3, 0.4, 0.5, 0.6]));
	});

	test("asked by a patch is the row of that patch", async () => {
		expect((await mapOf("3", 2)).heads[1]).toEqual(close([4.1, 4.2, 4.3, 4.4, 4.5, 4.6]));
	});

	test("asked by all is the mean over patches, over as many images as there are", async () => {
		const { heads, images: counted } = await mapOf("mean", null);
		expect(heads[0]).toEqual(close([3.6, 3.7, 3.8, 3.9, 4, 4.1]));
		expect(counted).toBe(4);
	});

	test("of an image that the run does not have is none", async () => {
		expect(await mapOf("cls", 9)).toEqual({ heads: [null, null], images: 0 });
	});
});

describe("subsets of heads", async () => {
	const [n, count, width, heads] = [12, 5, 3, 4];
	const small: TokenLayout = { grid: [2, 2], patchPx: 8, classToken: true, count };
	const mixed = { tensor: "mixed", headWidth: width };
	const own: Attention = { block: 0, heads, weights: "weights", layout: "batch,heads,query,key", mixed };
	const layers = headLayers(anatomyOf({ attentions: [own], tokens: small }));
	const normal = gaussians(5);
	const batches = Array.from({ length: 5 }, () => {
		const values = Float32Array.from({ length: n * heads * count * width }, normal);
		// Of each window the heads' values side by side: what the sum of their Gram matrices must agree with.
		const side = (chosen: readonly number[]) =>
			Float32Array.from({ length: n * chosen.length * count * width }, (_, at) => {
				const each = count * width;
				const [image, rest] = [Math.floor(at / (chosen.length * each)), at % (chosen.length * each)];
				return values[(image * heads + (chosen[Math.floor(rest / each)] ?? 0)) * each + (rest % each)] ?? Number.NaN;
			});
		const unit = Float32Array.from(
			{ length: n * 6 },
			(_, at) => (values[Math.floor(at / 6) * 60 + (at % 6)] ?? 0) + normal(),
		);
		return {
			mixed: fromFloat32s([n, heads, count, width], values),
			first: fromFloat32s([n, 2 * count * width], side([2, 0])),
			all: fromFloat32s([n, heads * count * width], side([0, 1, 2, 3])),
			unit: fromFloat32s([n, 6], unit),
		};
	});
	const attentions = [own];
	const records = await recordsOf(
		linearCka,
		{ attentions, tokens: small, layers },
		batches.map(({ mixed: tensor }) => ({ tensors: { mixed: tensor } })),
	);
	const units = await recordsOf(
		linearCka,
		{ layers: [layer("unit", [6])] },
		batches.map(({ unit }) => ({ tensors: { unit } })),
	);
	const whole = await recordsOf(
		linearCka,
		{ layers: [layer("first", [2 * count * width]), layer("all", [heads * count * width])] },
		batches.map(({ first, all }) => ({ tensors: { first, all } })),
	);

	test("heads are layers of their own, in no preset", () => {
		expect(layers.map(({ name }) => name)).toEqual([
			"blocks.0.heads.0",
			"blocks.0.heads.1",
			"blocks.0.heads.2",
			"blocks.0.heads.3",
		]);
	});

	test("a window has the CKA of its heads' values side by side, and so have all heads together", () => {
		const found = headSubsetCka([records, units], {
			windows: [
				[2, 0],
				[0, 1, 2, 3],
			],
			distancesPx: [4, 9],
		});
		const expected = linearCka.finish([whole, units]);
		for (const window of [0, 1]) {
			expect(found.values[window]?.[0]).toBeCloseTo(expected.values[window]?.[0] ?? Number.NaN, 5);
			expect(found.standardErrors[window]?.[0]).toBeCloseTo(expected.standardErrors[window]?.[0] ?? Number.NaN, 5);
		}
		expect(found.correlations).toEqual([
			{ value: null, standardError: null, reason: "a rank correlation needs 3 windows, there are 2" },
		]);
	});

	test("the rank correlation is that of distances and values, with an error", () => {
		const windows = [[0], [1], [2], [3]];
		const found = headSubsetCka([records, units], { windows, distancesPx: [1, 2, 3, 4] });
		const column = found.values.map(([value]) => Number(value));
		expect(found.correlations[0]?.value).toBe(spearman([1, 2, 3, 4], column));
		expect(found.correlations[0]?.standardError).toBeGreaterThanOrEqual(0);
	});
});

describe("Spearman's rank correlation", () => {
	test("is 1 of what rises together, -1 of what falls, and shares ranks of equal values", () => {
		expect(spearman([1, 2, 3], [1, 10, 100])).toBe(1);
		expect(spearman([1, 2, 3], [5, 4, -9])).toBe(-1);
		// scipy.stats.spearmanr([1, 2, 2, 3], [1, 3, 2, 4]).statistic
		expect(spearman([1, 2, 2, 3], [1, 3, 2, 4])).toBeCloseTo(0.9486832980505138, 12);
	});

	test("is none of two pairs, or where one list is constant", () => {
		expect(spearman([1, 2], [1, 2])).toBeNull();
		expect(spearman([1, 1, 1], [1, 2, 3])).toBeNull();
	});
});
