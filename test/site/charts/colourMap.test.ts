import { describe, expect, it } from "vitest";
import { colourAt } from "../../../site/charts/colourMap.ts";

describe("colourAt", () => {
	// Colours of matplotlib's own tables (256 colours): index 0, 64, 128 and 255.
	it.each([
		["magma", 0, [0, 0, 4]],
		["magma", 64 / 255, [81, 18, 124]],
		["magma", 128 / 255, [183, 55, 121]],
		["magma", 1, [252, 253, 191]],
		["viridis", 0, [68, 1, 84]],
		["viridis", 64 / 255, [59, 82, 139]],
		["viridis", 128 / 255, [33, 145, 140]],
		["viridis", 1, [253, 231, 37]],
	] as const)("%s at %f is matplotlib's colour within 1 of 255", (map, share, expected) => {
		const colour = colourAt(map, share);
		for (const channel of [0, 1, 2] as const)
			expect(Math.abs(colour[channel] - expected[channel])).toBeLessThanOrEqual(1);
	});

	it("takes the end's colour beyond the scale", () => {
		expect(colourAt("magma", -0.1)).toEqual(colourAt("magma", 0));
		expect(colourAt("magma", 1.5)).toEqual(colourAt("magma", 1));
	});

	it("refuses what is no number", () => {
		expect(() => colourAt("magma", Number.NaN)).toThrow(/NaN/);
	});
});
