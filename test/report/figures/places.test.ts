/** The figures of receptive fields, of localisation and of probes by place, on made-up results whose verdict is known. */
import { describe, expect, it } from "vitest";
import { effectiveReceptiveFields } from "../../../reports/raghu-2021/figures/06-effective-receptive-fields/figure.ts";
import { localization } from "../../../reports/raghu-2021/figures/09-localization/figure.ts";
import { localizationWithoutClassToken } from "../../../reports/raghu-2021/figures/10-localization-without-class-token/figure.ts";
import { receptiveFieldsVit } from "../../../reports/raghu-2021/figures/c-1-receptive-fields-vit/figure.ts";
import { receptiveFieldsResnet } from "../../../reports/raghu-2021/figures/c-2-receptive-fields-resnet/figure.ts";
import { receptiveFieldsLargeVit } from "../../../reports/raghu-2021/figures/c-3-receptive-fields-large-vit/figure.ts";
import { receptiveFieldsBeforeAddition } from "../../../reports/raghu-2021/figures/c-4-receptive-fields-before-addition/figure.ts";
import { localizationLarge } from "../../../reports/raghu-2021/figures/d-1-localization-large/figure.ts";
import { localizationPenultimate } from "../../../reports/raghu-2021/figures/d-2-localization-penultimate/figure.ts";
import { localizationInAStage } from "../../../reports/raghu-2021/figures/d-3-localization-in-a-stage/figure.ts";
import { probesByPlace } from "../../../reports/raghu-2021/figures/d-4-probes-by-place/figure.ts";
import type { JudgedClaim } from "../../../src/report/claim.ts";
import type { Figure } from "../../../src/report/definition.ts";
import type { MapsSpec } from "../../../src/report/figureSpec.ts";
import { everyName } from "../../support/figureResults.ts";
import { madeUpField, madeUpLocalization, madeUpProvenance } from "../../support/madeUpPlaces.ts";

const verdicts = (figure: Figure, data: unknown) =>
	Object.fromEntries(figure.evaluate(data, everyName).claims.map(({ id, verdict }) => [id, verdict]));
const mapsOf = (figure: Figure, data: unknown): MapsSpec => {
	const { spec } = figure.evaluate(data, everyName);
	if (spec.kind !== "maps") throw new Error(`${figure.id} is no figure of maps`);
	return spec;
};
const reasons = (claims: readonly JudgedClaim[]) =>
	claims.flatMap(({ cases }) => cases.flatMap(({ tests }) => tests.flatMap(({ reason }) => reason ?? [])));
const without = { layer: null, kind: null, block: null, map: null, provenance: null, reason: "it has no additions" };
const noEstimates = { centreMassOverArea: null, radiusHoldingHalf: null, radiusHoldingNinety: null };

type Field = Parameters<typeof madeUpField>[2];

/** A ViT of 4 blocks whose attentions are as told. */
function vitFields(attention: (block: number) => Field) {
	const blocks = [0, 1, 2, 3].flatMap((block) => [
		madeUpField("attention", block, attention(block)),
		madeUpField("mlp", block, attention(block)),
	]);
	return [madeUpField("patchEmbedding", null, {}), ...blocks];
}

/** A ResNet of 4 stages of 2 units. */
function resnetFields(unit: (block: number) => Field) {
	const units = Array.from({ length: 8 }, (_, block) => madeUpField("unit", block, unit(block)));
	return [madeUpField("convolution", null, {}), ...units];
}
const stages = Array.from({ length: 8 }, (_, index) => ({ index, stage: Math.floor(index / 2) }));
const growing = (block: number) => ({ r90: 0.06 * (block + 1), centre: 4 });

