import { describe, expect, it } from "vitest";
import { localizationPanel } from "../../src/report/localizationMaps.ts";
import { madeUpLocalization } from "../support/madeUpPlaces.ts";

/** Of 2 x 2 tokens and 1 x 3 patches. */
const found = {
	...madeUpLocalization({}),
	tokens: [2, 2],
	patches: [1, 3],
	values: [
		[0.12345, 0.2, null],
		[0, 0.5, 0.5],
		[0, 0, -0.01],
		[null, null, null],
	],
};

describe("localizationPanel", () => {
	it("has a map for each token, framed where it stands, and tells where the map peaks", () => {
		const { title, places, maps } = localizationPanel("ViT", found, []);
		expect([title, places]).toEqual(["ViT, block 5", [2, 2]]);
		expect(maps[0]).toEqual({
			label: "token (0, 0)",
			shown: false,
			values: [[0.123, 0.2, null]],
			mark: { row: 0, column: 0 },
			note: "peak (0, 1)",
		});
		expect(maps.map(({ label, note }) => [label, note]).slice(1)).toEqual([
			["token (0, 1)", "peak (0, 1)"],
			["token (1, 0)", "peak (0, 0)"],
			["token (1, 1)", "no values"],
		]);
	});

	it("draws those that are named, where there are such", () => {
		const { maps } = localizationPanel("ViT", found, [
			[1, 0],
			[5, 5],
		]);
		expect(maps.map(({ shown }) => shown)).toEqual([false, false, true, false]);
	});

	it("lays the patches out in their rows", () => {
		const values = [[0, 1, 2, 3, 4, 5]];
		const panel = localizationPanel("ViT", { ...found, tokens: [1, 1], patches: [2, 3], values }, []);
		expect(panel.maps[0]?.values).toEqual([
			[0, 1, 2],
			[3, 4, 5],
		]);
		expect(panel.maps[0]?.note).toBe("peak (1, 2)");
	});

	it("frames the patch that holds the middle of the token's cell where patches are finer or coarser", () => {
		const at = (tokens: number, patches: number) => {
			const values = Array.from({ length: tokens ** 2 }, () => Array.from({ length: patches ** 2 }, () => 1));
			const ofSides = { ...found, tokens: [tokens, tokens], patches: [patches, patches], values };
			return localizationPanel("ViT", ofSides, []).maps[2 * tokens + 1]?.mark;
		};
		expect(at(4, 8)).toEqual({ row: 5, column: 3 });
		expect(at(8, 4)).toEqual({ row: 1, column: 0 });
	});

	it("says why a model has none", () => {
		const none = { ...found, layer: null, reason: "it has no tokens" };
		expect(localizationPanel("VGG", none, [])).toEqual({ title: "VGG: it has no tokens", maps: [] });
		const unmeasured = { ...found, values: null, reason: "too few images" };
		expect(localizationPanel("ViT", unmeasured, [])).toEqual({ title: "ViT, block 5: too few images", maps: [] });
	});
});
