import { describe, expect, it } from "vitest";
import { firstReason, isBlank } from "../../src/report/blank.ts";
import type { FigureSpec } from "../../src/report/figureSpec.ts";
import { lines as chart, heatMap as map, maps as pictures } from "../support/specs.ts";

describe("a figure is blank", () => {
	it("if it has not a single value", () => {
		const without: readonly FigureSpec[] = [
			{
				...map,
				panels: map.panels.map((panel) => ({ ...panel, values: panel.values.map((row) => row.map(() => null)) })),
			},
			{ ...chart, panels: chart.panels.map((panel) => ({ ...panel, series: [] })) },
			{ ...pictures, panels: pictures.panels.map((panel) => ({ ...panel, maps: [] })) },
			{ ...map, panels: [] },
		];
		expect(without.map(isBlank)).toEqual([true, true, true, true]);
		expect([map, chart, pictures].map(isBlank)).toEqual([false, false, false]);
	});
});

describe("firstReason", () => {
	it("finds the first that stands in a result, in depth", () => {
		expect(firstReason({ a: [{ reason: null }, { b: { reason: "no heads" } }], c: { reason: "later" } })).toBe(
			"no heads",
		);
	});

	it("is null where none does", () => {
		expect(firstReason({ a: [1, null, "reason"] })).toBeNull();
	});
});