describe("Figure 6", () => {
	const wide = { title: "ViT-S", receptiveFields: vitFields(() => ({ r90: 0.45, centre: 12 })) };
	const narrow = { title: "ResNet-S", receptiveFields: resnetFields(growing) };

	it("shows five layers of each model, of 64 cells a side", () => {
		const spec = mapsOf(effectiveReceptiveFields, { vit: wide, resnet: narrow });
		const shown = spec.panels.map(({ title, maps }) => [
			title,
			maps.filter((map) => map.shown).map(({ label }) => label),
		]);
		expect(shown).toEqual([
			["ViT-S", ["attention 1", "attention 2", "attention 3", "attention 4"]],
			["ResNet-S", ["first convolution", "unit 2", "unit 4", "unit 6", "unit 8"]],
		]);
		expect(spec.panels[1]?.maps).toHaveLength(9);
		expect(spec.panels[0]?.maps[0]?.values).toHaveLength(64);
		expect(effectiveReceptiveFields.evaluate({ vit: wide, resnet: narrow }, everyName).provenance).toHaveLength(18);
	});

	it("holds of a ViT that is wide from the start with a dark centre, and a ResNet that grows", () => {
		expect(verdicts(effectiveReceptiveFields, { vit: wide, resnet: narrow })).toEqual({ C15: "holds", C16: "holds" });
	});

	it("does not hold where the two are the other way round", () => {
		const data = {
			vit: { ...wide, receptiveFields: vitFields((block) => ({ r90: 0.1 * (block + 1), centre: 4 })) },
			resnet: { ...narrow, receptiveFields: resnetFields(() => ({ r90: 0.45, centre: 12 })) },
		};
		expect(verdicts(effectiveReceptiveFields, data)).toEqual({ C15: "does not hold", C16: "does not hold" });
	});

	it("does not hold of a ResNet that is as wide half-way up as at the end, whatever the ViT", () => {
		const resnet = { ...narrow, receptiveFields: resnetFields(() => ({ r90: 0.2 })) };
		expect(verdicts(effectiveReceptiveFields, { vit: wide, resnet })).toMatchObject({ C15: "does not hold" });
	});

	it("is undecided where the errors are as large as the lead", () => {
		const vit = { ...wide, receptiveFields: vitFields(() => ({ r90: 0.45, centre: 12, error: 3 })) };
		expect(verdicts(effectiveReceptiveFields, { vit, resnet: narrow })).toEqual({ C15: "undecided", C16: "undecided" });
	});

	it("is not applicable to a model without additions, and says why", () => {
		const vit = { title: "Plain", receptiveFields: [{ ...madeUpField("mlp", 0, {}), ...without, ...noEstimates }] };
		const { spec, claims } = effectiveReceptiveFields.evaluate({ vit, resnet: narrow }, everyName);
		expect(claims.map(({ verdict }) => verdict)).toEqual(["not applicable", "not applicable"]);
		expect(spec.panels[0]?.title).toBe("Plain: it has no additions");
		expect(new Set(reasons(claims))).toEqual(new Set(["it has no additions"]));
	});
});

describe("Figures C.1 to C.3", () => {
	it.each([
		[receptiveFieldsVit, { vit: { title: "A", receptiveFields: vitFields(() => ({})) } }, 9],
		[receptiveFieldsResnet, { resnet: { title: "A", receptiveFields: resnetFields(() => ({})) } }, 9],
		[receptiveFieldsLargeVit, { vit: { title: "A", receptiveFields: vitFields(() => ({})) } }, 9],
	])("show every layer, of 32 cells a side: $id", (figure, data, layers) => {
		const spec = mapsOf(figure, data);
		expect(spec.panels[0]?.maps).toHaveLength(layers);
		expect(spec.panels[0]?.maps[3]?.values).toHaveLength(32);
		expect(figure.evaluate(data, everyName).provenance).toHaveLength(layers);
	});
});

