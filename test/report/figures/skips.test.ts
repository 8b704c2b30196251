import { describe, expect, it } from "vitest";
import { skipNorms } from "../../../reports/raghu-2021/figures/07-skip-norms/figure.ts";
import { skipNormsByToken } from "../../../reports/raghu-2021/figures/07b-skip-norms-by-token/figure.ts";
import { withoutSkips } from "../../../reports/raghu-2021/figures/08-without-skips/figure.ts";
import { skipNormsOfAllTokens } from "../../../reports/raghu-2021/figures/e-1-skip-norms-of-all-tokens/figure.ts";
import { skipCosines } from "../../../reports/raghu-2021/figures/e-2-skip-cosines/figure.ts";
import type { HeatMapSpec, LinesSpec } from "../../../src/report/figureSpec.ts";
import type {
	CosinesResult,
	DrawnSkipSideResult,
	NormsResult,
	RatioResult,
	TokenRatiosResult,
} from "../../../src/report/queryResult.ts";
import { casesOf, everyName, madeUpAccuracy, madeUpProvenance, verdictsOf } from "../../support/figureResults.ts";

const provenance = madeUpProvenance("norms");
/** Of a ViT, one number a block. */
interface Lines {
	readonly cls: { readonly attention: readonly number[]; readonly mlp: readonly number[] } | null;
	readonly attention: readonly number[];
	readonly mlp: readonly number[];
}

function vitNorms<Token>(title: string, lines: Lines, token: (value: number) => Token): NormsResult<Token> {
	const at = (values: readonly number[] | undefined, block: number) => {
		const value = values?.[block];
		return value === undefined ? null : token(value);
	};
	return {
		id: title,
		title,
		blocks: lines.mlp.map((mlp, index) => ({
			index,
			residualNorms: {
				branches: [
					{
						kind: "ATTENTION",
						cls: at(lines.cls?.attention, index),
						spatial: token(lines.attention[index] ?? Number.NaN),
					},
					{ kind: "MLP", cls: at(lines.cls?.mlp, index), spatial: token(mlp) },
				],
				reason: null,
				provenance,
			},
		})),
	};
}

function resnetNorms<Token>(values: readonly number[], token: (value: number) => Token): NormsResult<Token> {
	return {
		id: "resnet",
		title: "ResNet",
		blocks: values.map((value, index) => ({
			index,
			residualNorms: { branches: [{ kind: "UNIT", cls: null, spatial: token(value) }], reason: null, provenance },
		})),
	};
}

const exactly =
	(standardError: number) =>
	(ratio: number): RatioResult => ({ ratio, ratioStandardError: standardError, reason: null });
const ratio = exactly(0.01);

