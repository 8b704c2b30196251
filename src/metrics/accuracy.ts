import { wilsonInterval } from "../numerics/wilson.ts";
import type { Metric, NoParameters } from "./metric.ts";

/**
 * The share of images whose class is the one with the highest logit, or among the five highest (all of them where there
 * are fewer than five classes). Of equal logits the one of the lower class counts as higher, as argmax has it.
 *
 * in      logits [n, classes], and one class index an image
 * record  float32 [n], per image how many classes stand before its own: 0 is a hit at 1, less than 5 one at 5; -1 without
 *         a label, -2 where the label is beyond the classes of the model
 * value   shares with their 95 % Wilson intervals, or the reason why there are none
 */
export const accuracy: Metric<NoParameters, Accuracy> = {
	name: "accuracy",
	version: 2,
	variant: "top-1 and top-5 of the logits, 95 % Wilson intervals",
	laws: { symmetric: false, invariantTo: ["scaling", "imageOrder"], notTo: ["rotation", "translation", "linearMap"] },

	absence: () => null,

	nodes: ({ anatomy }) => ({ logits: anatomy.output.tensor }),

	record({ logits }, { images, labels }) {
		if (logits === undefined) throw new Error("accuracy: the pass gave no logits");
		const classes = logits.data.length / (logits.shape[0] as number);
		return Float32Array.from({ length: images }, (_, image) => {
			const label = labels[image] as number;
			if (label < 0) return unlabelled;
			return label < classes ? rankOf(label, logits.data.subarray(image * classes, (image + 1) * classes)) : outOfRange;
		});
	},

	recordBytes: (_site, images) => 4 * images,

	finish([{ records, anatomy }]) {
		const { classes } = anatomy.output;
		let [images, withoutLabel, beyond, hits1, hits5] = [0, 0, 0, 0, 0];
		for (const { values } of records) {
			images += values.length;
			for (const rank of values) {
				if (rank === unlabelled) withoutLabel++;
				else if (rank === outOfRange) beyond++;
				else if (rank < 1) hits1++;
				if (rank >= 0 && rank < 5) hits5++;
			}
		}
		const refused = (reason: string): Accuracy => ({ images, top1: null, top5: null, reason });
		if (images === 0) return refused("no images");
		if (withoutLabel > 0) return refused(`${withoutLabel} of ${images} images have no label`);
		if (beyond > 0)
			return refused(
				`${beyond} of ${images} labels are beyond the ${classes} classes of the model: it was trained on others`,
			);
		return {
			images,
			top1: proportion(hits1, images, 1),
			top5: proportion(hits5, images, Math.min(5, classes)),
			reason: null,
		};
	},
};

/** In place of a rank. */
const [unlabelled, outOfRange] = [-1, -2];

export type Accuracy =
	| { readonly images: number; readonly top1: Proportion; readonly top5: Proportion; readonly reason: null }
	| { readonly images: number; readonly top1: null; readonly top5: null; readonly reason: string };

export interface Proportion {
	/** 0 to 1 */
	readonly value: number;
	/** The ends of the 95 % interval. */
	readonly low: number;
	readonly high: number;
	/** Images counted. */
	readonly hits: number;
	/** Among how many of the highest logits the class was looked for. */
	readonly among: number;
}

function proportion(hits: number, images: number, among: number): Proportion {
	return { value: hits / images, ...wilsonInterval(hits, images), hits, among };
}

/** How many classes stand before this one; all of them if its logit is no number. */
function rankOf(label: number, logits: Float32Array): number {
	const own = logits[label] as number;
	let before = 0;
	for (let other = 0; other < logits.length; other++) {
		const logit = logits[other] as number;
		// Written so that NaN counts as standing before.
		const behind = logit < own || (logit === own && other >= label);
		if (!behind) before++;
	}
	return before;
}
