/**
 * Two checkpoints of a model compared, as a gate: an export, a quantised or a fine-tuned copy, and what it came from.
 *
 * command   npx sightline report model-diff --models before.safetensors,after.onnx --images photographs
 * time      two passes over the images
 * expect    CKA of 1 and changes of 0 within the precision of the numbers for a copy in another format; exit code 1 where a
 *           check is missed
 */
import type { Report } from "../../src/report/definition.ts";
import { blocks } from "./figures/01-blocks/figure.ts";
import { layers } from "./figures/02-layers/figure.ts";
import { skipNorms } from "./figures/03-skip-norms/figure.ts";
import { attentionDistance } from "./figures/04-attention-distance/figure.ts";
import { answers } from "./figures/05-accuracy/figure.ts";

export const modelDiff: Report = {
	id: "model-diff",
	title: "Two models compared",
	summary:
		"What changed from one checkpoint to another, by export, quantisation or training: the similarity of their layers, their norms, how far their heads look, how often they are right, and how often they answer alike. Each check is held to a bound.",
	source: null,
	time: "One pass over the images for each of the two models; seconds where the store has the values.",
	expect: [
		"For a copy in another format, CKA of 1 and changes of 0, within the precision of its numbers.",
		"For two models that were trained apart, no check that is passed but by chance.",
	],
	own: null,
	roles: {
		before: { model: null, family: "any", words: "the model that is compared with" },
		after: { model: null, family: "any", words: "the model that is checked" },
	},
	otherImages: {},
	variables: ({ images }) => ({ images }),
	figures: [blocks, layers, skipNorms, attentionDistance, answers],
	first: ["1"],
};
