import { describe, expect, it } from "vitest";
import { localizationPanel } from "../../src/report/localizationMaps.ts";
import { madeUpLocalization } from "../support/madeUpPlaces.ts";

describe("localizationPanel", () => {
	it("shows each token that the query names, framed where it stands, and tells where the map peaks", () => {
		const found = {
			...madeUpLocalization({ side: 3 }),
			token_0_0: [
				[0.12345, 0.2, null],
				[0, 0.5, 0],
				[0, 0, -0.01],
			],
			token_2_1: null,
		};
		expect(localizationPanel("ViT", found)).toEqual({
			title: "ViT, block 5",
			maps: [
				{
					label: "token (0, 0)",
					values: [
						[0.123, 0.2, null],
						[0, 0.5, 0],
						[0, 0, -0.01],
					],
					mark: { row: 0, column: 0 },
					note: "peak (1, 1)",
				},
			],
		});
	});

	it("frames the patch that holds the middle of the token's cell where patches are finer or coarser", () => {
		const at = (tokens: number, patches: number) =>
			localizationPanel("ViT", {
				...madeUpLocalization({}),
				tokens: [tokens, tokens],
				patches: [patches, patches],
				token_2_1: [[1]],
			}).maps[0]?.mark;
		expect(at(4, 8)).toEqual({ row: 5, column: 3 });
		expect(at(8, 4)).toEqual({ row: 1, column: 0 });
	});

	it("has a note where a token has no values", () => {
		const found = { ...madeUpLocalization({}), token_0_0: [[null]] };
		expect(localizationPanel("ViT", found).maps[0]?.note).toBe("no values");
	});

	it("says why a model has none", () => {
		const none = { ...madeUpLocalization({}), layer: null, reason: "it has no tokens" };
		expect(localizationPanel("VGG", none)).toEqual({ title: "VGG: it has no tokens", maps: [] });
	});
});
