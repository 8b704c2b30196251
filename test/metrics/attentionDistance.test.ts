import { describe, expect, test } from "vitest";
import type { Attention, TokenLayout } from "../../src/anatomy/anatomy.ts";
import { attentionDistance, uniformDistance } from "../../src/metrics/attentionDistance.ts";
import { fromFloat32s } from "../../src/tensor/values.ts";
import reference from "../fixtures/metrics/reference.json" with { type: "json" };
import { anatomyOf, recordsOf } from "../support/runMetric.ts";

const layouts: readonly Attention["layout"][] = ["batch,heads,query,key", "batch*heads,query,key"];

describe.each(reference.attention)("$rows x $columns patches, class token $classToken", (given) => {
	const tokens = layoutOf(given.rows, given.columns, given.patchPx, given.classToken);

	test.each(layouts)("distances of weights as [%s] are those of the PyTorch reference", async (layout) => {
		const result = attentionDistance.finish([await recordsOf(attentionDistance, heads(layout), [batch(layout)])]);
		expect(result.images).toBe(given.images);
		expect(result.heads.map(({ block, head }) => [block, head])).toEqual(
			[0, 1].flatMap((b) => [0, 1, 2].map((h) => [b, h])),
		);
		for (const { block, head, estimate } of result.heads) {
			expect(estimate.value).toBeCloseTo(given.meanPx[block]?.[head] as number, 4);
			expect(estimate.standardError).toBeCloseTo(given.standardErrorPx[block]?.[head] as number, 4);
			expect(estimate.reason).toBeNull();
		}
	});

	test("uniform attention has the reference's distance", () => {
		expect(uniformDistance(tokens, "paper")).toBeCloseTo(given.uniformPx, 10);
	});

	test("a last batch counts its real images only, and one image has no standard error", async () => {
		const [layout] = layouts as [Attention["layout"]];
		const whole = await recordsOf(attentionDistance, heads(layout), [batch(layout), { ...batch(layout), images: 1 }]);
		expect(attentionDistance.finish([whole]).images).toBe(given.images + 1);
		const [, last] = whole.records;
		if (last === undefined) throw new Error("no second record");
		expect(last.values.byteLength).toBe(
			attentionDistance.recordBytes({ ...whole, parameters: { variant: "paper" } }, 1),
		);
		const [first] = attentionDistance.finish([{ ...whole, records: [last] }]).heads;
		expect(first?.estimate.value).toBeCloseTo(last.values[0] as number, 10);
		expect(first?.estimate).toMatchObject({ standardError: null, reason: "no standard error: it needs 2 images" });
	});

	function heads(layout: Attention["layout"]) {
		const attentions = given.weights.map((_, block) => ({
			block,
			heads: given.heads,
			weights: `weights${block}`,
			layout,
			mixed: null,
		}));
		return { tokens, attentions };
	}

	function batch(layout: Attention["layout"]) {
		const { images, heads } = given;
		const sides = layout === "batch,heads,query,key" ? [images, heads] : [images * heads];
		const shape = [...sides, tokens.count, tokens.count];
		const tensors = given.weights.map((weights, block) => [`weights${block}`, fromFloat32s(shape, weights)]);
		// A tensor with the batch on its own first axis tells the batch size where heads are merged into it.
		return {
			tensors: { images: fromFloat32s([images, 1], new Array(images).fill(0)), ...Object.fromEntries(tensors) },
		};
	}
});

test.each([
	[16, 116.5],
	[14, 116.6],
	[32, 115.5],
])("patches of %i px on 224 px: uniform attention is at %f px (Raghu et al. 2021)", (patch, px) => {
	expect(uniformDistance(layoutOf(224 / patch, 224 / patch, patch, true), "paper")).toBeCloseTo(px, 1);
});

test("a model without attention is refused with what to do", async () => {
	const tensors = { a: fromFloat32s([4, 1], [1, 2, 3, 4]) };
	await expect(recordsOf(attentionDistance, {}, [{ tensors }])).rejects.toThrow("no attention over a grid of patches");
});

test("weights of another number of tokens are refused with both numbers", async () => {
	const attention = { block: 0, heads: 1, weights: "weights", layout: "batch,heads,query,key", mixed: null } as const;
	const given = { tokens: layoutOf(2, 2, 8, true), attentions: [attention] };
	const tensors = { weights: fromFloat32s([1, 1, 4, 4], new Array(16).fill(0.25)) };
	await expect(recordsOf(attentionDistance, given, [{ tensors }])).rejects.toThrow(
		"block 0 attends with 4 tokens to 4 (1 heads), expected 5 (of which 2 x 2 patches)",
	);
});

test("no images, or weights that are no numbers, give a null with the reason", () => {
	const attentions = [
		{ block: 0, heads: 1, weights: "weights", layout: "batch,heads,query,key", mixed: null } as const,
	];
	const site = {
		anatomy: anatomyOf({ attentions, tokens: layoutOf(2, 2, 8, false) }),
		parameters: { variant: "paper" },
		layers: [],
		batchSize: 2,
	};
	const reasonFor = (values: readonly number[]) => {
		const records = values.length === 0 ? [] : [{ index: 0, images: 2, values: Float32Array.from(values) }];
		return attentionDistance.finish([{ ...site, records }]).heads[0]?.estimate;
	};
	expect(reasonFor([])).toEqual({ value: null, standardError: null, reason: "no images" });
	expect(reasonFor([3, Number.NaN])).toMatchObject({
		value: null,
		reason: "attention weights are not finite, or rest on the class token alone",
	});
});

function layoutOf(rows: number, columns: number, patchPx: number, classToken: boolean): TokenLayout {
	return { grid: [rows, columns], patchPx, classToken, count: rows * columns + (classToken ? 1 : 0) };
}
