import { describe, expect, test } from "vitest";
import { hits, ridgeProbe } from "../../src/metrics/ridgeProbe.ts";
import { random } from "../../src/numerics/random.ts";
import reference from "../fixtures/linearProbe/given.json" with { type: "json" };
import { gaussians } from "../support/gaussians.ts";

describe.each(reference)("$width features, $classes classes", (given) => {
	const { width, classes, trainLabels, testLabels, ridges } = given;
	const train = { features: Float32Array.from(given.trainFeatures), labels: trainLabels, width };
	const tested = { features: Float32Array.from(given.testFeatures), labels: testLabels, width };

	test("scores are those of the normal equations with the constant feature among the others", () => {
		const probe = ridgeProbe(train, classes);
		for (const { l2, scores } of ridges) {
			const { weights, bias } = probe(l2);
			for (const [at, expected] of scores.entries()) {
				const [image, label] = [Math.floor(at / classes), at % classes];
				let score = bias[label] as number;
				for (let k = 0; k < width; k++)
					score += (weights[label * width + k] as number) * (tested.features[image * width + k] as number);
				expect(score).toBeCloseTo(expected, 9);
			}
		}
	});

	test("hits are the images whose class has the largest score", () => {
		const probe = ridgeProbe(train, classes);
		for (const { l2, scores } of ridges) {
			const right = testLabels.filter((truth, image) => {
				const own = scores.slice(image * classes, (image + 1) * classes);
				return own.indexOf(Math.max(...own)) === truth;
			});
			expect(hits(probe(l2), tested)).toBe(right.length);
		}
	});
});

test("classes that a plane parts are all found, and with shuffled labels no more than chance", () => {
	const [images, width, classes] = [400, 6, 4];
	const normal = gaussians(5);
	const labels = Array.from({ length: images }, (_, image) => image % classes);
	const features = Float32Array.from(
		{ length: images * width },
		(_, at) => normal() + (at % width === labels[Math.floor(at / width)] ? 20 : 0),
	);
	const half = (which: 0 | 1, truth: readonly number[]) => ({
		features: features.slice((which * images * width) / 2, ((which + 1) * images * width) / 2),
		labels: truth.slice((which * images) / 2, ((which + 1) * images) / 2),
		width,
	});
	expect(hits(ridgeProbe(half(0, labels), classes)(1024), half(1, labels))).toBe(images / 2);
	const { below } = random(1, 1);
	const shuffled = labels.map(() => below(classes));
	const right = hits(ridgeProbe(half(0, shuffled), classes)(1024), half(1, shuffled));
	// Four standard deviations around a quarter of 200.
	expect(Math.abs(right - 50)).toBeLessThan(4 * 6.2);
});

test("of equal scores the first class is taken", () => {
	const classifier = { weights: new Float64Array(6), bias: Float64Array.of(1, 1, 0) };
	expect(hits(classifier, { features: new Float32Array(4), labels: [0, 0], width: 2 })).toBe(2);
});
