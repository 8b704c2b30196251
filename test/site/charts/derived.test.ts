import { describe, expect, it } from "vitest";
import { closeUpAt, closeUpOf, cutOf, pairOf, pointMapOf } from "../../../site/charts/derived.ts";
import type { FigureSpec, MapsPanel, MapsSpec } from "../../../src/report/figureSpec.ts";
import { curves, heatMap, lines, maps } from "../../support/specs.ts";

const labels = ({ panels }: MapsSpec) => panels.map((panel) => panel.maps.map(({ label }) => label));
const numbered = (count: number, places?: readonly [number, number]): MapsPanel => ({
	title: "",
	maps: Array.from({ length: count }, (_, at) => ({
		...{ label: String(at), shown: false, values: [[at]], mark: null, note: "" },
	})),
	...(places === undefined ? {} : { places }),
});

describe("cutOf", () => {
	it("is the row's values in the order of the columns, with their errors, without what is missing", () => {
		const cut = cutOf(heatMap, 0, 1);
		const [panel] = heatMap.panels;
		const expected = panel?.columns.steps.flatMap((name, x) => {
			const y = panel.values[1]?.[x] ?? null;
			return y === null ? [] : [{ x, y, standardError: panel.standardErrors[1]?.[x] ?? null, name }];
		});
		expect(cut?.panels[0]?.series[0]?.points).toEqual(expected);
		expect(expected).toHaveLength(3);
		expect(cut?.panels[0]?.title).toMatch(/: row a1$/);
	});

	it("keeps the colours' range as its axis, and reaches below where a value does", () => {
		expect(cutOf(heatMap, 0, 0)?.y).toMatchObject({ from: 0, to: 1 });
		expect(cutOf(heatMap, 0, 2)?.y.from).toBe(-0.01);
	});

	it("is nothing where there is no such row", () => {
		expect(cutOf(heatMap, 0, 99)).toBeNull();
		expect(cutOf(heatMap, 9, 0)).toBeNull();
	});
});

describe("pairOf", () => {
	it("sets a panel of each of two figures side by side", () => {
		const titled = (title: string) => ({ ...maps, panels: [numbered(1), { ...numbered(2), title }] });
		const pair = pairOf(titled("one"), 1, titled("other"), 1);
		expect(pair?.panels.map(({ title }) => title)).toEqual(["one", "other"]);
		expect(pair).toMatchObject({ kind: "maps", quantity: maps.quantity, scale: maps.scale });
	});

	it("draws both on a scale that holds either", () => {
		const wide = { ...heatMap, scale: { ...heatMap.scale, from: -1, to: 7 } };
		expect(pairOf(heatMap, 0, wide, 0)).toMatchObject({ scale: { colours: "magma", from: -1, to: 7 } });
		const low = { ...lines, y: { ...lines.y, from: -0.5, to: 2 } };
		expect(pairOf(low, 0, { ...low, y: { ...low.y, from: 0.2, to: 1 } }, 0)).toMatchObject({
			y: { from: -0.5, to: 2 },
		});
		// An end that follows the values follows those of both.
		expect(pairOf(low, 0, lines, 0)).toMatchObject({ y: { from: -0.5, to: null } });
	});

	const ends = (spec: FigureSpec) => (spec.kind === "lines" ? spec.panels.map((panel) => panel.ends) : []);

	it("brings axes with ends of their own together, and takes those of the figure where one has none", () => {
		const [panel] = lines.panels;
		if (panel === undefined) throw new Error("no panel");
		const own = (from: number, to: number) => ({ ...lines, panels: [{ ...panel, ends: { y: { from, to } } }] });
		const all = { y: { from: 0.2, to: 1 } };
		expect(ends(pairOf(own(0.2, 0.5), 0, own(0.3, 1), 0))).toEqual([all, all]);
		// The figure's axis goes up to its largest value.
		expect(ends(pairOf(own(0.2, 0.5), 0, lines, 0))).toEqual([{}, {}]);
	});

	it("lets axes of values begin and end together, which end at each panel's largest value by themselves", () => {
		const [panel] = curves.panels;
		if (panel === undefined) throw new Error("no panel");
		const [series] = panel.series;
		const from = series?.points[0]?.x ?? Number.NaN;
		const points = [{ ...series?.points[0], x: 99, y: 0, standardError: null, name: "" }];
		const far = {
			...curves,
			panels: [{ ...panel, series: [{ label: "far", shown: true, points }], ends: { x: { from: 50 } } }],
		};
		const near = { ...curves, panels: [{ ...panel, ends: { x: { from } } }] };
		const both = { x: { from, to: 99 } };
		expect(ends(pairOf(near, 0, far, 0))).toEqual([both, both]);
	});

	it("takes no two kinds", () => {
		expect(() => pairOf(heatMap, 0, lines, 0)).toThrow("heatMap beside lines");
	});
});

describe("closeUpOf", () => {
	it("takes of each panel the map at the same share of its order", () => {
		const spec = { ...maps, panels: [numbered(5), numbered(3), numbered(0)] };
		expect(labels(closeUpOf(spec, 0))).toEqual([["0"], ["0"], []]);
		expect(labels(closeUpOf(spec, 0.5))).toEqual([["2"], ["1"], []]);
		expect(labels(closeUpOf(spec, 1))).toEqual([["4"], ["2"], []]);
	});

	it("shows also a map that is not among those shown at first", () => {
		expect(closeUpOf({ ...maps, panels: [numbered(1)] }, 0).panels[0]?.maps[0]?.shown).toBe(true);
	});
});

describe("closeUpAt", () => {
	it("takes of each panel the map of the place at the same share of its grid", () => {
		const spec = { ...maps, panels: [numbered(16, [4, 4]), numbered(4, [2, 2])] };
		expect(labels(closeUpAt(spec, 0.125, 0.875))).toEqual([["3"], ["1"]]);
		expect(labels(closeUpAt(spec, 0.625, 0.375))).toEqual([["9"], ["2"]]);
		expect(labels(closeUpAt(spec, 1, 1))).toEqual([["15"], ["3"]]);
	});
});

describe("pointMapOf", () => {
	const [panel] = lines.panels;
	const [first, second] = panel?.series ?? [];
	if (panel === undefined || first === undefined || second === undefined) throw new Error("no lines");
	const map = [[1, 2]];
	const withMap = {
		...lines,
		mapQuantity: "Weight",
		panels: [
			{ ...panel, series: [first, { ...second, shown: true, points: second.points.map((one) => ({ ...one, map })) }] },
		],
	};

	it("is the map of a point of a line that is drawn", () => {
		const found = pointMapOf(withMap, 0, { part: 0, row: 1, column: 0 });
		expect(found?.quantity).toBe("Weight");
		expect(found?.panels[0]?.maps[0]).toMatchObject({ values: map, label: expect.stringContaining("block 1, head") });
	});

	it("is nothing where a point has none", () => {
		expect(pointMapOf(withMap, 0, { part: 0, row: 0, column: 0 })).toBeNull();
	});
});
