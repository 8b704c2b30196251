import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { decodeImage } from "../../src/data/decode/decodeImage.ts";
import { fitted, preprocess } from "../../src/data/preprocess.ts";
import { decodeModel } from "../../src/onnx/decode.ts";
import { float32s, fromFloat32s } from "../../src/tensor/values.ts";
import type { Preprocessing } from "../../src/zoo/preprocessing.ts";
import { publishedPreprocessing } from "../../src/zoo/published/publishedPreprocessing.ts";
import { runModel } from "../support/runModel.ts";
import { sharedData } from "../support/sharedData.ts";

/** What test/fixtures/photographs/photographs.py wrote. */
interface Photograph {
	readonly file: string;
	readonly short: string;
	readonly small: string;
	readonly classes: readonly number[];
	readonly logits: readonly number[];
}
const { photographs }: { readonly photographs: readonly Photograph[] } = JSON.parse(
	readFileSync(new URL("../fixtures/photographs/photographs.json", import.meta.url), "utf8"),
);

/** What test/fixtures/photographs/timmTransforms.py wrote. */
interface TimmPhotograph {
	readonly file: string;
	readonly config: object;
	readonly sha256: string;
	readonly classes?: readonly number[];
	readonly logits?: readonly number[];
}
const byTimm: readonly TimmPhotograph[] = JSON.parse(
	readFileSync(new URL("../fixtures/photographs/timm.json", import.meta.url), "utf8"),
);

const halves = [0.5, 0.5, 0.5];
const vitTiny: Preprocessing = { resize: "bicubic", shortSide: 248, mean: halves, deviation: halves };
const whole: Preprocessing = { ...vitTiny, resize: "bilinear", shortSide: null };

const decoded = async ({ file }: { readonly file: string }) =>
	decodeImage(await readFile(join(sharedData ?? "", "images/imagenet-sample", file)));
const digest = (pixels: Uint8Array) => createHash("sha256").update(pixels).digest("hex");

describe.skipIf(sharedData === null)("200 photographs (need SIGHTLINE_TEST_DATA)", () => {
	test("cut out of a short side, or resized whole, they have PIL's bytes", async () => {
		for (const photograph of photographs) {
			const picture = await decoded(photograph);
			const digests = [digest(fitted(picture, vitTiny, [224, 224])), digest(fitted(picture, whole, [32, 32]))];
			expect(digests, photograph.file).toEqual([photograph.short, photograph.small]);
		}
	});

	test("the real ViT-Tiny's largest logits on them are PyTorch's in float64", async () => {
		await expectLogits(
			photographs.filter((_, index) => index % 5 === 0),
			vitTiny,
		);
	});

	test("with every filter, crop mode and shape of timm's they have its bytes", async () => {
		for (const { file, config, sha256 } of byTimm) {
			const { preprocessing, sides } = publishedPreprocessing(config, file, null);
			const pixels = fitted(await decoded({ file }), preprocessing, sides);
			expect(digest(pixels), `${file} ${JSON.stringify(config)}`).toBe(sha256);
		}
	});

	test("prepared as its config.json says, the real ViT-Tiny's largest logits are those of timm's own model", async () => {
		const place = "models/vit-tiny-patch16-224/config.json";
		const config: unknown = JSON.parse(readFileSync(join(sharedData ?? "", place), "utf8"));
		const { preprocessing } = publishedPreprocessing(config, place, [224, 224]);
		expect(preprocessing).toEqual(vitTiny);
		const asked = byTimm.flatMap(({ file, classes, logits }) =>
			classes === undefined || logits === undefined ? [] : [{ file, classes, logits }],
		);
		expect(asked.length).toBe(20);
		await expectLogits(asked, preprocessing);
	});
});

async function expectLogits(
	asked: readonly Pick<Photograph, "file" | "classes" | "logits">[],
	preprocessing: Preprocessing,
): Promise<void> {
	const model = decodeModel(readFileSync(join(sharedData ?? "", "models/vit-tiny-patch16-224/model.onnx")));
	const [input, output] = [model.graph.inputs[0]?.name ?? "", model.graph.outputs[0]?.name ?? ""];
	const pixels = new Float32Array(asked.length * 3 * 224 * 224);
	for (const [index, photograph] of asked.entries()) {
		preprocess(await decoded(photograph), preprocessing, pixels, index, [224, 224]);
	}
	const tensors = { [input]: fromFloat32s([asked.length, 3, 224, 224], pixels) };
	const logits = (await runModel(model, tensors, [output])).get(output);
	if (logits === undefined) throw new Error("no logits");
	const values = float32s(logits);
	for (const [index, { file, classes, logits }] of asked.entries()) {
		const found = classes.map((label) => values[1000 * index + label] as number);
		const largest = values.subarray(1000 * index, 1000 * (index + 1)).reduce((a, b) => Math.max(a, b));
		expect(found[0], file).toBe(largest);
		expect(Math.max(...found.map((value, at) => Math.abs(value - (logits[at] as number))))).toBeLessThan(1e-3);
	}
}
