import { describe, expect, it } from "vitest";
import { attentionDistanceWithLessData } from "../../../reports/raghu-2021/figures/04-attention-distance-with-less-data/figure.ts";
import { headSubsets } from "../../../reports/raghu-2021/figures/05-head-subsets/figure.ts";
import { attentionDistanceByData } from "../../../reports/raghu-2021/figures/c-5-attention-distance-by-data/figure.ts";
import { attentionDistanceLarge } from "../../../reports/raghu-2021/figures/c-6-attention-distance-large/figure.ts";
import type { LinesSpec } from "../../../src/report/figureSpec.ts";
import type { HeadSubsetsResult } from "../../../src/report/queryResult.ts";
import { casesOf, everyName, madeUpAccuracy, madeUpProvenance, verdictsOf } from "../../support/figureResults.ts";

const uniformPx = 30;
/** Heads' distances of a block, pixels. */
const mixed = [29, 6, 15];
const globalOnly = [27, 24, 29];

/** A model with these heads in its two lowest blocks, and global heads above. */
function heads(title: string, lowest: readonly number[], top1 = 0.9, error = 0.1) {
	return {
		id: title,
		title,
		family: "VIT" as const,
		blocks: [lowest, lowest, globalOnly, globalOnly].map((distances, index) => ({
			index,
			stage: null,
			heads: distances.map((meanPx, head) => ({
				index: head,
				attentionDistance: {
					meanPx,
					standardErrorPx: error,
					uniformPx,
					reason: null,
					provenance: madeUpProvenance("distance"),
				},
				// Of the third head there is none.
				attentionMap: { weights: head === 2 ? null : [[0.0123456, 0.5]] },
			})),
		})),
		accuracy: madeUpAccuracy(top1),
	};
}

describe("Fig. 4, attention distance with less data", () => {
	const figure = attentionDistanceWithLessData;
	const paper = { few: heads("few", globalOnly, 0.7), all: heads("all", mixed, 0.9) };

	it("holds where little data leaves no local heads, and costs accuracy", () => {
		expect(verdictsOf(figure, paper, "C11")).toEqual(["holds"]);
		expect(verdictsOf(figure, paper, "C12")).toEqual(["holds"]);
		// Two points to either side of each, stretched from 95 % to 97.5 % (2.2414 / 1.9600) so that both hold.
		expect(casesOf(figure, paper, "C12")[0]?.tests[0]?.interval).toEqual({
			value: expect.closeTo(0.2, 12),
			low: expect.closeTo(0.2 - 0.0457, 3),
			high: expect.closeTo(0.2 + 0.0457, 3),
		});
	});

	it("does not hold where heads are local with little data, or where they are no more local with all", () => {
		const local = { few: heads("few", mixed), all: heads("all", mixed) };
		expect(verdictsOf(figure, local, "C11")).toEqual(["does not hold"]);
		const reversed = { few: heads("few", [24, 26]), all: heads("all", [28, 29]) };
		expect(casesOf(figure, reversed, "C11")[0]?.tests.map(({ verdict }) => verdict)).toEqual([
			"holds",
			"holds",
			"does not hold",
		]);
	});

	it("is undecided where the errors are large or the accuracies close", () => {
		const unsure = { few: heads("few", [16, 17], 0.9, 2), all: heads("all", mixed, 0.91, 2) };
		expect(verdictsOf(figure, unsure, "C11")).toEqual(["undecided"]);
		expect(verdictsOf(figure, unsure, "C12")).toEqual(["undecided"]);
	});

	it("does not apply to a model without heads, and says so", () => {
		const none = {
			few: { ...heads("few", []), blocks: heads("few", []).blocks.slice(0, 3) },
			all: heads("all", mixed),
		};
		expect(casesOf(figure, none, "C11")[0]?.tests[0]?.reason).toMatch(/has 3 blocks; lowest and highest pairs need 4/);
		const headless = { few: heads("few", []), all: heads("all", mixed) };
		expect(casesOf(figure, headless, "C11")[0]?.tests[0]?.reason).toBe("block 0 of few has no heads");
	});

	it("draws a panel a model, heads sorted, the uniform distance dashed", () => {
		const spec = figure.evaluate(paper, everyName).spec as LinesSpec;
		expect(spec.panels.map(({ title }) => title)).toEqual(["few", "all"]);
		expect(spec.panels[1]?.series[0]?.points.map(({ x, y, name }) => [x, y, name])).toEqual([
			[1, 6, "head 1"],
			[2, 15, "head 2"],
			[3, 29, "head 0"],
		]);
		expect(spec.panels[1]?.references).toEqual([{ label: "uniform attention", y: uniformPx }]);
		expect(spec.panels[1]?.series[0]?.points.map(({ map }) => map)).toEqual([[[12.3, 500]], undefined, [[12.3, 500]]]);
	});

	it("states how heads and accuracies were measured", () => {
		const variants = figure.evaluate(paper, everyName).provenance.map(({ variant }) => variant);
		expect(variants.filter((variant) => variant === "distance")).toHaveLength(2 * (3 + 3 + 3 + 3));
		expect(variants.filter((variant) => variant === "accuracy")).toHaveLength(2);
	});
});

