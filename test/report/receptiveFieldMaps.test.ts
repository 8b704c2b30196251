import { describe, expect, it } from "vitest";
import { layerLabel, receptiveFieldPanel, receptiveFieldSpec } from "../../src/report/receptiveFieldMaps.ts";
import { madeUpField } from "../support/madeUpPlaces.ts";

describe("receptiveFieldPanel", () => {
	it("shows maps over their mean, in cells of whole pixels that keep the mean", () => {
		const map = [
			[1, 3, 0, 0],
			[0, 4, 0, 0],
			[0, 0, 2, 2],
			[0, 0, 2, 2],
		].map((row) => row.map((value) => value / 16));
		const field = { ...madeUpField("attention", 2, { r50: 0.1, r90: 0.5 }), map };
		const whole = receptiveFieldPanel("ViT", [field], 4).maps[0];
		expect(whole?.values).toEqual([
			[1, 3, 0, 0],
			[0, 4, 0, 0],
			[0, 0, 2, 2],
			[0, 0, 2, 2],
		]);
		expect(receptiveFieldPanel("ViT", [field], 2).maps[0]).toEqual({
			label: "attention 3",
			shown: true,
			values: [
				[2, 0],
				[0, 2],
			],
			mark: null,
			note: "r50 6.4, r90 32 px",
		});
	});

	it("takes what is left over at the far edges for cells by themselves", () => {
		const map = [
			[1, 1, 2],
			[1, 1, 2],
			[3, 3, 4],
		].map((row) => row.map((value) => value / 18));
		const field = { ...madeUpField("unit", 0, {}), map };
		expect(receptiveFieldPanel("ResNet", [field], 2).maps[0]?.values).toEqual([
			[0.5, 1],
			[1.5, 2],
		]);
	});

	it("keeps three digits, and 64 cells a side", () => {
		const large = Array.from({ length: 224 }, (_, row) => Array.from({ length: 224 }, () => (row + 1) / 5_644_800));
		const values = receptiveFieldPanel("ViT", [{ ...madeUpField("mlp", 0, {}), map: large }], 64).maps[0]?.values ?? [];
		expect([values.length, values[0]?.length]).toEqual([56, 56]);
		expect(
			values.flat().every((value) => value !== null && String(value).replace(/^0?\.?0*|\./g, "").length <= 3),
		).toBe(true);
	});

	it("says why a model has no maps, or a layer none", () => {
		const none = { ...madeUpField("unit", 0, {}), layer: null, reason: "it has no residual additions" };
		expect(receptiveFieldPanel("Plain", [none], 32)).toEqual({
			title: "Plain: it has no residual additions",
			maps: [],
		});
		const flat = { ...madeUpField("unit", 0, {}), map: null, reason: "the gradient is zero everywhere" };
		expect(receptiveFieldPanel("ResNet", [flat], 32).maps[0]).toMatchObject({
			values: [[null]],
			note: "the gradient is zero everywhere",
		});
	});
});

describe("layerLabel", () => {
	it("counts blocks from 1 and names the first layer", () => {
		const label = (kind: string, block: number | null) => layerLabel({ kind, block });
		expect([label("mlp", 0), label("tokenMixing", 3), label("unit", 7)]).toEqual(["MLP 1", "mixing 4", "unit 8"]);
		expect([label("patchEmbedding", null), label("convolution", null)]).toEqual([
			"patch embedding",
			"first convolution",
		]);
	});
});

describe("receptiveFieldSpec", () => {
	it("is white at 0 and black at each map's own largest value", () => {
		expect(receptiveFieldSpec([])).toMatchObject({ kind: "maps", colours: "greys", scale: "zeroToMap" });
	});
});
