/** Receptive fields of models that were trained, against PyTorch's autograd in float64. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { decodeImage } from "../../src/data/decode/decodeImage.ts";
import { openModel, weightsFolder } from "../../src/data/modelFile.ts";
import { type Picture, preprocess } from "../../src/data/preprocess.ts";
import type { GradientVariant } from "../../src/metrics/centreGradients.ts";
import type { Records } from "../../src/metrics/metric.ts";
import { type ReceptiveFieldParameters, receptiveField, receptiveFieldMaps } from "../../src/metrics/receptiveField.ts";
import { sampledChannels } from "../../src/metrics/sampledChannels.ts";
import { decodeModel } from "../../src/onnx/decode.ts";
import { type PlannedModel, planPass } from "../../src/plan/pass.ts";
import { type Preprocessing, plusMinusOne } from "../../src/zoo/preprocessing.ts";
import { paintedLeaves } from "../support/paintedLeaves.ts";
import { type FieldReference, readFieldReference } from "../support/receptiveFieldReference.ts";
import { type PixelBatch, runPass } from "../support/runPass.ts";
import { sharedData } from "../support/sharedData.ts";

const variants: readonly GradientVariant[] = ["jacobian", "channelSum", "repLKNet"];

describe.each(["vit-s", "vit-s-gap", "resnet-s"])("%s", (id) => {
	const reference = readFieldReference(id);

	test("the reference is that of the weights and channels at hand (receptiveField.py makes it)", () => {
		const bytes = readFileSync(join(weightsFolder, `${id}.safetensors`));
		expect(createHash("sha256").update(bytes).digest("hex")).toBe(reference.weights);
		expectSameChannels(reference);
	});

	test.each(variants)("%s: maps and what is told of them are PyTorch's", async (variant) => {
		const pictures = Array.from({ length: reference.images }, (_, index) => paintedLeaves(64).image("test", index));
		await expectReference(await openModel(id), reference, variant, pictures, plusMinusOne);
	});
});

describe.skipIf(sharedData === null)("the real ViT-Tiny on photographs (needs SIGHTLINE_TEST_DATA)", () => {
	test.each(variants)(
		"%s: maps and what is told of them are PyTorch's",
		async (variant) => {
			const reference = readFieldReference("vit-tiny");
			expectSameChannels(reference);
			const file = join(sharedData ?? "", "models/vit-tiny-patch16-224/model.onnx");
			const model = decodeModel(readFileSync(file));
			const identity = { id: file, digest: file, anatomyVersion: 1, preprocessing: "", precision: "float32" } as const;
			const pictures = await Promise.all(
				(reference.files ?? []).map((name) =>
					decodeImage(readFileSync(join(sharedData ?? "", "images/imagenet-sample", name))),
				),
			);
			const preprocessing: Preprocessing = { ...plusMinusOne, resize: "bicubic", shortSide: 248 };
			await expectReference(
				{ model, anatomy: findAnatomy(model), identity },
				reference,
				variant,
				pictures,
				preprocessing,
			);
		},
		120_000,
	);
});

function expectSameChannels({ channels }: FieldReference): void {
	for (const [width, drawn] of Object.entries(channels))
		expect(sampledChannels(Number(width), drawn.length)).toEqual(drawn);
}

async function expectReference(
	open: PlannedModel,
	reference: FieldReference,
	variant: GradientVariant,
	pictures: readonly Picture[],
	preprocessing: Preprocessing,
): Promise<void> {
	const expected = reference.fields[variant];
	const channels = variant === "jacobian" ? (Object.values(reference.channels)[0]?.length ?? 0) : "all";
	const parameters: ReceptiveFieldParameters = { taps: Object.keys(expected).join(), variant, channels };
	const records = await measured(open, parameters, reference.batchSize, pictures, preprocessing);
	const fields = receptiveField.finish([records], { patchPx: reference.patchPx });
	const maps = receptiveFieldMaps([records]);
	expect(fields.map(({ layer }) => layer)).toEqual(Object.keys(expected));
	for (const [index, { layer, concentration, squares, images, reason }] of fields.entries()) {
		const { samples, largest, statistics, squares: sides } = expected[layer] ?? missing(layer);
		expect({ images, reason }, layer).toEqual({ images: pictures.length, reason: null });

		const values = maps[index]?.values?.flat() ?? [];
		const differences = samples.map((sample, at) => Math.abs((values[at * reference.stride] ?? Number.NaN) - sample));
		const close = differences.filter((difference) => difference < 1e-3 * largest);
		expect(close.length, layer).toBeGreaterThanOrEqual(0.999 * samples.length);
		expect(maps[index]?.largest, layer).toBeCloseTo(largest, 4);

		for (const [name, [value, error]] of Object.entries(statistics)) {
			const found = concentration[name as keyof typeof concentration]; // its own names
			expect(Math.abs((found.value ?? Number.NaN) - value) / value, `${layer} ${name}`).toBeLessThan(1e-4);
			// Errors are differences of values: what float32 leaves of them is told in units of the value.
			expect(Math.abs((found.standardError ?? Number.NaN) - error) / value, `${layer} ${name}`).toBeLessThan(1e-4);
		}
		const found = squares.map(({ sidePx }) => [sidePx.value, sidePx.standardError]);
		expect(found, layer).toEqual(sides.map(([side, error]) => [side, error && expect.closeTo(error, 6)]));
	}
}

async function measured(
	open: PlannedModel,
	parameters: ReceptiveFieldParameters,
	batchSize: number,
	pictures: readonly Picture[],
	preprocessing: Preprocessing,
): Promise<Records<ReceptiveFieldParameters>> {
	const { height, width } = open.anatomy.input;
	const batches = Array.from({ length: pictures.length / batchSize }, (_, index): PixelBatch => {
		const pixels = new Float32Array(batchSize * 3 * height * width);
		for (const [image, picture] of pictures.slice(index * batchSize, (index + 1) * batchSize).entries())
			preprocess(picture, preprocessing, pixels, image, [height, width]);
		return { index, images: batchSize, labels: new Int32Array(batchSize), pixels };
	});
	const { name, version } = receptiveField;
	const measurement = {
		...{ model: open.identity, metric: { name, version }, parameters, layers: [] },
		images: { set: "leaves", split: "test", digest: "", count: pictures.length, batchSize },
	};
	const [records] = await runPass(planPass(open, [measurement], "cpu"), batches);
	return records as Records<ReceptiveFieldParameters>; // those that were asked for
}

function missing(layer: string): never {
	throw new Error(`the reference has no ${layer}`);
}
