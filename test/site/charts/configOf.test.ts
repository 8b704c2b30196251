import { type Canvas, createCanvas } from "@napi-rs/canvas";
import { Chart } from "chart.js";
import { describe, expect, it } from "vitest";
import { paintCells } from "../../../site/charts/cells.ts";
import { colourBarOf } from "../../../site/charts/colourBar.ts";
import { colourAt } from "../../../site/charts/colourMap.ts";
import { configOf } from "../../../site/charts/configOf.ts";
import { cellLines } from "../../../site/charts/heatMap.ts";
import { pointLine, valueText } from "../../../site/charts/lines.ts";
import { mapLines, mapRange, mapsLayout, notesOf } from "../../../site/charts/maps.ts";
import type { CreateCanvas } from "../../../site/charts/panel.ts";
import { themes } from "../../../site/charts/theme.ts";
import { curves, heatMap, lines, maps } from "../../support/specs.ts";

// The library's canvases do all that charts ask of a browser's.
const create = ((width: number, height: number) => createCanvas(width, height)) as unknown as CreateCanvas;

/** Draws the first panel and reads the colour at shares of its plot, from the lower left. */
function drawnColours(spec: typeof heatMap, at: readonly (readonly [x: number, y: number])[]) {
	const canvas = createCanvas(350, 372);
	const [config] = configOf(spec, themes.light, create);
	if (config === undefined) throw new Error("no panel");
	const chart = new Chart(canvas as unknown as HTMLCanvasElement, config);
	const { left, top, width, height } = chart.chartArea;
	const context = canvas.getContext("2d");
	return at.map(([x, y]) => [
		...context.getImageData(Math.round(left + x * width), Math.round(top + (1 - y) * height), 1, 1).data.slice(0, 3),
	]);
}

describe("a heat map", () => {
	it("paints each cell in the colour of its value, the first row at the bottom", () => {
		const [first, second, top, missing] = drawnColours(heatMap, [
			[0.1, 0.1],
			[0.4, 0.1],
			[0.4, 0.9],
			[0.6, 0.5],
		]);
		expect(first).toEqual([...colourAt("magma", 1)]);
		expect(second).toEqual([...colourAt("magma", 0)]);
		expect(top).toEqual([...colourAt("magma", 0.2)]);
		expect(`#${missing?.map((channel) => channel.toString(16)).join("")}`).toBe(themes.light.missing);
	});

	it("has a square plot", () => {
		const canvas = createCanvas(350, 372);
		const [config] = configOf(heatMap, themes.dark, create);
		if (config === undefined) throw new Error("no panel");
		const { width, height } = new Chart(canvas as unknown as HTMLCanvasElement, config).chartArea;
		expect(Math.abs(width - height)).toBeLessThanOrEqual(4);
	});

	it("tells both layers, value and error of a cell", () => {
		const [panel] = heatMap.panels;
		if (panel === undefined) throw new Error("no panel");
		expect(cellLines(heatMap, panel, { row: 0, column: 2 })).toEqual(["↑ a0", "→ b2", "Linear CKA 0.500 ± 0.020"]);
		expect(cellLines(heatMap, panel, { row: 2, column: 0 })).toEqual(["↑ a2", "→ b0", "Linear CKA −0.010 ± 0.100"]);
		expect(cellLines(heatMap, panel, { row: 1, column: 2 })[2]).toBe("Linear CKA: no value");
	});
});

