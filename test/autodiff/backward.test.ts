/** Gradients of whole models with respect to their pixels, against PyTorch's autograd and against differences. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readSafetensors } from "../../src/checkpoint/safetensors.ts";
import { interpret } from "../../src/onnx/interpret.ts";
import type { Model } from "../../src/onnx/model.ts";
import { elementCount, type Tensor } from "../../src/tensor/tensor.ts";
import { fromValues, numbers } from "../../src/tensor/values.ts";
import { needsModels, realModel, realModels } from "../onnx/graphs.ts";
import { type GradientModel, gradientModel, patternedGradients, patternedPixels } from "../support/gradientModel.ts";
import { runModel } from "../support/runModel.ts";
import { sharedData } from "../support/sharedData.ts";
import { type TinyName, tinyModel } from "../support/tiny.ts";

const seeds = 2;
const tiny: readonly TinyName[] = ["vit", "vit-gap", "resnet", "resnet-classic"];
const real = realModels.filter((name) => !name.endsWith("light_resnet50"));

/** What gradients.py wrote of a model: sampled gradients [seeds, images, samples] and the largest of all, by tensor. */
interface Reference {
	readonly tensor: string;
	readonly samples: Tensor;
	readonly maxima: Float64Array;
}

function referencesOf(name: string): readonly Reference[] {
	const file = `${name.replace("/model", "").split("/").at(-1)}.safetensors`;
	const tensors = readSafetensors(readFileSync(new URL(`../fixtures/gradients/${file}`, import.meta.url)), file);
	return [...tensors]
		.filter(([tensor]) => !tensor.endsWith(" maximum"))
		.map(([tensor, samples]) => ({ tensor, samples, maxima: numbers(tensors.get(`${tensor} maximum`) as Tensor) }));
}

function feedsOf({ pixels, given, tensorShape }: GradientModel): Record<string, Tensor> {
	return { [pixels.name]: patternedPixels(pixels.shape), [given]: patternedGradients(tensorShape, seeds) };
}

/** The difference to the reference at each sample, over the largest gradient of its seed. */
function errorsOf(found: Tensor, { samples, maxima }: Reference): Float64Array {
	const [, , count = 0] = samples.shape;
	const [, , ...image] = found.shape;
	const size = elementCount(image);
	const stride = Math.ceil(size / count);
	const [values, expected] = [numbers(found), numbers(samples)];
	return expected.map((each, i) => {
		const at = Math.floor(i / count) * size + (i % count) * stride;
		const largest = maxima[Math.floor((i / expected.length) * maxima.length)] as number;
		return Math.abs((values[at] as number) - each) / largest;
	});
}

function largest(errors: Float64Array): number {
	return errors.reduce((a, b) => Math.max(a, b), 0);
}

function quantile(errors: Float64Array, share: number): number {
	// What is no number is sorted to the end.
	if (Number.isNaN(errors.toSorted().at(-1))) return Number.NaN;
	return errors.toSorted()[Math.floor(share * (errors.length - 1))] ?? Number.NaN;
}

async function expectGradients(
	model: Model,
	reference: Reference,
	tolerances: { interpreter?: number },
): Promise<void> {
	const images = reference.samples.shape[1] ?? 1;
	const walked = gradientModel(model, reference.tensor, seeds, images);
	const feeds = feedsOf(walked);
	const onDevice = (await runModel(walked.model, feeds, [walked.found])).get(walked.found) as Tensor; // asked for
	expect(onDevice.shape).toEqual([seeds, ...walked.pixels.shape]);
	expect(quantile(errorsOf(onDevice, reference), 0.999)).toBeLessThan(1e-3);
	if (tolerances.interpreter === undefined) return;
	const interpreted = interpret(walked.model, new Map(Object.entries(feeds))).get(walked.found) as Tensor; // its output
	expect(largest(errorsOf(interpreted, reference))).toBeLessThan(tolerances.interpreter);
}

describe.each(tiny)("the tiny %s", (name) => {
	test.each(referencesOf(name).map((each) => [each.tensor, each] as const))(
		"%s has PyTorch's gradients: in the interpreter within 1e-10 of the largest, in float32 within 1e-3",
		(_, reference) => expectGradients(tinyModel(name), reference, { interpreter: 1e-10 }),
	);

	test.each(referencesOf(name).map(({ tensor }) => tensor))(
		"the gradients of %s are central differences, within 1e-7 of the largest",
		(tensor) => {
			const walked = gradientModel(tinyModel(name), tensor, seeds, 1);
			const feeds = new Map(Object.entries(feedsOf(walked)));
			const gradients = numbers(interpret(walked.model, feeds).get(walked.found) as Tensor); // its output
			const pixels = numbers(patternedPixels(walked.pixels.shape));
			const given = numbers(patternedGradients(walked.tensorShape, seeds));
			const values = (at: number, step: number): Float64Array => {
				const moved = fromValues("float64", walked.pixels.shape, pixels.with(at, (pixels[at] as number) + step));
				return numbers(interpret(walked.model, new Map([[walked.pixels.name, moved]]), [tensor]).get(tensor) as Tensor);
			};
			const step = 1e-5;
			const size = pixels.length;
			for (const at of [0, 1033, 1717, 2222, size - 1]) {
				const [above, below] = [values(at, step), values(at, -step)];
				for (let seed = 0; seed < seeds; seed++) {
					const own = gradients.subarray(seed * size, (seed + 1) * size);
					const scale = largest(own.map(Math.abs));
					const slope = above.reduce(
						(sum, value, i) => sum + (given[seed * above.length + i] as number) * (value - (below[i] as number)),
						0,
					);
					expect(Math.abs((own[at] as number) - slope / (2 * step)) / scale).toBeLessThan(1e-7);
				}
			}
		},
	);
});

describe.skipIf(sharedData === null)(`real models${needsModels}`, () => {
	for (const name of sharedData === null ? [] : real) {
		const interpreter = name.startsWith("vit") ? {} : { interpreter: 1e-10 };
		test.each(referencesOf(name).map((each) => [each.tensor, each] as const))(
			`${name}: %s has PyTorch's gradients`,
			(_, reference) => expectGradients(realModel(name), reference, interpreter),
		);
	}
});
