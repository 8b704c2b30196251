import { createCanvas } from "@napi-rs/canvas";
import { Chart } from "chart.js";
import { describe, expect, it } from "vitest";
import { configOf, layoutOf } from "../../../site/charts/configOf.ts";
import type { CreateCanvas } from "../../../site/charts/panel.ts";
import { themes } from "../../../site/charts/theme.ts";
import { firstPlace, moved, type Place, type Walk } from "../../../site/charts/walk.ts";
import { walksOf } from "../../../site/charts/walkOf.ts";
import type { FigureSpec } from "../../../src/report/figureSpec.ts";
import { heatMap, lines, maps } from "../../support/specs.ts";

// The library's canvases do all that charts ask of a browser's.
const create = ((width: number, height: number) => createCanvas(width, height)) as unknown as CreateCanvas;

function firstPanel(spec: FigureSpec): { walk: Walk; chart: Chart } {
	const { width, heights } = layoutOf(spec);
	const height = heights[0] ?? 0;
	const [[walk], [config]] = [walksOf(spec), configOf(spec, themes.light, create)];
	if (walk === undefined || config === undefined) throw new Error("no panel");
	return { walk, chart: new Chart(createCanvas(width, height) as unknown as HTMLCanvasElement, config) };
}

const plain: Walk = {
	// Two maps, of 2 x 3 and of 1 x 1 cells.
	parts: [[3, 3], [1]],
	upwards: false,
	text: () => "",
	aim: () => null,
	under: () => null,
};
const at = (part: number, row: number, column: number): Place => ({ part, row, column });

describe("moved", () => {
	it.each([
		["ArrowRight", at(0, 0, 1)],
		["ArrowLeft", at(0, 0, 0)],
		["ArrowDown", at(0, 1, 0)],
		["ArrowUp", at(0, 0, 0)],
		["End", at(0, 0, 2)],
		["PageDown", at(1, 0, 0)],
		["PageUp", at(0, 0, 0)],
	])("%s leads from the first cell to a neighbour, or nowhere at an end", (key, expected) => {
		expect(moved(plain, at(0, 0, 0), key)).toEqual(expected);
	});

	it("goes to a row that is there where the next map is smaller", () => {
		expect(moved(plain, at(0, 1, 2), "PageDown")).toEqual(at(1, 0, 0));
	});

	it("goes up to a higher row number where the first row stands at the bottom", () => {
		const upwards = { ...plain, upwards: true };
		expect(moved(upwards, at(0, 0, 0), "ArrowUp")).toEqual(at(0, 1, 0));
		expect(moved(upwards, at(0, 1, 0), "ArrowDown")).toEqual(at(0, 0, 0));
	});

	it("leaves other keys to the page", () => {
		expect(moved(plain, at(0, 0, 0), "Tab")).toBeNull();
	});
});

describe("firstPlace", () => {
	it("is the first value, and none where there are none", () => {
		expect(firstPlace(plain)).toEqual(at(0, 0, 0));
		expect(firstPlace({ ...plain, parts: [[], [0, 2]] })).toEqual(at(1, 1, 0));
		expect(firstPlace({ ...plain, parts: [] })).toBeNull();
	});
});

describe("the walk through a panel", () => {
	it.each([
		["a heat map", heatMap],
		["lines", lines],
		["maps", maps],
	])("of %s reaches every value that is drawn, and the pointer finds it where the walk aims", (_, spec) => {
		const { walk, chart } = firstPanel(spec);
		const { width, heights } = layoutOf(spec);
		const height = heights[0] ?? 0;
		const seen = new Set<string>();
		walk.parts.forEach((rows, part) => {
			rows.forEach((length, row) => {
				for (let column = 0; column < length; column++) {
					const place = at(part, row, column);
					const aim = walk.aim(chart, place);
					expect(aim?.x).toBeGreaterThan(0);
					expect(aim?.x).toBeLessThan(width);
					expect(aim?.y).toBeGreaterThan(0);
					expect(aim?.y).toBeLessThan(height);
					seen.add(`${aim?.x} ${aim?.y}`);
					if (spec.kind !== "lines") expect(walk.under(chart)).toEqual(place);
				}
			});
		});
		expect(seen.size).toBe(walk.parts.flat().reduce((sum, length) => sum + length, 0));
	});

	it("tells what the tooltip tells", () => {
		expect(firstPanel(heatMap).walk.text(at(0, 0, 2))).toBe("↑ a0, → b2, Linear CKA 0.500 ± 0.020");
		expect(firstPanel(lines).walk.text(at(0, 0, 0))).toBe("block 0, head 1: 5.50 ± 0.25");
		expect(firstPanel(maps).walk.text(at(1, 0, 0))).toBe("token (1, 1), row 0, column 0, CKA 0.250");
	});

	it("leaves out lines and maps that are not drawn", () => {
		expect(firstPanel(lines).walk.parts).toEqual([[2]]);
		expect(firstPanel(maps).walk.parts).toEqual([[2, 2], [1]]);
	});
});
