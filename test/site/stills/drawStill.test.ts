import { loadImage } from "@napi-rs/canvas";
import { describe, expect, it } from "vitest";
import { themes } from "../../../site/charts/theme.ts";
import { drawPng, drawSvg, stillSize } from "../../../site/stills/drawStill.ts";
import { heatMap, lines } from "../../support/specs.ts";
import { syntheticReport } from "../../support/syntheticSite.ts";

const text = { id: "figure-1", title: "A & B", footer: "n = 512 images · T-S" };

describe("stills", () => {
	it.each([
		["heat map", heatMap],
		["lines", lines],
	] as const)("of a %s are the same in two drawings, also their ids", (_name, spec) => {
		expect(drawSvg(spec, themes.light, text)).toBe(drawSvg(spec, themes.light, text));
		expect(drawPng(spec, themes.dark, text).equals(drawPng(spec, themes.dark, text))).toBe(true);
	});

	it("in SVG carry a name, their letters, sharp cells and every character of their text", () => {
		const svg = drawSvg(heatMap, themes.light, text);
		expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="A &#38; B"><title>A &#38; B<\/title>/);
		expect(svg).toContain("data:font/woff2;base64,");
		expect(svg).toContain("image-rendering:pixelated");
		expect(svg.match(/>T-S<\/text>/g)).toHaveLength(2);
		expect(svg).not.toMatch(/ id="(?!figure-1-)/);
	});

	it("in SVG stay below 100 kB for every figure of the report", async () => {
		const { figures } = await syntheticReport();
		for (const { spec } of figures) expect(drawSvg(spec, themes.light, text).length).toBeLessThan(100_000);
	});

	it("in PNG are twice the size", async () => {
		const { width, height } = stillSize(lines);
		const image = await loadImage(drawPng(lines, themes.light, text));
		expect([image.width, image.height]).toEqual([2 * width, 2 * height]);
	});
});
