import { describe, expect, it } from "vitest";
import { modelDiff } from "../../../reports/model-diff/report.ts";
import type { JudgedCheck } from "../../../src/report/check.ts";
import type { Figure } from "../../../src/report/definition.ts";
import type { LinesSpec } from "../../../src/report/figureSpec.ts";
import { madeUpAccuracy, madeUpProvenance } from "../../support/figureResults.ts";

const figureOf = (id: string): Figure => {
	const found = modelDiff.figures.find((figure) => figure.id === id);
	if (found === undefined) throw new Error(`no figure ${id}`);
	return found;
};
const evaluated = (id: string, data: unknown) => figureOf(id).evaluate(data, { before: "A", after: "B" });
const checkOf = (id: string, data: unknown): JudgedCheck | undefined => evaluated(id, data).checks[0];

describe("the similarity of blocks", () => {
	const data = (values: readonly number[], reason: string | null = null) => ({
		...{ before: { title: "A" }, after: { title: "B" } },
		pairs: {
			blocks: values.map((value, block) => ({ block, value, standardError: 0.001, reason: null })),
			...{ reason, provenance: madeUpProvenance("linear CKA") },
		},
	});

	it("is held to its least", () => {
		expect(checkOf("01-blocks", data([1, 0.995]))).toMatchObject({ verdict: "passed", interval: { value: 0.995 } });
		expect(checkOf("01-blocks", data([1, 0.98, 0.995]))).toMatchObject({
			verdict: "missed",
			interval: { value: 0.98 },
		});
	});

	it("is missed where no block of one is the same block of the other, with the reason", () => {
		const check = checkOf("01-blocks", data([], "A has 12 blocks, B 27"));
		expect(check).toMatchObject({ verdict: "missed", reason: "A has 12 blocks, B 27" });
	});

	it("is drawn down to the tenth below the least", () => {
		const { y, panels } = evaluated("01-blocks", data([1, 0.42])).spec as LinesSpec;
		expect([y.from, y.to]).toEqual([0.4, 1]);
		expect(panels[0]?.series[0]?.points.map((point) => point.y)).toEqual([1, 0.42]);
	});
});

describe("the change of norms", () => {
	const token = (ratio: number | null) => ({ ratio, ratioStandardError: ratio === null ? null : 0, reason: null });
	const branch = (kind: string, spatial: number, cls: number | null = null) => ({
		...{ kind, spatial: token(spatial), cls: cls === null ? null : token(cls) },
	});
	const model = (title: string, blocks: readonly (readonly ReturnType<typeof branch>[])[]) => ({
		...{ id: title, title },
		blocks: blocks.map((branches, index) => ({
			index,
			residualNorms: { branches, reason: null, provenance: madeUpProvenance("norms") },
		})),
	});
	const before = model("A", [[branch("ATTENTION", 2, 4), branch("MLP", 1, 10)], [branch("ATTENTION", 3, 5)]]);

	it("is the largest of all blocks, branches and tokens, relative to the value before", () => {
		const after = model("B", [[branch("ATTENTION", 2, 4), branch("MLP", 0.9, 10.2)], [branch("ATTENTION", 3, 5)]]);
		const check = checkOf("03-skip-norms", { before, after });
		expect(check).toMatchObject({ verdict: "missed", interval: { value: expect.closeTo(0.1, 9) } });
		expect(checkOf("03-skip-norms", { before, after: before })).toMatchObject({
			verdict: "passed",
			interval: { value: 0, low: 0, high: 0 },
		});
		const { panels } = evaluated("03-skip-norms", { before, after }).spec as LinesSpec;
		const lines = panels[0]?.series.map(({ label, points }) => [label, points.map(({ y }) => y)]);
		expect(lines).toEqual([
			["attention, patches", [1, 1]],
			["attention, class token", [1, 1]],
			["MLP, patches", [0.9]],
			["MLP, class token", [1.02]],
		]);
	});

	it("has no value where the models are not built alike", () => {
		const [first] = before.blocks;
		const shorter = { ...before, title: "B", blocks: [first] };
		expect(checkOf("03-skip-norms", { before, after: shorter })?.reason).toBe("A has 2 blocks, B 1");
		const units = model("B", [[branch("UNIT", 1)], [branch("UNIT", 1)]]);
		expect(checkOf("03-skip-norms", { before, after: units })).toMatchObject({ verdict: "missed", interval: null });
		const none = model("A", [[]]);
		expect(checkOf("03-skip-norms", { before: none, after: none })?.reason).toMatch(/no addition of the same kind/);
	});
});

