/** Token streams that are not a class token and one row of patches throughout. */
import { describe, expect, test } from "vitest";
import { tokensBeforePatches } from "../../src/anatomy/anatomy.ts";
import { attentionDistance, type DistanceVariant, uniformDistance } from "../../src/metrics/attentionDistance.ts";
import { attentionMap } from "../../src/metrics/attentionMap.ts";
import { linearCka } from "../../src/metrics/linearCka.ts";
import { residualNorms } from "../../src/metrics/residualNorms.ts";
import { streamAbsence } from "../../src/metrics/streamAbsence.ts";
import { fromFloat32s } from "../../src/tensor/values.ts";
import { gaussians } from "../support/gaussians.ts";
import { anatomyOf, type GivenBatch, layer, recordsOf } from "../support/runMetric.ts";

const grid = [2, 3] as const;
const one = { grid, patchPx: 8, classToken: true, count: 7 } as const;
/** A class token and two registers. */
const three = { ...one, count: 9 };
const attention = { block: 0, heads: 2, weights: "weights", layout: "batch,heads,query,key", mixed: null } as const;
const variants: readonly DistanceVariant[] = ["paper", "renormalised", "withClassToken", "unitGrid"];
const images = 4;

/** With registers that nobody looks at, behind the class token. */
function weightsOf(count: number): GivenBatch {
	const normal = gaussians(1);
	const share = Array.from({ length: images * 2 * 49 }, () => Math.abs(normal()));
	const weights = new Float32Array(images * 2 * count ** 2);
	const at = (token: number) => (token === 0 ? 0 : token + count - 7);
	for (let head = 0; head < images * 2; head++)
		for (let query = 0; query < 7; query++)
			for (let key = 0; key < 7; key++)
				weights[head * count ** 2 + at(query) * count + at(key)] = share[head * 49 + query * 7 + key] as number;
	return { tensors: { weights: fromFloat32s([images, 2, count, count], weights) } };
}

describe("registers beside the class token", () => {
	test("stand before the patches", () => {
		expect([tokensBeforePatches(one), tokensBeforePatches(three)]).toEqual([1, 3]);
	});

	test.each(variants)("change no distance between patches: %s", async (variant) => {
		expect(uniformDistance(three, variant)).toBe(uniformDistance(one, variant));
		const measured = [one, three].map(async (tokens) => {
			const given = { attentions: [attention], tokens, parameters: { variant } };
			return attentionDistance.finish([await recordsOf(attentionDistance, given, [weightsOf(tokens.count)])]).heads;
		});
		const [alone = [], beside = []] = await Promise.all(measured);
		for (const [head, { estimate }] of beside.entries())
			expect(estimate.value).toBeCloseTo(alone[head]?.estimate.value ?? Number.NaN, 5);
	});

	test.each(["cls", "mean", "4"])("change no map: asked by %s", async (query) => {
		const measured = [one, three].map(async (tokens) => {
			const given = { attentions: [attention], tokens, parameters: { query } };
			return attentionMap.finish([await recordsOf(attentionMap, given, [weightsOf(tokens.count)])], { image: 1 }).heads;
		});
		const [alone, beside] = await Promise.all(measured);
		for (const [head, map] of (beside ?? []).entries())
			for (const [patch, weight] of (map ?? []).entries())
				expect(weight).toBeCloseTo(alone?.[head]?.[patch] ?? Number.NaN, 6);
	});

	test("belong neither to the patches' part of a layer nor to their norms", async () => {
		const width = 5;
		const normal = gaussians(2);
		const drawn = (count: number) => Float32Array.from({ length: images * count * width }, normal);
		const [stream, branch] = [drawn(9), drawn(9)];
		const rest = (values: Float32Array) => values.filter((_, at) => ![1, 2].includes(Math.floor(at / width) % 9));
		const residual = { block: 0, kind: "mlp", stream: "z", branch: "f", sum: "sum", projected: false } as const;
		const measured = [
			{ tokens: three, z: stream, f: branch },
			{ tokens: one, z: rest(stream), f: rest(branch) },
		].map(async ({ tokens, z, f }) => {
			const shape = [images, tokens.count, width];
			const batch = { tensors: { z: fromFloat32s(shape, z), f: fromFloat32s(shape, f) } };
			const norms = await recordsOf(residualNorms, { residuals: [residual], tokens }, [batch]);
			const layers = [layer("z", [tokens.count, width])];
			const grams = await recordsOf(linearCka, { layers, tokens, parameters: { tokens: "spatial" } }, [batch]);
			const [found] = residualNorms.finish([norms], { aggregation: "meanOfRatios" });
			return {
				cls: found?.cls?.ratio.value,
				spatial: found?.spatial.ratio.value,
				gram: [...(grams.records[0]?.values ?? [])],
			};
		});
		const [beside, alone] = await Promise.all(measured);
		expect(beside?.cls).toBeCloseTo(alone?.cls ?? Number.NaN, 6);
		expect(beside?.spatial).toBeCloseTo(alone?.spatial ?? Number.NaN, 6);
		for (const [at, value] of (beside?.gram ?? []).entries())
			expect(value).toBeCloseTo(alone?.gram[at] ?? Number.NaN, 5);
	});
});

describe("a stream is not read", () => {
	const block = (index: number) => ({ index, kind: "encoder", stage: null, input: "", output: `out${index}` }) as const;
	const blocks = [block(0), block(1)];

	test.each([
		[
			"where patches are merged on the way",
			[3, 8],
			"the output of block 1 is [3, 8], not one vector for each of 7 tokens",
		],
		[
			"where it stands as rows, columns and channels",
			[2, 3, 8],
			"the output of block 1 is [2, 3, 8], not one vector for each of 7 tokens",
		],
	])("%s", (_name, shape, reason) => {
		const layers = [layer("out0", [7, 8]), layer("out1", shape)];
		const anatomy = anatomyOf({ tokens: one, blocks, layers, attentions: [attention] });
		expect(streamAbsence(anatomy)).toBe(reason);
		for (const metric of [attentionDistance, attentionMap]) expect(metric.absence(anatomy)).toBe(reason);
	});

	test("unless all blocks give all tokens", () => {
		const layers = [layer("out0", [7, 8]), layer("out1", [7, 8])];
		expect(streamAbsence(anatomyOf({ tokens: one, blocks, layers }))).toBeNull();
	});
});
