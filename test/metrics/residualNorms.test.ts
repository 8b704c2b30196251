import { expect, test } from "vitest";
import { residualNorms } from "../../src/metrics/residualNorms.ts";
import { fromFloat32s } from "../../src/tensor/values.ts";
import { gaussians } from "../support/gaussians.ts";
import { type Given, type GivenBatch, layer, recordsOf } from "../support/runMetric.ts";

const tokens = { grid: [2, 2], patchPx: 8, classToken: true, count: 5 } as const;
const residual = { block: 0, kind: "mlp", stream: "z", branch: "f", sum: "sum", projected: false } as const;
const vit: Given = { residuals: [residual], tokens };
const shape = [6, 5, 8];
const normal = gaussians(1);
const drawn = () => Float32Array.from({ length: 6 * 5 * 8 }, normal);
const batch = (z: Float32Array, f: Float32Array): GivenBatch => ({
	tensors: { z: fromFloat32s(shape, z), f: fromFloat32s(shape, f) },
});
const mean = { aggregation: "meanOfRatios" } as const;
const [z, f] = [drawn(), drawn()];

async function normsOf(stream: Float32Array, branch: Float32Array, given = vit) {
	const [found] = residualNorms.finish([await recordsOf(residualNorms, given, [batch(stream, branch)])], mean);
	if (found === undefined) throw new Error("no addition");
	return found;
}

test("a branch that is a multiple of the stream points where it points, or away from it", async () => {
	const along = await normsOf(
		z,
		z.map((x) => x / 4),
	);
	expect(along.spatial.ratio.value).toBeCloseTo(4, 5);
	expect(along.spatial.cosineWithSum.value).toBeCloseTo(1, 5);
	expect(along.spatial.cosineWithBranch.value).toBeCloseTo(1, 5);
	const against = await normsOf(
		z,
		z.map((x) => -x / 4),
	);
	expect(against.cls?.cosineWithBranch.value).toBeCloseTo(-1, 5);
	expect(against.cls?.cosineWithSum.value).toBeCloseTo(1, 5);
});

test("stream and branch scaled alike leave everything as it was", async () => {
	const before = await normsOf(z, f);
	const after = await normsOf(
		z.map((x) => 7 * x),
		f.map((x) => 7 * x),
	);
	expect(after.spatial.ratio.value).toBeCloseTo(before.spatial.ratio.value ?? 0, 5);
	expect(after.cls?.cosineWithSum.value).toBeCloseTo(before.cls?.cosineWithSum.value ?? 0, 5);
	expect(after.spatial.ratio.standardError).toBeCloseTo(before.spatial.ratio.standardError ?? 0, 5);
});

test("the spatial mean is that of the tokens behind the class token", async () => {
	const { spatial, cls, tokens: each } = await normsOf(z, f);
	const [first, ...patches] = each.map(({ ratio }) => ratio ?? Number.NaN);
	expect(cls?.ratio.value).toBeCloseTo(first ?? 0, 10);
	expect(spatial.ratio.value).toBeCloseTo(patches.reduce((sum, ratio) => sum + ratio, 0) / 4, 10);
});

test("the ratio of means is told without an error", async () => {
	const records = await recordsOf(residualNorms, vit, [batch(z, f)]);
	const [found] = residualNorms.finish([records], { aggregation: "ratioOfMeans" });
	const norm = (values: Float32Array, at: number) => Math.hypot(...values.subarray(at * 8, at * 8 + 8));
	let [streams, branches] = [0, 0];
	for (let at = 0; at < 30; at++) {
		if (at % 5 === 0) continue;
		streams += norm(z, at);
		branches += norm(f, at);
	}
	expect(found?.spatial.ratio.value).toBeCloseTo(streams / branches, 5);
	expect(found?.spatial.ratio).toMatchObject({
		standardError: null,
		reason: "no standard error is kept of a ratio of means",
	});
});

test("a branch that is zero at a token gives nulls with the reason, there and in the mean", async () => {
	const hole = f.map((x, at) => (at >= 16 && at < 24 ? 0 : x));
	const { spatial, cls, tokens: each } = await normsOf(z, hole);
	expect(spatial.ratio).toEqual({
		value: null,
		standardError: null,
		reason: "a stream or a branch is zero, or not finite, at some token of some image",
	});
	expect(cls?.ratio.value).not.toBeNull();
	expect(each.map(({ ratio }) => ratio === null)).toEqual([false, false, true, false, false]);
});

test("one image has no standard error", async () => {
	const records = await recordsOf(residualNorms, vit, [{ ...batch(z, f), images: 1 }]);
	const [found] = residualNorms.finish([records], mean);
	expect(found?.spatial.ratio).toMatchObject({ standardError: null, reason: "no standard error: it needs 2 images" });
	expect(records.records[0]?.values.byteLength).toBe(residualNorms.recordBytes({ ...records, parameters: {} }, 1));
});

test("the positions of a CNN are read row by row, each over its channels", async () => {
	const given: Given = {
		residuals: [{ ...residual, kind: "unit", projected: true }],
		layers: [layer("sum", [2, 2, 3])],
	};
	const map = Float32Array.from({ length: 2 * 2 * 6 }, normal);
	const tensors = {
		z: fromFloat32s([2, 2, 2, 3], map),
		f: fromFloat32s(
			[2, 2, 2, 3],
			map.map((x) => 2 * x),
		),
	};
	const [found] = residualNorms.finish([await recordsOf(residualNorms, given, [{ tensors }])], mean);
	expect(found).toMatchObject({ kind: "unit", projected: true, cls: null });
	expect(found?.tokens).toHaveLength(6);
	expect(found?.tokens.map(({ ratio }) => ratio)).toEqual(new Array(6).fill(expect.closeTo(0.5, 5)));
});

test("a model without residual additions has none, and says so", () => {
	expect(residualNorms.absence({ residuals: [] } as never)).toBe("it has no residual additions");
});