describe("Fig. C.5, the small model with all and with little data", () => {
	const figure = attentionDistanceByData;

	it("holds where the lowest heads are local with little data too, whatever the accuracy", () => {
		const data = { all: heads("all", mixed, 0.9), few: heads("few", mixed, 0.5) };
		expect(verdictsOf(figure, data, "C13")).toEqual(["holds"]);
		const also = casesOf(figure, data, "C13")[0]?.also.at(-1);
		expect(also).toMatchObject({
			name: expect.stringContaining("Top-1"),
			interval: { value: expect.closeTo(0.4, 12) },
		});
	});

	it("does not hold where they are not, and is undecided at the bar", () => {
		const global = { all: heads("all", mixed), few: heads("few", globalOnly) };
		expect(verdictsOf(figure, global, "C13")).toEqual(["does not hold"]);
		const atBar = { all: heads("all", mixed), few: heads("few", [uniformPx / 2, 29]) };
		expect(verdictsOf(figure, atBar, "C13")).toEqual(["undecided"]);
	});
});

it("Fig. C.6 draws the large model, and claims nothing", () => {
	const { spec, claims, provenance } = attentionDistanceLarge.evaluate({ vit: heads("large", mixed) }, everyName);
	expect(spec.panels.map(({ title }) => title)).toEqual(["large"]);
	expect(claims).toEqual([]);
	expect(provenance).toHaveLength(12);
});

describe("Fig. 5, head subsets", () => {
	const figure = headSubsets;
	const subsets = (rhos: readonly (number | null)[], standardError: number | null = 0.02): HeadSubsetsResult => ({
		windows: [
			{ heads: [2], meanDistancePx: 5.25 },
			{ heads: [0, 1], meanDistancePx: 20 },
		],
		units: rhos.map((_, block) => ({ name: `blocks.${block}.output`, block })),
		values: [rhos.map(() => 0.61234567), rhos.map((rho) => (rho === null ? null : 0.4))],
		standardErrors: [rhos.map(() => 0.01), rhos.map(() => null)],
		correlations: rhos.map((rho) => ({ rho, standardError, reason: rho === null ? "all distances are one" : null })),
		reason: null,
		provenance: madeUpProvenance("subsets"),
	});
	const data = (small: HeadSubsetsResult) => ({
		vit: { title: "small", headSubsetCka: small },
		vitLarge: {
			title: "large",
			headSubsetCka: subsets([-1, -0.9, -0.5, 0.4]),
			withLarge: subsets([-1, -1, -1, -1], null),
		},
		resnet: { title: "ResNet" },
		resnetLarge: { title: "large ResNet" },
	});

	it("holds where CKA falls with distance for every unit, strictly or not", () => {
		expect(verdictsOf(figure, data(subsets([-1, -0.9, -0.4, -0.8])), "C14")).toEqual([
			"holds",
			"does not hold",
			"not applicable",
		]);
	});

	it("is undecided where a unit's rank correlation may be 0", () => {
		// Of four tests on eight batches: t(0.99375, 7) = 3.34, where a normal distribution has 2.50.
		expect(verdictsOf(figure, data(subsets([-1, -1, -1, -0.15], 0.05)), "C14")[0]).toBe("undecided");
		expect(verdictsOf(figure, data(subsets([-1, -1, -1, -0.2], 0.05)), "C14")[0]).toBe("holds");
	});

	it("does not apply where a correlation or a unit is missing, with the reason", () => {
		const [first] = casesOf(figure, data(subsets([-1, -1, -1, null])), "C14");
		expect(first?.verdict).toBe("not applicable");
		expect(first?.tests[3]?.reason).toBe("all distances are one");
		expect(casesOf(figure, data(subsets([-1])), "C14")[0]?.tests[1]?.reason).toBe("there is no unit 2");
	});

	it("draws a line a unit over the subsets' distances, to six decimals and without missing points", () => {
		const spec = figure.evaluate(data(subsets([-1, null])), everyName).spec as LinesSpec;
		expect(spec.panels.map(({ title }) => title)).toEqual(["small × ResNet", "large × ResNet", "large × large ResNet"]);
		// The first subset lies at 5.25 px.
		expect(spec.panels.map(({ ends }) => ends)).toEqual(Array(3).fill({ x: { from: 5.2 } }));
		expect(spec.panels[0]?.series).toEqual([
			{
				label: "unit 1",
				shown: true,
				points: [
					{ x: 5.25, y: 0.612346, standardError: 0.01, name: "head 2" },
					{ x: 20, y: 0.4, standardError: null, name: "heads 0, 1" },
				],
			},
			{
				label: "unit 2",
				shown: true,
				points: [{ x: 5.25, y: 0.612346, standardError: 0.01, name: "head 2" }],
			},
		]);
	});
});
