import { type Anatomy, layersOf } from "../../anatomy/anatomy.ts";
import type { OpenModel } from "../../data/modelFile.ts";
import { headsOf } from "../heads.ts";
import type { BlockParent } from "../parents.ts";
import { accuracy } from "../questions/accuracy.ts";
import { headSubsetCka } from "../questions/headSubsetCka.ts";
import { linearProbe } from "../questions/linearProbe.ts";
import { localization } from "../questions/localization.ts";
import { receptiveFields } from "../questions/receptiveFields.ts";
import { skipAblation } from "../questions/skipAblation.ts";
import type { ModelResolvers } from "../schema.generated.ts";

/** What the entry tells is answered without opening the model; everything else opens it, once per operation. */
export const Model: ModelResolvers = {
	title: async ({ entry, open }) => (entry ?? (await open()).entry).title,
	labels: async ({ entry, open }) => (entry ?? (await open()).entry).labels,
	analogyEnds: async ({ entry, open }) => (entry ?? (await open()).entry).analogyEnds,
	roles: async ({ entry, open }) => (entry ?? (await open()).entry).roles ?? [],
	card: ({ id }, _given, { services }) => services.card(id),
	family: async ({ open }) => (await open()).anatomy.family,
	digest: async ({ open }) => (await open()).identity.digest,
	parameters: async ({ open }) => (await open()).anatomy.parameters,
	inputSize: async ({ open }) => inputSize((await open()).anatomy),
	classes: async ({ open }) => (await open()).anatomy.output.classes,
	preprocessing: async ({ open }) => (await open()).identity.preprocessing,
	tokenGrid: async ({ open }) => (await open()).anatomy.tokens?.grid ?? null,
	classToken: async ({ open }) => (await open()).anatomy.tokens?.classToken ?? null,
	pooling: async ({ open }) => (await open()).anatomy.pooling,
	layers: async ({ open }, { preset }) => layersOf((await open()).anatomy, preset),
	blocks: async ({ open }) => blocksOf(await open()),
	heads: async ({ open }) => headsOf(await open()),
	residualAdditions: async ({ open }) => (await open()).anatomy.residuals.length,
	remarks: async ({ open }) => (await open()).anatomy.remarks,
	findings: async ({ open }) => (await open()).anatomy.findings,
	accuracy: async ({ open }, { images }, context) => accuracy(context, await open(), images),
	localization: async ({ open }, given, context) => localization(context, await open(), given),
	headSubsetCka: async ({ open }, given, context) => headSubsetCka(context, await open(), given),
	skipAblation: (model, given, context) => skipAblation(context, model, given),
	linearProbe: async ({ open }, given, context) => linearProbe(context, await open(), given),
	receptiveFields: async ({ open }, given, context) => receptiveFields(context, await open(), given),
};

function inputSize({ input }: Anatomy): readonly number[] {
	return [input.height, input.width];
}

function blocksOf(open: OpenModel): BlockParent[] {
	return open.anatomy.blocks.map((block) => ({ open, block }));
}