describe("Fig. 7, norms of skip and branch", () => {
	const figure = skipNorms;
	/** Read off the paper's figure. */
	const paperLines: Lines = {
		cls: {
			attention: [0.35, 2.7, 3.5, 3.2, 3.3, 2.95, 2.6, 2.8, 3.0, 3.1, 3.4, 3.05],
			mlp: [2.1, 5.7, 9.9, 11, 9.5, 5.2, 4.1, 3.8, 3.45, 3.15, 2.4, 1.15],
		},
		attention: [3.6, 2.6, 2.3, 2.35, 2.85, 3.4, 6.1, 8.5, 10.4, 10.5, 10.45, 7.1],
		mlp: [0.55, 1.75, 2.45, 2.5, 2.7, 2.9, 3.6, 5.4, 5.65, 5.45, 3.6, 3.8],
	};
	const paperUnits = [1.85, 1.7, 1.8, 1.2, 1.4, 1.4, 2, 1.15, 1.2, 1.1, 0.9, 0.95, 1.2, 1.25, 1.1, 1];
	const resnet = resnetNorms(paperUnits, exactly(0.001));
	const flat: Lines = { cls: { attention: [2, 2], mlp: [2, 2] }, attention: [1, 2], mlp: [1, 2] };
	const data = (vit: NormsResult<RatioResult>) => ({
		vit,
		vitLarge: vitNorms("large", { ...flat, cls: null }, ratio),
		resnet,
	});
	const paper = data(vitNorms("small", paperLines, exactly(0.001)));

	it("holds for the values of the paper's own figure, and prints its means", () => {
		expect(verdictsOf(figure, paper, "C18")[0]).toBe("holds");
		expect(verdictsOf(figure, paper, "C19")[0]).toBe("holds");
		const also = casesOf(figure, paper, "C19")[0]?.also.map(({ interval }) => interval?.value);
		expect(also?.map((value) => value?.toFixed(1))).toEqual(["3.8", "1.3"]);
		expect(casesOf(figure, paper, "C19")[0]?.tests[1]?.interval?.value).toBeCloseTo(23 / 24, 12);
	});

	it("prints the class token beside attention without a verdict: in the paper it does not turn", () => {
		const [first] = casesOf(figure, paper, "C18");
		expect(first?.tests.map(({ name }) => name)).not.toContainEqual(expect.stringContaining("token beside attention"));
		expect(first?.also[0]).toMatchObject({ name: expect.stringContaining("class token beside attention") });
		expect(first?.also[0]?.interval?.value).toBeLessThan(1);
	});

	it("does not hold where one of the branches turns the other way, or the ViT's skips carry no more", () => {
		const reversed = vitNorms("small", { ...paperLines, mlp: [...paperLines.mlp].reverse() }, ratio);
		expect(verdictsOf(figure, data(reversed), "C18")[0]).toBe("does not hold");
		const weak = vitNorms(
			"small",
			{ ...paperLines, attention: paperLines.mlp.map(() => 1), mlp: paperLines.mlp.map(() => 1) },
			ratio,
		);
		expect(verdictsOf(figure, data(weak), "C19")[0]).toBe("does not hold");
	});

	it("compares each branch with the ResNet at its depth", () => {
		const even = vitNorms("small", { cls: null, attention: [1.5, 2.5, 1.5], mlp: [3, 1.5, 3] }, ratio);
		const [first] = casesOf(figure, { ...data(even), resnet: resnetNorms([2, 2, 2, 2], ratio) }, "C19");
		expect(first?.tests[1]?.interval).toEqual({ value: 0.5, low: 0.5, high: 0.5 });
	});

	it("is undecided where the class token is flat", () => {
		expect(verdictsOf(figure, data(vitNorms("small", flat, ratio)), "C18")[0]).toBe("undecided");
	});

	it("does not apply to a model without a class token, and says so", () => {
		expect(verdictsOf(figure, paper, "C18")[1]).toBe("not applicable");
		expect(casesOf(figure, paper, "C18")[1]?.tests[0]?.reason).toBe("large, block 0: there is no class token");
	});

	it("does not apply where a norm is zero, with the reason", () => {
		const zero = vitNorms("small", paperLines, (value) =>
			value === 1.15 ? { ratio: null, ratioStandardError: null, reason: "a branch is zero" } : ratio(value),
		);
		expect(casesOf(figure, data(zero), "C18")[0]?.tests[0]?.reason).toBe("a branch is zero");
	});

	it("draws the paper's five lines a ViT, four or fewer where there is no class token", () => {
		const spec = figure.evaluate(paper, everyName).spec as LinesSpec;
		expect(spec.panels.map(({ title, series }) => [title, series.map(({ label }) => label)])).toEqual([
			[
				"small beside ResNet",
				["attention, patches", "MLP, patches", "attention, class token", "MLP, class token", "ResNet"],
			],
			["large beside ResNet", ["attention, patches", "MLP, patches", "ResNet"]],
		]);
		expect(spec.panels[0]?.series[4]?.points[2]).toEqual({ x: 2, y: 1.8, standardError: 0.001, name: "block 2" });
		expect(figure.evaluate(paper, everyName).provenance).toHaveLength(12 + 2 + 16);
	});
});

