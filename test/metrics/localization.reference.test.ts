/** Localisation of real models, held to PyTorch in float64 (test/fixtures/localization). */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { openModel, weightsFolder } from "../../src/data/modelFile.ts";
import { type LocalizationParameters, localization } from "../../src/metrics/localization.ts";
import type { LocalizationStatistics } from "../../src/metrics/localizationStatistics.ts";
import type { Records } from "../../src/metrics/metric.ts";
import { decodeModel } from "../../src/onnx/decode.ts";
import { type PlannedModel, planPass } from "../../src/plan/pass.ts";
import { leavesBatches } from "../support/leavesBatches.ts";
import { runPass } from "../support/runPass.ts";
import { sharedData } from "../support/sharedData.ts";

interface Reference {
	readonly weights: string;
	readonly images: number;
	readonly batchSize: number;
	readonly layers: Readonly<Record<string, LayerReference>>;
}

interface LayerReference {
	readonly patchPx: number | null;
	readonly tokens: readonly [number, number];
	readonly patches: readonly [number, number];
	readonly cka: readonly number[];
	readonly standardErrors: readonly number[];
	readonly statistics: Readonly<Record<keyof LocalizationStatistics, number>>;
}

/** Of CKA in float32 on the device. */
const tolerance = 1e-4;

describe.each(["vit-s", "vit-s-gap", "resnet-s"])("%s", (id) => {
	test("the reference is that of the weights at hand (localization.py makes it)", () => {
		const bytes = readFileSync(join(weightsFolder, `${id}.safetensors`));
		expect(createHash("sha256").update(bytes).digest("hex")).toBe(referenceOf(id).weights);
	});

	test("CKA of tokens with patches, its errors and statistics are PyTorch's", async () => {
		await compare(await openModel(id), referenceOf(id));
	});
});

test.skipIf(sharedData === null)(
	"the real ViT-Tiny: CKA of tokens with patches of 32 px is PyTorch's (needs SIGHTLINE_TEST_DATA)",
	async () => {
		const file = join(sharedData ?? "", "models/vit-tiny-patch16-224/model.onnx");
		const model = decodeModel(readFileSync(file));
		const identity = { id: file, digest: "", anatomyVersion: 1, preprocessing: "", precision: "float32" } as const;
		await compare({ model, anatomy: findAnatomy(model), identity }, referenceOf("vit-tiny"));
	},
	120_000,
);

function referenceOf(id: string): Reference {
	return JSON.parse(readFileSync(new URL(`../fixtures/localization/${id}.json`, import.meta.url), "utf8"));
}

async function compare(open: PlannedModel, { images, batchSize, layers }: Reference): Promise<void> {
	const { name, version } = localization;
	const asked = Object.entries(layers).map(([layer, { patchPx }]) => ({
		model: open.identity,
		metric: { name, version },
		parameters: { patchPx: patchPx ?? ("grid" as const) },
		layers: [layer],
		images: { set: "leaves", split: "test", digest: "", count: images, batchSize },
	}));
	const batches = leavesBatches(open.anatomy.input.height, "test", images, batchSize);
	const records = await runPass(planPass(open, asked, "cpu"), batches);
	for (const [index, [layer, expected]] of Object.entries(layers).entries()) {
		// Asked with these parameters.
		const [found] = localization.finish([records[index] as Records<LocalizationParameters>]);
		expect(found?.layer).toBe(layer);
		expect([found?.tokens.rows, found?.tokens.columns]).toEqual(expected.tokens);
		expect([found?.patches.rows, found?.patches.columns]).toEqual(expected.patches);
		expect(largestDifference(found?.values, expected.cka), layer).toBeLessThan(tolerance);
		expect(largestDifference(found?.standardErrors, expected.standardErrors), layer).toBeLessThan(tolerance);
		for (const [statistic, value] of Object.entries(expected.statistics))
			expect(found?.statistics?.[statistic as keyof LocalizationStatistics].value, statistic).toBeCloseTo(value, 4);
	}
}

/** Infinite where a number of values is missing, NaN (which is below no limit) where one is null. */
function largestDifference(
	rows: readonly (readonly (number | null)[])[] | undefined,
	expected: readonly number[],
): number {
	const values = rows?.flat() ?? [];
	if (values.length !== expected.length) return Number.POSITIVE_INFINITY;
	return Math.max(...values.map((value, at) => Math.abs((value ?? Number.NaN) - (expected[at] as number))));
}
