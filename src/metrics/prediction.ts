import type { NoParameters, Recorder } from "./metric.ts";

/**
 * The class that a model names for each image: that of the highest logit, of equal ones the lowest class, as argmax has it.
 * What two models name for the same images is compared without labels (predictionAgreement.ts).
 *
 * in      logits [n, classes]; features of that shape cannot be told from them
 * record  float32 [n], the class of each image, a whole number from 0; -1 where a logit is NaN
 */
export const prediction: Recorder<NoParameters> = {
	name: "prediction",
	version: 1,
	variant: "class of the highest logit",
	laws: { symmetric: false, invariantTo: ["scaling"], notTo: ["rotation", "translation", "linearMap", "imageOrder"] },

	absence: ({ findings }) =>
		findings.some(({ part, confidence }) => part === "output" && confidence === "guess")
			? "it has no output that is shaped [batch, classes]"
			: null,

	nodes: ({ anatomy }) => ({ logits: anatomy.output.tensor }),

	record({ logits }, { images }) {
		if (logits === undefined) throw new Error("prediction: the pass gave no logits");
		const classes = logits.data.length / (logits.shape[0] as number);
		return Float32Array.from({ length: images }, (_, image) =>
			highest(logits.data.subarray(image * classes, (image + 1) * classes)),
		);
	},

	recordBytes: (_site, images) => 4 * images,
};

/** In place of a class. */
export const noClass = -1;

function highest(logits: Float32Array): number {
	let best = 0;
	for (const [index, logit] of logits.entries()) {
		if (Number.isNaN(logit)) return noClass;
		if (logit > (logits[best] as number)) best = index;
	}
	return best;
}
