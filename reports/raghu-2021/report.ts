/**
 * Raghu, Unterthiner, Kornblith, Zhang and Dosovitskiy, "Do Vision Transformers See Like Convolutional Neural Networks?",
 * NeurIPS 2021, arXiv:2108.08810, on the embedded models.
 *
 * command   npx sightline report raghu-2021
 * time      some minutes at 512 images, a quarter of an hour at 2 560, on two CPU cores; seconds where the store has the values
 * expect    heat maps within [0, 1] up to noise; attention distances of heads from a few px to about 33 px, which
 *           uniform attention over 64 px images gives; verdicts as they fall: the models are thousands of times smaller
 *           than the paper's and saw other images, so its numbers are targets for shape and sign, not for equality
 */
import type { Report } from "../../src/report/definition.ts";
import { withinModelSimilarity } from "./figures/01-within-model-similarity/figure.ts";
import { crossModelSimilarity } from "./figures/02-cross-model-similarity/figure.ts";
import { attentionDistance } from "./figures/03-attention-distance/figure.ts";
import { attentionDistanceWithLessData } from "./figures/04-attention-distance-with-less-data/figure.ts";
import { headSubsets } from "./figures/05-head-subsets/figure.ts";
import { effectiveReceptiveFields } from "./figures/06-effective-receptive-fields/figure.ts";
import { skipNorms } from "./figures/07-skip-norms/figure.ts";
import { skipNormsByToken } from "./figures/07b-skip-norms-by-token/figure.ts";
import { withoutSkips } from "./figures/08-without-skips/figure.ts";
import { localization } from "./figures/09-localization/figure.ts";
import { localizationWithoutClassToken } from "./figures/10-localization-without-class-token/figure.ts";
import { probesOfTokens } from "./figures/11-probes-of-tokens/figure.ts";
import { dataScale } from "./figures/12-data-scale/figure.ts";
import { probesByDepth } from "./figures/13-probes-by-depth/figure.ts";
import { furtherSimilarities } from "./figures/b-1-further-similarities/figure.ts";
import { receptiveFieldsVit } from "./figures/c-1-receptive-fields-vit/figure.ts";
import { receptiveFieldsResnet } from "./figures/c-2-receptive-fields-resnet/figure.ts";
import { receptiveFieldsLargeVit } from "./figures/c-3-receptive-fields-large-vit/figure.ts";
import { receptiveFieldsBeforeAddition } from "./figures/c-4-receptive-fields-before-addition/figure.ts";
import { attentionDistanceByData } from "./figures/c-5-attention-distance-by-data/figure.ts";
import { attentionDistanceLarge } from "./figures/c-6-attention-distance-large/figure.ts";
import { localizationLarge } from "./figures/d-1-localization-large/figure.ts";
import { localizationPenultimate } from "./figures/d-2-localization-penultimate/figure.ts";
import { localizationInAStage } from "./figures/d-3-localization-in-a-stage/figure.ts";
import { probesByPlace } from "./figures/d-4-probes-by-place/figure.ts";
import { skipNormsOfAllTokens } from "./figures/e-1-skip-norms-of-all-tokens/figure.ts";
import { skipCosines } from "./figures/e-2-skip-cosines/figure.ts";
import { probesOfDataElsewhere } from "./figures/f-1-probes-of-data-elsewhere/figure.ts";
import { probesOfModelsElsewhere } from "./figures/f-2-probes-of-models-elsewhere/figure.ts";
import { probesOfReadoutsElsewhere } from "./figures/f-3-probes-of-readouts-elsewhere/figure.ts";
import { fineTuning } from "./figures/g-1-fine-tuning/figure.ts";
import { similarityAcrossSizes } from "./figures/g-2-similarity-across-sizes/figure.ts";
import { mixerSimilarity } from "./figures/h-1-mixer/figure.ts";
import { mixerBesideOthers } from "./figures/h-2-mixer-beside-others/figure.ts";
import { story } from "./story.ts";