describe("Figs 7 (left) and E.1, norms token by token", () => {
	/** A class token and 3 x 4 patches, two blocks; ratios tell block and token. */
	const model: TokenRatiosResult = {
		title: "small",
		tokenGrid: [3, 4],
		classToken: true,
		blocks: [0, 1].map((index) => ({
			index,
			residualNorms: {
				branches: (["ATTENTION", "MLP"] as const).map((kind, branch) => ({
					kind,
					tokens: Array.from({ length: 13 }, (_, token) => ({
						ratio: branch === 1 && token === 12 ? null : 10 * index + token + 0.4 * branch + 0.3,
					})),
				})),
				provenance,
			},
		})),
	};

	it("draw every token, rows of patches as groups, on one scale", () => {
		const { spec, provenance: origin } = skipNormsOfAllTokens.evaluate({ vit: model }, everyName);
		const { panels, scale } = spec as HeatMapSpec;
		expect(scale).toEqual({ colours: "viridis", from: 0, to: 23 });
		expect(panels.map(({ title }) => title)).toEqual(["small: MLP", "small: self-attention"]);
		expect(panels[0]?.values[1]?.slice(0, 2)).toEqual([10.7, 11.7]);
		expect(panels[0]?.values[0]?.at(-1)).toBeNull();
		expect(panels[1]?.columns.steps).toHaveLength(13);
		expect(panels[1]?.columns.steps[6]).toBe("patch (1, 1)");
		expect(panels[1]?.columns.groups).toEqual([
			{ label: "CLS", name: "class token", start: 0, end: 1 },
			{ label: "0", name: "row 0", start: 1, end: 5 },
			{ label: "1", name: "row 1", start: 5, end: 9 },
			{ label: "2", name: "row 2", start: 9, end: 13 },
		]);
		expect(panels[1]?.rows).toMatchObject({ title: "small blocks", steps: ["block 0", "block 1"] });
		expect(origin).toHaveLength(2);
	});

	it("draw the first ten, each by itself", () => {
		const { panels } = skipNormsByToken.evaluate({ vit: model }, everyName).spec as HeatMapSpec;
		expect(panels.map(({ values }) => values[1]?.length)).toEqual([10, 10]);
		expect(panels[0]?.columns.groups[9]).toEqual({ label: "9", name: "patch (2, 0)", start: 9, end: 10 });
	});

	it("draw a model without a class token from its first patch on", () => {
		const vit = { ...model, tokenGrid: [1, 13], classToken: false };
		const { panels } = skipNormsOfAllTokens.evaluate({ vit }, everyName).spec as HeatMapSpec;
		expect(panels[0]?.columns.steps[0]).toBe("patch (0, 0)");
		expect(panels[0]?.columns.groups).toEqual([{ label: "0", name: "row 0", start: 0, end: 13 }]);
	});
});

describe("Fig. E.2, cosines", () => {
	const figure = skipCosines;
	const cosine = (value: number): CosinesResult => ({
		cosineWithSum: value,
		cosineWithSumStandardError: 0.001,
		cosineWithBranch: value - 1.15,
		cosineWithBranchStandardError: 0.001,
		reason: null,
	});
	const asClaimed: Lines = {
		cls: { attention: [0.98, 0.97, 0.95, 0.95], mlp: [0.99, 0.98, 0.8, 0.7] },
		attention: [0.7, 0.8, 0.95, 0.98],
		mlp: [0.75, 0.8, 0.9, 0.95],
	};
	const data = (lines: Lines) => ({
		vit: vitNorms("small", lines, cosine),
		vitLarge: vitNorms("large", { ...asClaimed, cls: null }, cosine),
		resnet: resnetNorms([0.7, 0.8], cosine),
	});

	it("holds where the class token turns late, by the MLPs, and the patches early", () => {
		expect(verdictsOf(figure, data(asClaimed), "C20")).toEqual(["holds", "not applicable"]);
	});

	it("does not hold where attention turns the class token more than the MLPs, or the patches turn late", () => {
		const byAttention = { ...asClaimed, cls: { attention: [0.98, 0.97, 0.6, 0.6], mlp: [0.99, 0.98, 0.8, 0.7] } };
		expect(verdictsOf(figure, data(byAttention), "C20")[0]).toBe("does not hold");
		const late = { ...asClaimed, attention: [...asClaimed.attention].reverse() };
		expect(verdictsOf(figure, data(late), "C20")[0]).toBe("does not hold");
	});

	it("is undecided where nothing changes with depth", () => {
		const even: Lines = {
			cls: { attention: [0.9, 0.9], mlp: [0.9, 0.9] },
			attention: [0.9, 0.9],
			mlp: [0.9, 0.9],
		};
		expect(verdictsOf(figure, data(even), "C20")[0]).toBe("undecided");
	});

	it("draws both cosines, each on an axis of its own from the tenth below the least", () => {
		const spec = figure.evaluate(data(asClaimed), everyName).spec as LinesSpec;
		expect(spec.panels.map(({ title }) => title)).toEqual([
			"small: skip with sum",
			"small: skip with branch",
			"large: skip with sum",
			"large: skip with branch",
		]);
		// The lowest band ends at .7 - .001, that of the branches 1.15 lower.
		const [sum, branch] = [{ y: { from: 0.6, to: 1 } }, { y: { from: -0.5, to: 0 } }];
		expect(spec.panels.map(({ ends }) => ends)).toEqual([sum, branch, sum, branch]);
	});
});

