/** What skips carry, and what models say without some, held to PyTorch in float64 (test/fixtures/skips). */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { withoutSkips } from "../../src/anatomy/withoutSkips.ts";
import { openModel, weightsFolder } from "../../src/data/modelFile.ts";
import { linearCka } from "../../src/metrics/linearCka.ts";
import type { Estimate, Records } from "../../src/metrics/metric.ts";
import { residualNorms } from "../../src/metrics/residualNorms.ts";
import { splitScore } from "../../src/metrics/splitScore.ts";
import { decodeModel } from "../../src/onnx/decode.ts";
import type { Measurement } from "../../src/plan/measurement.ts";
import { type PlannedModel, planPass } from "../../src/plan/pass.ts";
import { float32s, fromFloat32s } from "../../src/tensor/values.ts";
import { leavesBatches } from "../support/leavesBatches.ts";
import { runModel } from "../support/runModel.ts";
import { runPass } from "../support/runPass.ts";
import { sharedData } from "../support/sharedData.ts";

type Pair = readonly [mean: number, standardError: number];

interface Reference {
	readonly weights: string;
	readonly images: number;
	readonly norms: readonly {
		readonly kind: string;
		readonly projected: boolean;
		readonly cls: readonly Pair[] | null;
		readonly spatial: readonly Pair[];
		/** [quantity][token]; of vit-tiny every twentieth token */
		readonly tokens: readonly (readonly number[])[];
	}[];
	readonly without: Readonly<Record<string, readonly number[]>>;
	/** null for vit-tiny */
	readonly ablated: {
		readonly block: number;
		readonly layers: readonly string[];
		readonly cka: readonly number[];
		readonly cut: string;
		readonly split: number;
		readonly splitError: number;
	} | null;
}

/** Relative to 1: ratios and cosines are of that size. */
const tolerance = 1e-4;

describe.each(["vit-s", "vit-s-gap", "resnet-s"])("%s", (id) => {
	test("the reference is that of the weights at hand (skips.py makes it)", () => {
		const bytes = readFileSync(join(weightsFolder, `${id}.safetensors`));
		expect(createHash("sha256").update(bytes).digest("hex")).toBe(referenceOf(id).weights);
	});

	test("norms and cosines of all additions are PyTorch's", async () => {
		await compareNorms(await openModel(id), referenceOf(id), 64, 1);
	});

	test("the logits without the skips of a block are PyTorch's", async () => {
		await compareLogits(await openModel(id), referenceOf(id), 64);
	});

	test("CKA of all layers without the skips of a block, and how far that splits them, are PyTorch's", async () => {
		const { images, ablated } = referenceOf(id);
		if (ablated === null) throw new Error("no reference");
		const open = await openModel(`${id}?withoutSkips=${ablated.block}`);
		const asked = { metric: linearCka, parameters: { tokens: "all" }, layers: "all" } as const;
		const sides = [await recordsOf(open, asked, 64, images, images / 4)] as const;
		expect(sides[0].layers.map(({ name }) => name)).toEqual(ablated.layers);
		const upper = linearCka.finish(sides).values.flatMap((row, index) => row.slice(index));
		expect(upper).toHaveLength(ablated.cka.length);
		for (const [at, value] of upper.entries())
			expect(Math.abs((value ?? Number.NaN) - (ablated.cka[at] as number))).toBeLessThan(tolerance);
		const score = splitScore(sides, { cut: ablated.layers.indexOf(ablated.cut) });
		expect(Math.abs((score.value ?? Number.NaN) - ablated.split)).toBeLessThan(tolerance);
		expect(Math.abs((score.standardError ?? Number.NaN) - ablated.splitError)).toBeLessThan(tolerance);
	});
});

