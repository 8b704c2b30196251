/** Small figures with numbers that are easy to follow, made up for tests. */
import type { HeatMapSpec, LinesSpec, MapsSpec } from "../../src/report/figureSpec.ts";

const axis = (model: string, steps: string[], unit: string) => ({
	title: `${model} layers, by ${unit}`,
	steps,
	groups: [
		{ label: "0", name: `${unit} 0`, start: 0, end: 2 },
		{ label: "1", name: `${unit} 1`, start: 2, end: steps.length },
	],
});

export const heatMap: HeatMapSpec = {
	kind: "heatMap",
	quantity: "Linear CKA",
	scale: { colours: "magma", from: 0, to: 1 },
	panels: [
		{
			title: 'T-S "x" B, small',
			rows: axis("A", ["a0", "a1", "a2"], "block"),
			columns: axis("B", ["b0", "b1", "b2", "b3"], "stage"),
			values: [
				[1, 0, 0.5, 0.25],
				[0.5, 0.5, null, 0.75],
				[-0.01, 0.2, 0.4, null],
			],
			standardErrors: [
				[0, 0.01, 0.02, null],
				[0, 0, null, 0],
				[0.1, 0, 0, null],
			],
		},
	],
};

export const lines: LinesSpec = {
	kind: "lines",
	x: { title: "Head, sorted by distance", scale: "ranks" },
	y: { title: "Mean attention distance (px)", to: null },
	seriesName: "block",
	panels: [
		{
			title: "A",
			series: [
				{
					label: "block 0",
					shown: true,
					points: [
						{ x: 1, y: 5.5, standardError: 0.25, name: "head 1" },
						{ x: 2, y: 30, standardError: null, name: "head 0" },
					],
				},
				{ label: "block 1", shown: false, points: [{ x: 1, y: 31, standardError: 0.1, name: "head 0" }] },
			],
			references: [{ label: "uniform attention", y: 33.25 }],
		},
	],
};

/** Lines over values, with a place that only one of them has. */
export const curves: LinesSpec = {
	kind: "lines",
	x: { title: "Images seen", scale: "values" },
	y: { title: "Accuracy (%)", to: 100 },
	seriesName: "curve",
	panels: [
		{
			title: "B",
			series: [
				{
					label: "seen",
					shown: true,
					points: [
						{ x: 32, y: 40, standardError: null, name: "after 32" },
						{ x: 8, y: 10.5, standardError: null, name: "after 8" },
					],
				},
				{ label: "unseen", shown: true, points: [{ x: 32, y: 35, standardError: 1.25, name: "after 32" }] },
			],
			references: [],
		},
	],
};

/** Two pictures of one panel, the first with a place that it is about and one without a value. */
export const maps: MapsSpec = {
	kind: "maps",
	quantity: "CKA",
	colours: "greys",
	scale: "map",
	mapName: "token",
	panels: [
		{
			title: "C",
			maps: [
				{
					label: "token (0, 1)",
					shown: true,
					values: [
						[0, 0.5],
						[null, 1],
					],
					mark: { row: 0, column: 1 },
					note: "own 0.5",
				},
				{ label: "token (1, 0)", shown: false, values: [[0.75]], mark: null, note: "" },
				{ label: "token (1, 1)", shown: true, values: [[0.25]], mark: null, note: "" },
			],
		},
	],
};