describe("lines", () => {
	it("draw what is shown, with a band of one standard error", () => {
		const [config] = configOf(lines, themes.light, create);
		const datasets = config?.data.datasets ?? [];
		expect(datasets.map(({ label, hidden }) => [label, hidden])).toEqual([
			["", false],
			["", false],
			["block 0", false],
			["", true],
			["", true],
			["block 1", true],
		]);
		expect(datasets[0]?.data[0]).toEqual({ x: 1, y: 5.75 });
		expect(datasets[1]?.data[0]).toEqual({ x: 1, y: 5.25 });
	});

	it("begin at 0 and leave room for the reference", () => {
		const [config] = configOf(lines, themes.light, create);
		expect(config?.options?.scales?.y).toMatchObject({ min: 0, max: expect.closeTo(33.25 * 1.08, 10) });
	});

	it("tell block, head, value and error of a point", () => {
		const [panel] = lines.panels;
		if (panel === undefined) throw new Error("no panel");
		expect(pointLine(panel, "block 0", 0)).toBe("block 0, head 1: 5.50 ± 0.25");
		expect(pointLine(panel, "block 0", 1)).toBe("block 0, head 0: 30.00");
	});

	it("draw an interval where it is told instead of a standard error", () => {
		const point = { x: 1, y: 5, standardError: null, interval: [4, 7] as const, name: "a" };
		const panel = {
			title: "",
			references: [],
			series: [{ label: "s", shown: true, points: [point, { ...point, x: 2 }] }],
		};
		const datasets = configOf({ ...lines, panels: [panel] }, themes.light, create)[0]?.data.datasets ?? [];
		expect(datasets.slice(0, 2).map(({ data }) => data[0])).toEqual([
			{ x: 1, y: 7 },
			{ x: 1, y: 4 },
		]);
		expect(valueText(point)).toBe("5.00 (4.00 to 7.00)");
	});

	it("start at 0 upwards, or lower where told", () => {
		const axis = (y: typeof lines.y) => configOf({ ...lines, y }, themes.light, create)[0]?.options?.scales?.y;
		expect(axis(lines.y)).toMatchObject({ min: 0 });
		expect(axis({ title: "Cosine", from: -0.5, to: 1 })).toMatchObject({ min: -0.5, max: 1 });
	});

	it("over values stretch the axis from 0 to the last place, over ranks leave room beside the outer ones", () => {
		const axis = (spec: typeof lines) => configOf(spec, themes.light, create)[0]?.options?.scales?.x;
		expect(axis(curves)).toMatchObject({ min: 0, max: 32 });
		expect(axis({ ...curves, x: { ...curves.x, from: 4 } })).toMatchObject({ min: 4, max: 32 });
		expect(axis(lines)).toMatchObject({ min: 0.7, max: 2.3 });
	});

	it("draw the interval of a point that stands alone as a line", () => {
		const alone = { x: 3, y: 5, standardError: null, interval: [4, 7] as const, name: "a" };
		const panel = { title: "", references: [], series: [{ label: "s", shown: true, points: [alone] }] };
		const [config] = configOf({ ...curves, panels: [panel] }, themes.light, create);
		const [whisker, none, line] = config?.data.datasets ?? [];
		expect(whisker).toMatchObject({ showLine: true, borderWidth: 1.75, data: [{ y: 7 }, { y: 4 }] });
		expect(none?.data).toEqual([]);
		expect(line?.data).toEqual([{ x: 3, y: 5 }]);
	});

	it("have whole ticks where all places are whole", () => {
		const ticks = (share: number) => {
			const series = {
				label: "a",
				shown: true,
				points: [0, 1, 5].map((x) => ({ x: x * share, y: 1, standardError: null, name: "a" })),
			};
			const spec = { ...curves, panels: [{ title: "", series: [series], references: [] }] };
			return configOf(spec, themes.light, create)[0]?.options?.scales?.x?.ticks;
		};
		expect(ticks(1)).toHaveProperty("precision", 0);
		expect(ticks(0.2)).not.toHaveProperty("precision");
	});

	it("share the figure's axes, but for a panel with ends of its own", () => {
		const [panel] = curves.panels;
		if (panel === undefined) throw new Error("no panel");
		const own = { ...panel, ends: { x: { from: 0.5 }, y: { from: -1, to: 0.5 } } };
		const scales = configOf({ ...curves, panels: [panel, own] }, themes.light, create).map(
			({ options }) => options?.scales,
		);
		expect(scales.map((scale) => scale?.y?.min)).toEqual([0, -1]);
		expect(scales[1]?.y?.max).toBe(0.5);
		expect(scales.map((scale) => scale?.x?.min)).toEqual([0, 0.5]);
	});
});