export const raghu2021: Report = {
	id: "raghu-2021",
	title: "Do Vision Transformers See Like Convolutional Neural Networks?",
	summary:
		"The figures of Raghu et al. (2021), measured anew on small vision transformers, ResNets and a Mixer that come with Sightline. Each of the paper's claims is tested, and its verdict printed.",
	source: {
		citation:
			"M. Raghu, T. Unterthiner, S. Kornblith, C. Zhang, A. Dosovitskiy. Do Vision Transformers See Like Convolutional Neural Networks? NeurIPS 2021.",
		url: "https://arxiv.org/abs/2108.08810",
		bibtex: `@inproceedings{raghu2021vision,
  title     = {Do Vision Transformers See Like Convolutional Neural Networks?},
  author    = {Raghu, Maithra and Unterthiner, Thomas and Kornblith, Simon and Zhang, Chiyuan and Dosovitskiy, Alexey},
  booktitle = {Advances in Neural Information Processing Systems},
  volume    = {34},
  year      = {2021},
  eprint    = {2108.08810},
  archivePrefix = {arXiv}
}`,
	},
	time: "Some minutes at 512 images, a quarter of an hour at 2 560, on two CPU cores; seconds where the store has the values.",
	expect: [
		"CKA between 0 and 1, up to noise, and 1 on the diagonal.",
		"Mean attention distances from a few pixels to about 33 px, the value of uniform attention over 64 px images.",
		"Verdicts as they fall. The models are far smaller than the paper's and saw other images: its numbers are targets for shape and sign, not for equality.",
	],
	own: {
		title: "Do Vision Transformers See Like Convolutional Neural Networks?",
		summary:
			"The figures of Raghu et al. (2021), measured on these models. Each of the paper's claims that they bear on is tested, and its verdict printed.",
		time: "As long as a pass over the images takes for each model, and as long again for receptive fields; seconds where the store has the values.",
		expect: [
			"CKA between 0 and 1, up to noise, and 1 on the diagonal.",
			"Mean attention distances up to about the dashed line, the value of uniform attention.",
			"Verdicts as they fall: a claim about trained models says little of untrained ones.",
		],
	},
	roles: {
		vit: { model: "vit-s", family: "VIT", words: "a ViT" },
		vitLarge: { model: "vit-l", family: "VIT", words: "a larger ViT" },
		vitGap: { model: "vit-s-gap", family: null, words: "a ViT with global average pooling" },
		resnet: { model: "resnet-s", family: "CNN", words: "a ResNet or another CNN" },
		resnetLarge: { model: "resnet-l", family: "CNN", words: "a larger ResNet or CNN" },
		mixer: { model: "mixer-s", family: "MIXER", words: "an MLP-Mixer" },
		vit3: { model: "vit-s-3pct", family: null, words: "the ViT trained on 3 % of its images" },
		vit10: { model: "vit-s-10pct", family: null, words: "the ViT trained on 10 % of its images" },
		vit30: { model: "vit-s-30pct", family: null, words: "the ViT trained on 30 % of its images" },
		vitLarge3: { model: "vit-l-3pct", family: null, words: "the larger ViT trained on 3 % of its images" },
		vitLarge10: { model: "vit-l-10pct", family: null, words: "the larger ViT trained on 10 % of its images" },
		vitLarge30: { model: "vit-l-30pct", family: null, words: "the larger ViT trained on 30 % of its images" },
		vitNoSkipEarly: { model: "vit-s-noskip-early", family: null, words: "the ViT trained without an early skip" },
		vitNoSkipMiddle: { model: "vit-s-noskip-middle", family: null, words: "the ViT trained without a middle skip" },
		vitNoSkipLate: { model: "vit-s-noskip-late", family: null, words: "the ViT trained without a late skip" },
		vitAgain: { model: "vit-s-seed2", family: null, words: "the ViT trained once more" },
		vitFinetuned: { model: "vit-s-finetuned", family: null, words: "the ViT after fine-tuning" },
	},
	otherImages: {
		train: "labelled images of the set, apart from the report's, to fit probes on",
		shifted: "images unlike those that the models were trained on",
		shiftedTrain: "labelled images unlike those that the models were trained on",
	},
	variables({ images, train, blocks: { vit } }) {
		const generated = images.set === "leaves";
		// The paper's blocks 1, 7 and 10 of 12, as far up a ViT of another depth.
		const skips = (depth: number): [number] => [Math.floor((vit ?? 0) * depth)];
		const without = { early: skips(1 / 6), middle: skips(1 / 2), late: skips(2 / 3) };
		return {
			images,
			shifted: generated ? { ...images, set: "leaves-shifted" } : null,
			largerBatches: { ...images, batchSize: 2 * images.batchSize },
			gradientImages: { ...images, count: Math.min(32, images.count), batchSize: 4 },
			train,
			shiftedTrain: generated && train !== null ? { ...train, set: "leaves-shifted" } : null,
			...(vit === undefined ? {} : vit === 0 ? { early: [], middle: [], late: [] } : without),
		};
	},
	figures: [
		withinModelSimilarity,
		crossModelSimilarity,
		attentionDistance,
		attentionDistanceWithLessData,
		headSubsets,
		effectiveReceptiveFields,
		skipNorms,
		skipNormsByToken,
		withoutSkips,
		localization,
		localizationWithoutClassToken,
		probesOfTokens,
		dataScale,
		probesByDepth,
		furtherSimilarities,
		receptiveFieldsVit,
		receptiveFieldsResnet,
		receptiveFieldsLargeVit,
		receptiveFieldsBeforeAddition,
		attentionDistanceByData,
		attentionDistanceLarge,
		localizationLarge,
		localizationPenultimate,
		localizationInAStage,
		probesByPlace,
		skipNormsOfAllTokens,
		skipCosines,
		probesOfDataElsewhere,
		probesOfModelsElsewhere,
		probesOfReadoutsElsewhere,
		fineTuning,
		similarityAcrossSizes,
		mixerSimilarity,
		mixerBesideOthers,
	],
	sections: story,
	first: ["1", "2", "3"],
};