describe("Figure C.4", () => {
	const vit = {
		title: "ViT-S",
		before: vitFields((block) => ({ centre: block < 2 ? 20 : 3 })),
		after: vitFields(() => ({ centre: 12 })),
	};
	const firstOfStage = (block: number) => block % 2 === 0;
	const resnet = {
		title: "ResNet-S",
		blocks: stages,
		before: resnetFields((block) => ({ r50: firstOfStage(block) ? 0.1 : 0.2 })),
		after: resnetFields(() => ({ r50: 0.2 })),
	};

	it("shows both models before and after the addition", () => {
		const spec = mapsOf(receptiveFieldsBeforeAddition, { vit, resnet });
		expect(spec.panels.map(({ title, maps }) => [title, maps.length])).toEqual([
			["ViT-S, before the addition", 9],
			["ViT-S, after the addition", 9],
			["ResNet-S, before the addition", 9],
			["ResNet-S, after the addition", 9],
		]);
	});

	it("holds where upper attentions lose the centre, and first units alone are smaller", () => {
		expect(verdicts(receptiveFieldsBeforeAddition, { vit, resnet })).toEqual({ C16b: "holds", C17: "holds" });
	});

	it("takes the lowest unit for no first unit of a stage: its stage is not entered from another", () => {
		const before = resnetFields((block) => ({ r50: block === 0 ? 0.4 : firstOfStage(block) ? 0.1 : 0.2 }));
		expect(verdicts(receptiveFieldsBeforeAddition, { vit, resnet: { ...resnet, before } })).toMatchObject({
			C17: "holds",
		});
	});

	it("does not hold where branches keep the centre, or units within a stage differ as well", () => {
		const data = {
			vit: { ...vit, before: vit.after },
			resnet: { ...resnet, before: resnetFields(() => ({ r50: 0.1 })) },
		};
		expect(verdicts(receptiveFieldsBeforeAddition, data)).toEqual({ C16b: "does not hold", C17: "does not hold" });
	});

	it("does not hold where first units are as all others", () => {
		const data = { vit, resnet: { ...resnet, before: resnet.after } };
		expect(verdicts(receptiveFieldsBeforeAddition, data)).toMatchObject({ C17: "does not hold" });
	});

	it("is not applicable to a CNN without stages", () => {
		const blocks = stages.map(({ index }) => ({ index, stage: null }));
		expect(verdicts(receptiveFieldsBeforeAddition, { vit, resnet: { ...resnet, blocks } })).toMatchObject({
			C17: "not applicable",
		});
	});
});

type Localized = Parameters<typeof madeUpLocalization>[0];

const layers = (title: string, ...each: Localized[]) => ({
	title,
	localization: each.map(madeUpLocalization),
});

describe("Figure 9", () => {
	const [vit, vitLarge] = [layers("ViT-S", { share: 0.9 }), layers("ViT-L", { share: 0.2 })];
	const resnet = layers("ResNet-S", { share: 0.25, side: 4 });

	it("shows a row a model, and holds of the paper's findings", () => {
		const spec = mapsOf(localization, { vit, vitLarge, resnet });
		const shown = spec.panels.map(({ maps }) => maps.filter((map) => map.shown).map(({ label }) => label));
		expect(shown).toEqual([
			["token (0, 0)", "token (2, 1)", "token (4, 2)", "token (4, 4)"],
			["token (0, 0)", "token (1, 2)", "token (1, 4)", "token (2, 3)"],
			["token (0, 0)", "token (1, 1)", "token (2, 1)", "token (2, 2)"],
		]);
		expect(spec.panels.map(({ title, maps, places }) => [title, maps.length, places])).toEqual([
			["ViT-S, block 5", 64, [8, 8]],
			["ViT-L, block 5", 64, [8, 8]],
			["ResNet-S, block 5", 16, [4, 4]],
		]);
		expect(verdicts(localization, { vit, vitLarge, resnet })).toEqual({ C23: "holds", C24: "holds", C25: "holds" });
	});

	it("prints the larger ViT beside, with a verdict of its own", () => {
		const { claims } = localization.evaluate({ vit, vitLarge, resnet }, everyName);
		expect(claims.map(({ cases }) => cases[1]?.verdict)).toEqual(["does not hold", "holds", "undecided"]);
	});

	it("does not hold of a ViT whose tokens find other patches, and edges that look inside", () => {
		const lost = layers("ViT-S", { share: 0.1, ownMinusMean: -0.1, border: 0.1, interior: 0.2 });
		const found = layers("ResNet-S", { share: 1, side: 8 });
		expect(verdicts(localization, { vit: lost, vitLarge, resnet: found })).toEqual({
			...{ C23: "does not hold", C24: "does not hold", C25: "does not hold" },
		});
	});

	it("does not hold where most tokens find themselves with no more similarity than to all", () => {
		const weak = layers("ViT-S", { share: 0.9, ownMinusMean: -0.05 });
		expect(verdicts(localization, { vit: weak, vitLarge, resnet })).toMatchObject({ C23: "does not hold" });
	});

	it("is undecided about a ResNet of 4 interior positions that is behind by less than one of them", () => {
		const close = layers("ResNet-S", { share: 0.75, side: 4, reach: 0 });
		expect(verdicts(localization, { vit, vitLarge, resnet: close })).toMatchObject({ C25: "undecided" });
	});

	it("is not applicable without tokens", () => {
		const none = { title: "VGG", localization: [{ ...madeUpLocalization({}), layer: null, ownShare: null }] };
		expect(verdicts(localization, { vit, vitLarge, resnet: none })).toMatchObject({ C25: "not applicable" });
	});
});

