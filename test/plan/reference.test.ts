import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { openModel, weightsFolder } from "../../src/data/modelFile.ts";
import { preprocess } from "../../src/data/preprocess.ts";
import { accuracy } from "../../src/metrics/accuracy.ts";
import { attentionDistance } from "../../src/metrics/attentionDistance.ts";
import { linearCka } from "../../src/metrics/linearCka.ts";
import type { Records } from "../../src/metrics/metric.ts";
import { decodeModel } from "../../src/onnx/decode.ts";
import type { Measurement } from "../../src/plan/measurement.ts";
import { type PlannedModel, planPass } from "../../src/plan/pass.ts";
import { plusMinusOne } from "../../src/zoo/preprocessing.ts";
import { paintedLeaves } from "../support/paintedLeaves.ts";
import { type Reference, readReference } from "../support/reference.ts";
import { type PixelBatch, runPass } from "../support/runPass.ts";
import { sharedData } from "../support/sharedData.ts";

/** What float32 on the device may differ from PyTorch in float64: CKA as it is, distances relative to uniform attention. */
const tolerance = 1e-4;

describe.skipIf(sharedData === null)("the real ViT-Tiny (needs SIGHTLINE_TEST_DATA)", () => {
	compareWithReference("vit-tiny", async () => {
		const file = join(sharedData ?? "", "models/vit-tiny-patch16-224/model.onnx");
		const model = decodeModel(readFileSync(file));
		const digest = createHash("sha256").update(readFileSync(file)).digest("hex");
		const identity = { id: file, digest, anatomyVersion: 1, preprocessing: "", precision: "float32" } as const;
		return { model, anatomy: findAnatomy(model), identity };
	});
});

for (const id of ["vit-s", "vit-s-gap", "resnet-s"])
	describe(id, () => {
		test("the reference is that of the weights at hand (reference.py makes it)", () =>
			expect(isCurrent(id)).toBe(true));
		compareWithReference(id, () => openModel(id));
	});

describe("vit-s beside resnet-s", () => {
	test("the reference is that of the weights at hand (reference.py makes it)", () =>
		expect(isCurrent("vit-s", "resnet-s")).toBe(true));

	test("CKA of all their layers is PyTorch's in float64", async () => {
		const reference = readReference("vit-s.resnet-s");
		const sides = await Promise.all(["vit-s", "resnet-s"].map(async (id) => measured(await openModel(id), reference)));
		const [rows, columns] = sides.map((records) => records.linearCka);
		if (rows === undefined || columns === undefined) throw new Error("no records");
		expect(largestDifference(linearCka.finish([rows, columns]).values.flat(), reference.cka)).toBeLessThan(tolerance);
	});
});

function compareWithReference(id: string, open: () => Promise<PlannedModel>): void {
	test("CKA of all layers, attention distances and classes are PyTorch's in float64", async () => {
		const reference = readReference(id);
		const records = await measured(await open(), reference);
		if (records.linearCka === undefined || records.accuracy === undefined) throw new Error("no records");

		const cka = linearCka.finish([records.linearCka]);
		expect(records.linearCka.layers.map(({ name }) => name)).toEqual(reference.layers[0]);
		const triangle = <T>(rows: readonly (readonly T[])[]) => rows.flatMap((row, index) => row.slice(index));
		expect(largestDifference(triangle(cka.values), reference.cka)).toBeLessThan(tolerance);
		expect(largestDifference(triangle(cka.standardErrors), reference.standardErrors)).toBeLessThan(tolerance);

		if (records.attentionDistance !== undefined) {
			const { heads, uniform: uniformPx } = attentionDistance.finish([records.attentionDistance]);
			const expected = reference.attentionDistance[0]?.flat() ?? [];
			const limit = tolerance * uniformPx;
			expect(uniformPx).toBeCloseTo(reference.uniformPx ?? 0, 8);
			const means = heads.map(({ estimate }) => estimate.value);
			const errors = heads.map(({ estimate }) => estimate.standardError);
			expect(
				largestDifference(
					means,
					expected.map(([mean]) => mean),
				),
			).toBeLessThan(limit);
			expect(
				largestDifference(
					errors,
					expected.map(([, error]) => error),
				),
			).toBeLessThan(limit);
		}
		// Labels of the run are PyTorch's predictions: agreeing with all of them is an accuracy of 1.
		expect(accuracy.finish([records.accuracy]).top1?.value).toBe(1);
	}, 600_000);
}

/** One pass over the images of the reference, by metric. */
async function measured(open: PlannedModel, reference: Reference): Promise<Readonly<Record<string, Records>>> {
	const { batchSize, images } = reference;
	const names = ["linearCka", "accuracy", ...(open.anatomy.attentions.length > 0 ? ["attentionDistance"] : [])];
	const asked = names.map(
		(name): Measurement => ({
			model: open.identity,
			metric: { name, version: 1 },
			parameters: { tokens: "all", variant: "paper" },
			layers: name === "linearCka" ? "all" : [],
			images: { set: "leaves", split: "test", digest: "", count: images, batchSize },
		}),
	);
	const { height, width } = open.anatomy.input;
	const set = paintedLeaves(height);
	const predictions =
		reference.predictions[reference.models.indexOf(open.identity.id)] ?? reference.predictions[0] ?? [];
	const batches = Array.from({ length: images / batchSize }, (_, index): PixelBatch => {
		const pixels = new Float32Array(batchSize * 3 * height * width);
		for (let image = 0; image < batchSize; image++) {
			const picture = set.image("test", index * batchSize + image);
			preprocess(picture, plusMinusOne, pixels, image, [height, width]);
		}
		const labels = Int32Array.from(predictions.slice(index * batchSize, (index + 1) * batchSize));
		return { index, images: batchSize, labels, pixels };
	});
	const records = await runPass(planPass(open, asked, "cpu"), batches);
	return Object.fromEntries(names.map((name, index) => [name, records[index] as Records])); // one for each name
}

/** Infinite where a number of values is missing, NaN (which is below no limit) where one is null. */
function largestDifference(values: readonly (number | null)[], expected: readonly number[]): number {
	if (values.length !== expected.length) return Number.POSITIVE_INFINITY;
	const differences = values.map((value, index) => Math.abs((value ?? Number.NaN) - (expected[index] as number)));
	return Math.max(...differences);
}

/** Whether the reference of these models was made with the weights that are there. */
function isCurrent(...ids: readonly string[]): boolean {
	const name = ids.join(".");
	const digests = ids.map((id) => {
		const bytes = readFileSync(join(weightsFolder, `${id}.safetensors`));
		return createHash("sha256").update(bytes).digest("hex");
	});
	return digests.join() === readReference(name).weights.join();
}
