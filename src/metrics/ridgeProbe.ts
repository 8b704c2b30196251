import { ridge } from "../numerics/ridge.ts";
import { rowProducts } from "../numerics/rowProducts.ts";

/** Images as vectors of features with their classes. */
export interface Examples {
	/** [images, width] row-major */
	readonly features: Float32Array;
	/** A class index an image, from 0. */
	readonly labels: ArrayLike<number>;
	readonly width: number;
}

/** Of features [images, width] the class of each image: the largest of weights . features + bias, of equals the first. */
export interface Classifier {
	/** [classes, width] */
	readonly weights: Float64Array;
	/** [classes] */
	readonly bias: Float64Array;
}

/**
 * A linear classifier by ridge regression in closed form, as big_vision fits its few-shot probes (evaluators/fewshot_lsr.py):
 * each feature loses the training images' mean and is divided by their standard deviation + 1e-5, a constant feature of
 * 100 stands beside them, and the targets are 1 for an image's class and -1 for the others.
 *
 * Here the standardisation is moved into weights and bias, so that test images are read as they are. And since
 * standardised features are orthogonal to the constant one, its weight is solved for by itself; that changes no digit
 * beyond rounding.
 *
 * @returns the classifier of an l2 above 0; the products of the features are made once for all
 */
export function ridgeProbe({ features, labels, width }: Examples, classes: number): (l2: number) => Classifier {
	const images = features.length / width;
	const { means, scales, standardised } = standardisation(features, width);
	const targets = new Float64Array(images * classes).fill(-1);
	const totals = new Float64Array(classes).fill(-images);
	for (let image = 0; image < images; image++) {
		const label = labels[image] as number;
		targets[image * classes + label] = 1;
		totals[label] = (totals[label] as number) + 2;
	}
	const solve = ridge(standardised, targets, width, classes);
	return (l2) => {
		const weights = solve(l2).map((weight, at) => weight * (scales[at % width] as number));
		const shift = rowProducts(weights, means, width);
		const bias = totals.map((total, label) => {
			const ofConstant = (constant * constant * total) / (constant * constant * images + l2);
			return ofConstant - (shift[label] as number);
		});
		return { weights, bias };
	};
}

/** How many of the images a classifier gets right. */
export function hits({ weights, bias }: Classifier, { features, labels, width }: Examples): number {
	const classes = bias.length;
	const products = rowProducts(features, weights, width);
	let right = 0;
	for (let image = 0; image < labels.length; image++) {
		let [best, found] = [Number.NEGATIVE_INFINITY, -1];
		for (let label = 0; label < classes; label++) {
			const score = (products[image * classes + label] as number) + (bias[label] as number);
			if (score > best) [best, found] = [score, label];
		}
		if (found === labels[image]) right++;
	}
	return right;
}

/** The feature that carries the bias: so large that the ridge hardly holds it down. */
const constant = 100;
/** Added to standard deviations. */
const leastDeviation = 1e-5;

/** Means and the inverse of the deviations per feature, and the features by them. */
function standardisation(features: Float32Array, width: number) {
	const images = features.length / width;
	const means = new Float64Array(width);
	for (let from = 0; from < features.length; from += width)
		for (let k = 0; k < width; k++) means[k] = (means[k] as number) + (features[from + k] as number) / images;
	const standardised = new Float64Array(features.length);
	const variances = new Float64Array(width);
	for (let from = 0; from < features.length; from += width)
		for (let k = 0; k < width; k++) {
			const centred = (features[from + k] as number) - (means[k] as number);
			standardised[from + k] = centred;
			variances[k] = (variances[k] as number) + (centred * centred) / images;
		}
	const scales = variances.map((variance) => 1 / (Math.sqrt(variance) + leastDeviation));
	for (let from = 0; from < features.length; from += width)
		for (let k = 0; k < width; k++) standardised[from + k] = (standardised[from + k] as number) * (scales[k] as number);
	return { means, scales, standardised };
}