describe("the change of attention distances", () => {
	const model = (title: string, blocks: readonly (readonly number[])[]) => ({
		...{ id: title, title, family: "VIT" },
		blocks: blocks.map((heads, index) => ({
			...{ index, stage: null },
			heads: heads.map((meanPx, head) => ({
				index: head,
				attentionDistance: {
					...{ meanPx, standardErrorPx: 0.1, uniformPx: 100, reason: null },
					provenance: madeUpProvenance("attention distance"),
				},
			})),
		})),
	});
	const before = model("A", [
		[10, 20],
		[30, 40],
	]);

	it("is the largest of all heads, as a share of the distance of uniform attention", () => {
		const after = model("B", [
			[10, 20],
			[30, 37],
		]);
		const { checks, spec } = evaluated("04-attention-distance", { before, after });
		expect(checks[0]).toMatchObject({ verdict: "missed", interval: { value: expect.closeTo(0.03, 9) } });
		const lines = (spec as LinesSpec).panels[0]?.series.map(({ label, points }) => [label, points.map(({ y }) => y)]);
		expect(lines).toEqual([
			["head 0", [0, 0]],
			["head 1", [0, -3]],
		]);
		expect(checkOf("04-attention-distance", { before, after: before })?.verdict).toBe("passed");
	});

	it("is not measured of models without heads, or with others", () => {
		const without = model("B", [[], []]);
		const check = checkOf("04-attention-distance", { before, after: without });
		expect(check).toMatchObject({ verdict: "not measured", reason: "A has 4 heads, B has 0 heads" });
		expect(checkOf("04-attention-distance", { before: without, after: without })?.verdict).toBe("not measured");
	});
});

describe("the answers", () => {
	const right = (title: string, top1: number) => {
		const accuracy = madeUpAccuracy(top1);
		return { title, accuracy: { ...accuracy, top5: accuracy.top1 } };
	};
	const data = (value: number | null, reason: string | null = null) => ({
		...{ before: right("A", 0.9), after: right("B", 0.9 + (value ?? 0)) },
		difference: {
			...{ value, low: value === null ? null : value - 0.02, high: value === null ? null : value + 0.01, reason },
			provenance: madeUpProvenance("difference"),
		},
		agreement: {
			...{ share: value === null ? null : { value: 1 - Math.abs(value), low: 0.9, high: 1 }, reason },
			provenance: madeUpProvenance("agreement"),
		},
	});
	const checks = (value: number | null, reason?: string) => {
		const [sameClass, accuracyDrop] = evaluated("05-accuracy", data(value, reason)).checks;
		return { sameClass, accuracyDrop };
	};

	it("drop by what the model after is less often right", () => {
		expect(checks(-0.05).accuracyDrop).toMatchObject({
			verdict: "missed",
			interval: { value: 0.05, low: expect.closeTo(0.04, 3), high: expect.closeTo(0.07, 3) },
		});
		expect(checks(0.05).accuracyDrop?.verdict).toBe("passed");
	});

	it("are alike where both name the same class, at a point of its own", () => {
		expect(checks(-0.05).sameClass).toMatchObject({ verdict: "missed", interval: { value: 0.95, low: 0.9, high: 1 } });
		expect(checks(0.001).sameClass?.verdict).toBe("passed");
		const { x, panels } = evaluated("05-accuracy", data(-0.05)).spec as LinesSpec;
		expect(x).toMatchObject({ scale: "values", from: 1 });
		expect(panels[0]?.series.map(({ points }) => points.map(({ x, y }) => [x, y]))).toEqual([
			...new Array(2).fill([
				[1, 90],
				[2, 85],
			]),
			[[3, 95]],
		]);
	});

	it("are not measured without labels, or of other classes", () => {
		const { sameClass, accuracyDrop } = checks(null, "no labels");
		for (const check of [sameClass, accuracyDrop])
			expect(check).toMatchObject({ verdict: "not measured", reason: "no labels" });
	});
});