describe("maps", () => {
	it("paint each map from white at its least to black at its largest value, the first row at the top", () => {
		const { width, heights } = mapsLayout(maps);
		const canvas = createCanvas(width, heights[0] ?? 0);
		const [config] = configOf(maps, themes.light, create);
		if (config === undefined) throw new Error("no panel");
		const chart = new Chart(canvas as unknown as HTMLCanvasElement, config);
		const context = canvas.getContext("2d");
		const colour = (x: number, y: number) =>
			[...context.getImageData(chart.chartArea.left + x, chart.chartArea.top + y, 1, 1).data.slice(0, 3)].join();
		// A map is 104 px a side and stands 12 px from the left.
		expect(colour(12 + 20, 20)).toBe("255,255,255");
		expect(colour(12 + 84, 84)).toBe("0,0,0");
		expect(colour(12 + 80, 25)).toBe("128,128,128");
		expect(colour(12 + 20, 84)).toBe("201,204,209");
	});

	it("take their colours by the root of the values where that is asked for, and the bar says so", () => {
		const root = { ...maps, scale: "zeroToMap", shades: "root" } as const;
		const values = [[0, 0.01, 0.25, 1]];
		const shown = { label: "a", shown: true, values, mark: null, note: "" };
		const painted = paintCells(values, mapRange(root, shown), themes.light, create) as unknown as Canvas;
		const { data } = painted.getContext("2d").getImageData(0, 0, 4, 1);
		const colours = [0, 0.1, 0.5, 1].map((share) => [...colourAt(maps.colours, share)]);
		expect(colours).toEqual([0, 1, 2, 3].map((cell) => [...data.slice(4 * cell, 4 * cell + 3)]));
		expect(colourBarOf(root)?.labels).toEqual(["0", "¼", "largest of its map"]);
		expect(colourBarOf({ ...maps, scale: "zeroToMap" })?.labels).toEqual(["0", "largest of its map"]);
	});

	it("tell map, place and value of a cell, and the range of each map", () => {
		const [panel] = maps.panels;
		const [first, hidden, second] = panel?.maps ?? [];
		if (panel === undefined || first === undefined || hidden?.shown !== false || second === undefined)
			throw new Error("no panel");
		expect(mapLines(maps, panel, { part: 0, row: 0, column: 1 })).toEqual([
			"token (0, 1)",
			"row 0, column 1",
			"CKA 0.500",
		]);
		expect(mapLines(maps, panel, { part: 0, row: 1, column: 0 })[2]).toBe("CKA no value");
		expect(notesOf(maps, first)).toEqual(["0 to 1.00", "own 0.5"]);
		expect(notesOf(maps, second)).toEqual(["0.250 to 0.250"]);
		expect(notesOf({ ...maps, scale: { from: 0, to: 1 } }, second)).toEqual([]);
	});

	it("stand six in a row at most", () => {
		const picture = { label: "a", shown: true, values: [[1]], mark: null, note: "" };
		const of = (count: number) => mapsLayout({ ...maps, panels: [{ title: "D", maps: Array(count).fill(picture) }] });
		expect(of(6).heights).toEqual(of(1).heights);
		expect(of(7).heights[0]).toBeGreaterThan(of(6).heights[0] ?? 0);
		expect(of(7).width).toBe(of(6).width);
		const one = { ...maps, panels: [{ title: "D", maps: [picture, { ...picture, shown: false }] }] };
		expect(mapsLayout(one).width).toBe(of(1).width);
	});

	it("are as high as their own rows, beside a panel of more", () => {
		const picture = { label: "a", shown: true, values: [[1]], mark: null, note: "" };
		const panels = [1, 7].map((count) => ({ title: "D", maps: Array(count).fill(picture) }));
		const [low = 0, high = 0] = mapsLayout({ ...maps, panels }).heights;
		expect(high).toBeGreaterThan(low);
		expect(low).toBe(mapsLayout({ ...maps, panels: panels.slice(0, 1) }).heights[0]);
	});

	it("leave room for the last row's labels where they are drawn at half their size", () => {
		const picture = { label: "a", shown: true, values: [[1]], mark: null, note: "" };
		const spec = { ...maps, panels: [{ title: "D", maps: Array(13).fill(picture) }] };
		const { width, heights } = mapsLayout(spec);
		const half = [width / 2, Math.floor((heights[0] ?? 0) / 2)] as const;
		const canvas = createCanvas(...half);
		const written: number[] = [];
		const context = canvas.getContext("2d");
		const fillText = context.fillText.bind(context);
		context.fillText = (text, x, y, most) => {
			if (text === "a") written.push(y);
			fillText(text, x, y, most);
		};
		const [config] = configOf(spec, themes.light, create);
		if (config === undefined) throw new Error("no panel");
		new Chart(canvas as unknown as HTMLCanvasElement, config);
		expect(written.length).toBeGreaterThanOrEqual(13);
		// Letters of 9 px, from their upper edge down.
		expect(Math.max(...written) + 9).toBeLessThanOrEqual(half[1]);
	});
});
