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
	command: "npx sightline report raghu-2021",
	time: "Some minutes at 512 images, a quarter of an hour at 2 560, on two CPU cores; seconds where the store has the values.",
	expect: [
		"CKA between 0 and 1, up to noise, and 1 on the diagonal.",
		"Mean attention distances from a few pixels to about 33 px, the value of uniform attention over 64 px images.",
		"Verdicts as they fall. The models are far smaller than the paper's and saw other images: its numbers are targets for shape and sign, not for equality.",
	],
	models: {
		...{ vit: "vit-s", vitLarge: "vit-l", vitGap: "vit-s-gap", resnet: "resnet-s", resnetLarge: "resnet-l" },
		...{ vit3: "vit-s-3pct", vit10: "vit-s-10pct", vit30: "vit-s-30pct" },
		...{ vitLarge3: "vit-l-3pct", vitLarge10: "vit-l-10pct", vitLarge30: "vit-l-30pct" },
		...{
			vitNoSkipEarly: "vit-s-noskip-early",
			vitNoSkipMiddle: "vit-s-noskip-middle",
			vitNoSkipLate: "vit-s-noskip-late",
		},
		...{ vitAgain: "vit-s-seed2", vitFinetuned: "vit-s-finetuned", mixer: "mixer-s" },
	},
	variables: (images) => ({
		images,
		shifted: { ...images, set: "leaves-shifted" },
		largerBatches: { ...images, batchSize: 2 * images.batchSize },
	}),
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
