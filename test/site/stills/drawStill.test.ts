import { createCanvas, loadImage } from "@napi-rs/canvas";
import { describe, expect, it } from "vitest";
import { fontFamily, themes } from "../../../site/charts/theme.ts";
import { drawPdf, drawPng, drawSvg, stillSize } from "../../../site/stills/drawStill.ts";
import { withoutLetters } from "../../../site/stills/svg.ts";
import { readPdf } from "../../support/readPdf.ts";
import { heatMap, lines, maps } from "../../support/specs.ts";
import { syntheticReport } from "../../support/syntheticSite.ts";

const text = { id: "figure-1", title: "A & B", footer: "n = 512 images · T-S" };

describe("stills", () => {
	it.each([
		["heat map", heatMap],
		["lines", lines],
	] as const)("of a %s are the same in two drawings, also their ids", (_name, spec) => {
		expect(drawSvg(spec, themes.light, text)).toBe(drawSvg(spec, themes.light, text));
		expect(drawPng(spec, themes.dark, text).equals(drawPng(spec, themes.dark, text))).toBe(true);
		expect(drawPdf(spec, themes.light, text).equals(drawPdf(spec, themes.light, text))).toBe(true);
	});

	it("in SVG carry a name, their letters, sharp cells and every character of their text", () => {
		const svg = drawSvg(heatMap, themes.light, text);
		expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="A &#38; B"><title>A &#38; B<\/title>/);
		expect(svg).toContain("data:font/woff2;base64,");
		expect(svg).toContain("image-rendering:pixelated");
		expect(svg.match(/>T-S<\/text>/g)).toHaveLength(2);
		expect(svg).not.toMatch(/ id="(?!figure-1-)/);
	});

	it("in SVG write numbers as they are, however many decimals", () => {
		const [panel] = maps.panels;
		if (panel === undefined) throw new Error("no panel");
		const small = panel.maps.map((map) => ({ ...map, values: [[0.00199, 0.0482]], note: "mean 0.000123" }));
		const svg = drawSvg({ ...maps, panels: [{ ...panel, maps: small }] }, themes.light, text);
		expect(svg).toContain(">0.00199 to 0.0482</text>");
		expect(svg).toContain(">mean 0.000123</text>");
	});

	it("in SVG leave out their letters for a page that has them, and nothing else", () => {
		const svg = drawSvg(lines, themes.light, text);
		const [style = ""] = /<style>@font-face.*?<\/style>/.exec(svg) ?? [];
		expect(style.length).toBeGreaterThan(20_000);
		expect(withoutLetters(svg)).toBe(svg.replace(style, ""));
	});

	it("stay below 100 kB in SVG and PDF for every chart of the report, below 400 kB for pictures", async () => {
		const { figures } = await syntheticReport();
		for (const { spec } of figures) {
			const most = spec.kind === "maps" ? 400_000 : 100_000;
			expect(drawSvg(spec, themes.light, text).length).toBeLessThan(most);
			expect(drawPdf(spec, themes.light, text).length).toBeLessThan(most);
		}
	});

	describe("in PDF", () => {
		it.each([
			["a heat map", heatMap, [[4, 3]]],
			["lines", lines, []],
			[
				"maps",
				maps,
				[
					[2, 2],
					[1, 1],
				],
			],
		] as const)(
			"of %s are one page of the still's size, drawn with lines, and with one pixel a cell for what is an image",
			(_name, spec, images) => {
				const pdf = readPdf(drawPdf(spec, themes.light, text));
				const { width, height } = stillSize(spec);
				expect(pdf.pages).toBe(1);
				expect(pdf.mediaBox).toEqual([0, 0, width, height]);
				expect(pdf.images.map((image) => [image.width, image.height])).toEqual(images);
				// Where a reader of PDFs is not told to smooth an image, it shall not.
				expect(pdf.images.filter(({ dictionary }) => dictionary.includes("/Interpolate"))).toEqual([]);
				expect(pdf.drawing).toMatch(/\nS\n/);
			},
		);

		it.each([
			["a heat map", heatMap, ['T-S"x"B,small', "Alayers,byblock", "LinearCKA", "0.25"]],
			["lines", lines, ["Meanattentiondistance(px)", "uniformattention", "block0"]],
			["maps", maps, ["token(0,1)", "0to1.00", "own0.5"]],
		] as const)("of %s hold their text as text, in letters that are inside", (_name, spec, words) => {
			const pdf = readPdf(drawPdf(spec, themes.light, text));
			for (const word of [...words, "n=512images·T-S"]) expect(pdf.text).toContain(word);
			expect(pdf.embeddedFonts).toEqual([expect.stringMatching(/\+Inter-Regular$/)]);
			// No letters as outlines.
			expect(pdf.fontKinds).not.toContain("Type3");
		});
	});

	it("are as wide as their footer, also with one panel", () => {
		const footer = "n = 2560 images (leaves-shifted/test; seed 0; batches of 64) · Sightline, raghu-2021";
		const letters = createCanvas(1, 1).getContext("2d");
		drawPng(heatMap, themes.light, text);
		letters.font = `11px ${fontFamily}`;
		const one = { ...heatMap, panels: heatMap.panels.slice(0, 1) };
		// Between margins of 12 px.
		expect(stillSize(one).width - 24).toBeGreaterThanOrEqual(letters.measureText(footer).width);
	});

	it("in PNG are twice the size", async () => {
		const { width, height } = stillSize(lines);
		const image = await loadImage(drawPng(lines, themes.light, text));
		expect([image.width, image.height]).toEqual([2 * width, 2 * height]);
	});
});
