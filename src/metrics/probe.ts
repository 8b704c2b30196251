/** Probes of one layer: fitted on a few training images for each of several seeds, and tested on other images. */
import { meanAndStandardError } from "../numerics/moments.ts";
import { studentQuantile } from "../numerics/studentQuantile.ts";
import { wilsonInterval } from "../numerics/wilson.ts";
import { fewShots, type Shots } from "./fewShot.ts";
import type { ReadoutShape } from "./readout.ts";
import { type Classifier, type Examples, hits, ridgeProbe } from "./ridgeProbe.ts";

/** Images to fit or to test on, with all that is read of them at a layer. */
export interface ProbeImages {
	/** [images, vectors, width] */
	readonly features: Float32Array;
	/** A class index an image; below 0 where it has none. */
	readonly labels: Int32Array;
}

export type ProbeOptions = {
	/** Classes of the image sets. */
	readonly classes: number;
	/** Images of each class to fit on; null for all. */
	readonly shots: number | null;
	/** So many choices of these images, with the seeds 0, 1, ... */
	readonly seeds: number;
	/**
	 * The ridge. Of several the one with which most of the images held out of the fit are right, of equals the largest:
	 * chosen for each seed, and for all vectors of a layer alike.
	 */
	readonly l2: readonly number[];
};

export interface Probe {
	/** Mean over seeds; null with the reason. */
	readonly accuracy: number | null;
	/**
	 * 95 % interval over the choice of images to fit on and over test images, null where there is no accuracy: of either its
	 * own reach (Student's t over seeds; Wilson over images, an upper bound of it for a mean over vectors), joined by their
	 * squares (Zou and Donner 2008). Of one fit it covers test images alone.
	 */
	readonly low: number | null;
	readonly high: number | null;
	readonly seeds: readonly SeededProbe[];
	/** [rows, columns], mean over seeds: of each vector by itself; null where an image has one vector. */
	readonly map: readonly (readonly number[])[] | null;
	/** Why there is no accuracy. */
	readonly reason: string | null;
	readonly testImages: number;
	readonly trainImages: number;
}

export interface SeededProbe {
	readonly seed: number;
	readonly accuracy: number;
	/** 95 % interval over images (Wilson); for a mean over vectors an upper bound of it. */
	readonly low: number;
	readonly high: number;
	/** The ridge that was used. */
	readonly l2: number;
	/** Images that it was fitted on. */
	readonly fitted: number;
}

export function probe(test: ProbeImages, train: ProbeImages, shape: ReadoutShape, options: ProbeOptions): Probe {
	const nothing = (reason: string): Probe => {
		const none = { accuracy: null, low: null, high: null, seeds: [], map: null };
		return { ...none, reason, testImages: test.labels.length, trainImages: train.labels.length };
	};
	for (const [side, words] of [
		[test, "tested"],
		[train, "fitted"],
	] as const) {
		const { labels, features } = side;
		if (labels.length === 0) return nothing(`no images to be ${words} on`);
		const unlabelled = labels.filter((label) => !(label >= 0 && label < options.classes)).length;
		if (unlabelled > 0) return nothing(`${unlabelled} of the ${labels.length} images to be ${words} on have no label`);
		if (!features.every(Number.isFinite)) return nothing("its features are not finite in float32");
	}

	const holdOut = options.l2.length > 1;
	// All images and one ridge leave nothing to choose, and every seed would give the same.
	const count = options.shots === null && !holdOut ? 1 : options.seeds;
	const found: { readonly seed: SeededProbe; readonly map: readonly number[] }[] = [];
	for (let seed = 0; seed < count; seed++) {
		const shots = fewShots(train.labels, test.labels, options.classes, { shots: options.shots, seed, holdOut });
		if ("reason" in shots) return nothing(shots.reason);
		found.push(probedOnce(test, train, shape, shots, options, seed));
	}
	const map = Array.from(
		{ length: shape.vectors },
		(_, vector) => meanAndStandardError(found.map((one) => one.map[vector] as number)).mean,
	);
	const { mean, standardError } = meanAndStandardError(found.map(({ seed }) => seed.accuracy));
	const overSeeds = standardError === null ? 0 : studentQuantile(0.95, count - 1) * standardError;
	const overImages = wilsonInterval(mean * test.labels.length, test.labels.length);
	return {
		accuracy: mean,
		low: Math.max(0, mean - Math.hypot(overSeeds, mean - overImages.low)),
		high: Math.min(1, mean + Math.hypot(overSeeds, overImages.high - mean)),
		seeds: found.map(({ seed }) => seed),
		map: shape.grid && rowsOf(map, shape.grid.columns),
		reason: null,
		testImages: test.labels.length,
		trainImages: train.labels.length,
	};
}

function probedOnce(
	test: ProbeImages,
	train: ProbeImages,
	shape: ReadoutShape,
	{ fitted, heldOut }: Shots,
	{ classes, l2: ridges }: ProbeOptions,
	seed: number,
): { readonly seed: SeededProbe; readonly map: readonly number[] } {
	const descending = [...ridges].sort((a, b) => b - a);
	const vectors = Array.from({ length: shape.vectors }, (_, vector) => vector);
	const allTest = Array.from(test.labels, (_, image) => image);
	/** [vectors][ridges] */
	const classifiers: readonly (readonly Classifier[])[] = vectors.map((vector) => {
		const fit = ridgeProbe(examplesOf(train, shape, vector, fitted), classes);
		return descending.map(fit);
	});
	const rightOf = (images: ProbeImages, which: readonly number[], ridge: number) =>
		vectors.map((vector) => hits(classifiers[vector]?.[ridge] as Classifier, examplesOf(images, shape, vector, which)));
	const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
	let best = 0;
	if (descending.length > 1) {
		const held = descending.map((_, ridge) => total(rightOf(train, heldOut, ridge)));
		best = held.indexOf(Math.max(...held));
	}
	const right = rightOf(test, allTest, best);
	const images = allTest.length;
	const mean = total(right) / vectors.length;
	return {
		seed: {
			seed,
			accuracy: mean / images,
			...wilsonInterval(mean, images),
			l2: descending[best] as number, // best is one of them
			fitted: fitted.length,
		},
		map: right.map((count) => count / images),
	};
}

/** One vector of some images. */
function examplesOf(
	{ features, labels }: ProbeImages,
	shape: ReadoutShape,
	vector: number,
	which: readonly number[],
): Examples {
	const { vectors, width } = shape;
	const rows = new Float32Array(which.length * width);
	for (const [row, image] of which.entries()) {
		const from = (image * vectors + vector) * width;
		rows.set(features.subarray(from, from + width), row * width);
	}
	return { features: rows, labels: which.map((image) => labels[image] as number), width };
}

function rowsOf(values: readonly number[], columns: number): readonly (readonly number[])[] {
	return Array.from({ length: values.length / columns }, (_, row) => values.slice(row * columns, (row + 1) * columns));
}