describe("Figure 10", () => {
	it.each([
		[0.9, 0.3, "holds"],
		[0.3, 0.9, "does not hold"],
		[0.6, 0.58, "undecided"],
	])("with a class token %d find their own patch, without %d: %s", (vit, vitGap, verdict) => {
		const data = { vit: layers("ViT-S", { share: vit }), vitGap: layers("ViT-S-GAP", { share: vitGap }) };
		expect(verdicts(localizationWithoutClassToken, data)).toEqual({ C26: verdict });
		expect(mapsOf(localizationWithoutClassToken, data).panels.map(({ title }) => title)).toEqual([
			"ViT-S-GAP, block 5",
		]);
	});
});

describe("Figures D.1 to D.3", () => {
	it("D.1 asks it of both blocks", () => {
		const both = { vitLarge: layers("ViT-L", { share: 0.9 }, { share: 0.8 }) };
		expect(mapsOf(localizationLarge, both).panels).toHaveLength(2);
		expect(verdicts(localizationLarge, both)).toEqual({ C27: "holds" });
		const one = { vitLarge: layers("ViT-L", { share: 0.9 }, { share: 0.2 }) };
		expect(verdicts(localizationLarge, one)).toEqual({ C27: "does not hold" });
		expect(verdicts(localizationLarge, { vitLarge: layers("ViT-L", { share: 0.9 }) })).toEqual({
			C27: "not applicable",
		});
	});

	it("D.2 gives the verdict of the smaller ViT, the larger beside it", () => {
		const data = { vit: layers("ViT-S", { share: 0.9 }), vitLarge: layers("ViT-L", { share: 0.2 }) };
		const [claim] = localizationPenultimate.evaluate(data, everyName).claims;
		expect([claim?.verdict, claim?.cases[1]?.verdict]).toEqual(["holds", "does not hold"]);
	});

	it("D.3 holds of a first unit between the last one and the ViT", () => {
		const vit = layers("ViT-S", { share: 1 });
		const units = (last: Localized, first: Localized) =>
			layers("ResNet-S", { side: 4, ...last }, { side: 4, ...first });
		const between = units({ ownMinusMean: 0.02 }, { ownMinusMean: 0.1, share: 0.25 });
		expect(mapsOf(localizationInAStage, { vit, resnet: between }).panels).toHaveLength(2);
		expect(verdicts(localizationInAStage, { vit, resnet: between })).toEqual({ C25b: "holds" });
		const behind = units({ ownMinusMean: 0.1 }, { ownMinusMean: 0.02, share: 0.25 });
		expect(verdicts(localizationInAStage, { vit, resnet: behind })).toEqual({ C25b: "does not hold" });
	});
});

describe("Figure D.4", () => {
	const probe = {
		...{ layer: { name: "blocks.5.output", block: 5 }, accuracy: 0.33333, low: 0.3, high: 0.36, reason: null },
		...{ map: [[0.1, 0.56666]], provenance: madeUpProvenance, trainProvenance: madeUpProvenance },
	};
	const probed = (...linearProbe: object[]) => ({ title: "A", linearProbe });

	it("shows percent by place, with the mean", () => {
		const spec = mapsOf(probesByPlace, { vit: probed(probe), vitGap: probed(probe), resnet: probed(probe) });
		expect(spec.panels[0]?.maps).toEqual([
			{ label: "block 5", shown: true, values: [[10, 56.7]], mark: null, note: "mean 33.3" },
		]);
	});

	it("says why there is no map", () => {
		const failed = { ...probe, map: null, accuracy: null, reason: "too few images" };
		const none = { ...failed, layer: null, reason: "it has no layers", provenance: null, trainProvenance: null };
		const data = { vit: probed(failed), vitGap: probed(none), resnet: probed(probe) };
		const { panels } = mapsOf(probesByPlace, data);
		expect(panels[0]?.maps[0]).toMatchObject({ values: [[null]], note: "too few images" });
		expect(panels[1]).toEqual({ title: "A: it has no layers", maps: [] });
		expect(probesByPlace.evaluate(data, everyName).provenance).toHaveLength(4);
	});
});