test.skipIf(sharedData === null)(
	"the real ViT-Tiny: norms, cosines and ablated logits are PyTorch's (needs SIGHTLINE_TEST_DATA)",
	async () => {
		const file = join(sharedData ?? "", "models/vit-tiny-patch16-224/model.onnx");
		const model = decodeModel(readFileSync(file));
		const identity = { id: file, digest: "", anatomyVersion: 1, preprocessing: "", precision: "float32" } as const;
		const open = { model, anatomy: findAnatomy(model), identity };
		await compareNorms(open, referenceOf("vit-tiny"), 224, 20);
		await compareLogits(open, referenceOf("vit-tiny"), 224);
	},
	120_000,
);

function referenceOf(id: string): Reference {
	return JSON.parse(readFileSync(new URL(`../fixtures/skips/${id}.json`, import.meta.url), "utf8"));
}

/** @param every which tokens the reference holds */
async function compareNorms(open: PlannedModel, reference: Reference, side: number, every: number): Promise<void> {
	const records = await recordsOf(
		open,
		{ metric: residualNorms, parameters: {}, layers: [] },
		side,
		reference.images,
		8,
	);
	const found = residualNorms.finish([records], { aggregation: "meanOfRatios" });
	expect(found.map(({ kind, projected }) => ({ kind, projected }))).toEqual(
		reference.norms.map(({ kind, projected }) => ({ kind, projected })),
	);
	for (const [at, { cls, spatial, tokens }] of found.entries()) {
		const expected = reference.norms[at];
		if (expected === undefined) throw new Error("no reference");
		const close = (estimate: Estimate | undefined, [mean, error]: Pair) => {
			expect(Math.abs((estimate?.value ?? Number.NaN) / mean - 1), `addition ${at}`).toBeLessThan(tolerance);
			expect(Math.abs((estimate?.standardError ?? Number.NaN) - error), `addition ${at}`).toBeLessThan(tolerance);
		};
		expect(cls === null).toBe(expected.cls === null);
		for (const [index, quantity] of (["ratio", "cosineWithSum", "cosineWithBranch"] as const).entries()) {
			close(spatial[quantity], expected.spatial[index] as Pair);
			if (cls !== null) close(cls[quantity], expected.cls?.[index] as Pair);
			const values = tokens.filter((_, token) => token % every === 0).map((token) => token[quantity] ?? Number.NaN);
			for (const [token, value] of values.entries()) {
				const mean = expected.tokens[index]?.[token] ?? Number.NaN;
				expect(Math.abs(value - mean) / Math.max(1, mean), `addition ${at}, token ${token}`).toBeLessThan(tolerance);
			}
		}
	}
}

/** What is kept of leaves. */
async function recordsOf(
	open: PlannedModel,
	asked: Pick<Measurement, "metric" | "parameters" | "layers">,
	side: number,
	count: number,
	batchSize: number,
): Promise<Records> {
	const measurement = { ...asked, model: open.identity, images: { set: "", split: "", digest: "", count, batchSize } };
	const [records] = await runPass(planPass(open, [measurement], "cpu"), leavesBatches(side, "test", count, batchSize));
	if (records === undefined) throw new Error("no records");
	return records;
}

async function compareLogits({ model, anatomy }: PlannedModel, { without }: Reference, side: number): Promise<void> {
	const [batch] = leavesBatches(side, "test", 8, 8);
	const pixels = fromFloat32s([8, 3, side, side], batch?.pixels ?? []);
	for (const [block, expected] of Object.entries(without)) {
		const ablated = withoutSkips(model, anatomy, [{ block: Number(block), branch: "all" }]);
		const results = await runModel(ablated.model, { [anatomy.input.tensor]: pixels }, [anatomy.output.tensor]);
		const logits = results.get(anatomy.output.tensor);
		if (logits === undefined) throw new Error("no logits");
		const [, classes = 0] = logits.shape;
		const sums = new Float64Array(classes);
		for (const [at, logit] of float32s(logits).entries()) sums[at % classes] = (sums[at % classes] ?? 0) + logit;
		const scale = Math.max(...expected.map(Math.abs));
		for (const [at, sum] of sums.entries())
			expect(Math.abs(sum - (expected[at] ?? Number.NaN)) / scale, `block ${block}`).toBeLessThan(tolerance);
	}
}