describe("Fig. 8, ViTs without the skips of a block", () => {
	const figure = withoutSkips;
	const layers = ["blocks.0.mlp", "blocks.1.attention"].map((name, block) => ({ name, kind: "mlp", block }));
	const cells = {
		rows: layers,
		columns: layers,
		values: [
			[1, 0.3],
			[0.3, 1],
		],
		standardErrors: [
			[0, null],
			[0.01, 0],
		],
		reasons: [],
		batches: 8,
		provenance: madeUpProvenance("similarity"),
	};
	const numbers = (split: number, top1: number, standardError = 0.01) => ({
		accuracy: madeUpAccuracy(top1),
		split: {
			value: split,
			standardError,
			layer: "blocks.1.attention",
			reason: null,
			provenance: madeUpProvenance("split"),
		},
	});
	const without = (title: string, split: number, loss: number, standardError?: number): DrawnSkipSideResult => ({
		model: { id: title, title },
		...numbers(split, 0.9 + loss, standardError),
		accuracyDifference: { value: loss, low: loss - 0.015, high: loss + 0.015, reason: null },
		similarity: cells,
	});
	const ablation = (trained: DrawnSkipSideResult | null, ablated: DrawnSkipSideResult | null) => ({
		original: numbers(0.8, 0.9),
		ablated,
		trained,
		reason: ablated === null ? "it has no residual additions" : null,
	});
	const vit = {
		id: "vit",
		title: "ViT",
		family: "VIT" as const,
		blocks: [0, 1].map((index) => ({ index, stage: null })),
	};
	const data = {
		vit: {
			...vit,
			early: ablation(without("trained early", 0.6, 0.001), without("taken out early", 0.2, -0.8)),
			middle: ablation(without("trained middle", 0.2, -0.04), without("taken out middle", 0.5, -0.7)),
			late: ablation(null, null),
		},
	};

	it("judges the middle block trained without first, then the others, then those taken out afterwards", () => {
		// Trained: middle, late, early; taken out: middle, late, early.
		expect(verdictsOf(figure, data, "C21")).toEqual([
			"holds",
			"not applicable",
			"does not hold",
			"undecided",
			"not applicable",
			"holds",
		]);
		expect(verdictsOf(figure, data, "C22")).toEqual([
			"holds",
			"not applicable",
			"undecided",
			"holds",
			"not applicable",
			"holds",
		]);
	});

	it("says which model is missing", () => {
		const cases = casesOf(figure, data, "C21");
		expect(cases[1]?.tests[0]?.reason).toBe("no model was trained so");
		expect(cases[4]?.tests[0]?.reason).toBe("it has no residual additions");
	});

	it("compares with the model that has its skips at the same place", () => {
		const split = ablation(without("trained middle", 0.3, -0.04), null);
		const alike = { vit: { ...data.vit, middle: { ...split, original: numbers(0.3, 0.9) } } };
		expect(casesOf(figure, alike, "C21")[0]?.tests.map(({ verdict }) => verdict)).toEqual(["holds", "undecided"]);
	});

	it("asks for an error over batches", () => {
		const trained = without("trained middle", 0.2, -0.04);
		const split = { ...trained.split, standardError: null, reason: "no standard error: it needs 4 batches of images" };
		const few = { vit: { ...data.vit, middle: ablation({ ...trained, split }, null) } };
		expect(casesOf(figure, few, "C21")[0]?.tests[0]?.reason).toMatch(/needs 4 batches/);
	});

	it("draws the models that there are, those trained so first", () => {
		const { panels } = figure.evaluate(data, everyName).spec as HeatMapSpec;
		expect(panels.map(({ title }) => title)).toEqual([
			"trained early",
			"trained middle",
			"ViT, skips of block 1 taken out",
			"ViT, skips of block 1 taken out",
		]);
		expect(panels[0]?.rows.title).toBe("ViT layers, by block");
	});
});
