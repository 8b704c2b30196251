/**
 * Every number that a figure's page prints equals what the query printed beside it answers: all figures of the report are
 * measured on small untrained models; then each page's query is asked again, with the variables printed there, and the
 * figure made anew from the answer.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { raghu2021 } from "../../reports/raghu-2021/report.ts";
import { buildSite } from "../../site/build.ts";
import { bundleAssets } from "../../site/bundle.ts";
import { executeQuery } from "../../src/graphql/execute.ts";
import type { EvaluatedFigure, Report } from "../../src/report/definition.ts";
import { type Execute, plainData } from "../../src/report/execute.ts";
import type { FigureSpec, Point, Series } from "../../src/report/figureSpec.ts";
import { mergeProvenance } from "../../src/report/provenance.ts";
import { type ReportData, runReport } from "../../src/report/runReport.ts";
import { type PrintedPage, printedNumbers, printedPage } from "../support/pageNumbers.ts";
import { smallArchitectures, untrainedServices } from "../support/untrainedServices.ts";

/** As many units as the figures ask for. */
const resnet = { ...smallArchitectures.resnet, units: [2, 2] } as const;
/** Deep enough for an early, a middle and a late block. */
const vit = { ...smallArchitectures.vit, depth: 3 } as const;
const { imageSide, patch, width, classes, normEpsilon } = vit;
const sizes = { imageSide, patch, width, depth: 2, classes, normEpsilon } as const;
const mixer = { family: "mixer", ...sizes, tokenRatio: 0.5, mlpRatio: 2 } as const;
const models = { vit, "vit-gap": { ...vit, pooling: "gap" }, resnet, mixer } as const;
/** The same models again and again: what one pass told of a model serves every role. */
const cast = Object.entries(raghu2021.roles).map(([role, { family }]) => {
	if (family === "CNN" || family === "MIXER") return { role, id: family === "CNN" ? "resnet" : "mixer" };
	return { role, id: role === "vitGap" ? "vit-gap" : "vit" };
});

/** With fewer images to fit probes on: they would take most of the time. */
const smaller: Report = {
	...raghu2021,
	variables: ({ train, ...asked }) =>
		raghu2021.variables({ ...asked, train: train && { ...train, count: 640, batchSize: 64 } }),
};

let folder: string;
let outDir: string;
let report: ReportData;
let execute: Execute;
beforeAll(async () => {
	const services = await untrainedServices(models);
	execute = (query, variables) => executeQuery(services, { query, variables }, { limited: false });
	report = await runReport(smaller, execute, { models: cast, images: { count: 32, batchSize: 8 } });
	folder = await mkdtemp(join(tmpdir(), "sightline-numbers-"));
	outDir = join(folder, "site");
	const [assetsDir, stillsDir] = [join(folder, "assets"), join(folder, "stills")];
	await bundleAssets(assetsDir);
	await buildSite({ reports: [report], models: [], outDir, assetsDir, stillsDir });
}, 600_000);
afterAll(() => folder && rm(folder, { recursive: true }));

it("every figure is there", () => {
	expect(report.omitted).toEqual([]);
	expect(report.figures).toHaveLength(raghu2021.figures.length);
});

describe.each(raghu2021.figures.map((figure) => [figure.id, figure] as const))("the page of %s", (id, figure) => {
	let page: PrintedPage;
	let anew: EvaluatedFigure;
	beforeAll(async () => {
		page = await printedPage(join(outDir, raghu2021.id, id));
		const answer = await execute(page.query, page.variables);
		const titles = new Map(report.models.map((model) => [model.id, model.title]));
		const names = Object.entries(page.variables).map(([name, value]) => [name, titles.get(String(value)) ?? "leaves"]);
		anew = figure.evaluate(
			plainData(answer, () => id),
			Object.fromEntries(names),
		);
	});

	it("prints its own query", () => {
		expect(page.query).toBe(figure.query);
	});

	it("has the same chart, verdicts and provenance in figure.json", () => {
		const { spec, claims, provenance } = page.json;
		const again = { spec: anew.spec, claims: anew.claims, provenance: mergeProvenance(anew.provenance) };
		expect(firstDifference({ spec, claims, provenance }, JSON.parse(JSON.stringify(again)))).toBeNull();
	});

	it("has the same numbers in data.csv, no more and no fewer", () => {
		const [, ...rows] = page.csv;
		const printed = rows.flatMap((row) => row.filter((_, column) => !named[anew.spec.kind].includes(column)));
		const numbers = printed.filter((cell) => cell !== "").map(Number);
		expect(firstDifference(numbers, allNumbers(anew.spec))).toBeNull();
		expect(printed.length).toBeGreaterThan(0);
	});

	it("has the same numbers in its tables, to their rounding", () => {
		const expected = tableNumbers(anew.spec);
		expect(page.tables).toHaveLength(anew.spec.panels.length);
		page.tables.forEach((rows, panel) => {
			rows.forEach(([name, ...cells], row) => {
				cells.forEach((cell, column) => {
					expectPrinted(cell, expected[panel]?.[row]?.[column] ?? [], `${name}, column ${column}`);
				});
				expect(cells.length).toBeGreaterThan(0);
			});
			expect(rows).toHaveLength(expected[panel]?.length ?? 0);
		});
	});

	it("has the same numbers at its claims, to their rounding", () => {
		const statistics = anew.claims.flatMap(({ cases }) =>
			cases.flatMap(({ tests, also }) => [
				...tests.map((test) => ({ ...test, threshold: [test.threshold] })),
				...also.map((statistic) => ({ ...statistic, threshold: [] as number[] })),
			]),
		);
		expect(page.claims.map(([name]) => name)).toEqual(statistics.map(({ name }) => name));
		for (const [index, { name, interval, reason, threshold }] of statistics.entries()) {
			const [, value = "", ...others] = page.claims[index] ?? [];
			if (interval === null) {
				expect(value).toBe(reason);
				continue;
			}
			expectPrinted(value, [interval.value], name);
			expectPrinted(others[0] ?? "", [interval.low, interval.high], name);
			expectPrinted(others[1] ?? "", threshold, name);
		}
		expect(statistics.length).toBe(page.claims.length);
	});
});

/** Where two values of JSON part, as "place: one, other"; a comparison of thousands of numbers in full would take minutes. */
function firstDifference(one: unknown, other: unknown, place = ""): string | null {
	if (Object.is(one, other)) return null;
	const areObjects = typeof one === "object" && typeof other === "object" && one !== null && other !== null;
	if (!areObjects) return `${place}: ${JSON.stringify(one)}, ${JSON.stringify(other)}`;
	const names = new Set([...Object.keys(one), ...Object.keys(other)]);
	for (const name of names) {
		const [left, right] = [one, other].map((value) => (value as Readonly<Record<string, unknown>>)[name]); // by name
		const found = firstDifference(left, right, `${place}.${name}`);
		if (found !== null) return found;
	}
	return null;
}

/** Each number that is printed is that value, rounded; a "no value" stands for none. */
function expectPrinted(text: string, values: readonly number[], place: string): void {
	const printed = printedNumbers(text);
	expect(printed.length, `${place}: "${text}" for ${values.join(", ")}`).toBe(values.length);
	for (const [index, { value, halfUnit }] of printed.entries()) {
		const away = Math.abs(value - (values[index] ?? Number.NaN));
		expect(away, `${place}: "${text}" for ${values.join(", ")}`).toBeLessThanOrEqual(halfUnit * (1 + 1e-9));
	}
}

/** Columns of data.csv that hold names. */
const named: Readonly<Record<FigureSpec["kind"], readonly number[]>> = {
	heatMap: [0, 1, 2],
	lines: [0, 1, 3],
	maps: [0, 1],
};

/** All numbers of a figure in the order of its data file. */
function allNumbers(spec: FigureSpec): number[] {
	const there = (value: number | null | undefined) => value ?? [];
	switch (spec.kind) {
		case "heatMap":
			return spec.panels.flatMap(({ values, standardErrors }) =>
				values.flatMap((row, i) => row.flatMap((value, j) => [there(value), there(standardErrors[i]?.[j])].flat())),
			);
		case "lines":
			return spec.panels.flatMap(({ series, references }) => [
				...series.flatMap(({ points }) =>
					points.flatMap(({ x, y, standardError, interval = [] }) => [x, y, there(standardError), ...interval].flat()),
				),
				...references.map(({ y }) => y),
			]);
		case "maps":
			return spec.panels.flatMap(({ maps }) =>
				maps.flatMap(({ values }) =>
					values.flatMap((row, i) => row.flatMap((value, j) => [i, j, there(value)].flat())),
				),
			);
	}
}

/** [panel][row][column]: the numbers that a cell of a page's tables prints. */
function tableNumbers(spec: FigureSpec): readonly (readonly (readonly (readonly number[])[])[])[] {
	switch (spec.kind) {
		case "heatMap":
			return spec.panels.map(({ rows, columns, values }) =>
				rows.groups.map((across) =>
					columns.groups.map((down) => {
						let [sum, count] = [0, 0];
						for (let row = across.start; row < across.end; row++)
							for (let column = down.start; column < down.end; column++) {
								const value = values[row]?.[column] ?? null;
								if (value !== null) [sum, count] = [sum + value, count + 1];
							}
						return count === 0 ? [] : [sum / count];
					}),
				),
			);
		case "lines":
			if (spec.x.scale === "values") return spec.panels.map(({ series }) => placeNumbers(series));
			return spec.panels.map(({ series }) =>
				series.map(({ points }) =>
					points.map((point) => [...pointNumbers(point), ...printedNumbers(point.name).map(({ value }) => value)]),
				),
			);
		case "maps":
			return spec.panels.map(({ maps }) =>
				maps
					.filter(({ shown }) => shown)
					.map(({ values, note }) => {
						const cells = values.flat().filter((value) => value !== null);
						const ends = cells.length === 0 ? [] : [[Math.min(...cells)], [Math.max(...cells)]];
						return [...ends, printedNumbers(note).map(({ value }) => value)];
					}),
			);
	}
}

/** A row for each place on the x axis, a cell a series. */
function placeNumbers(series: readonly Series[]): number[][][] {
	const places = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
	return places.map((place) =>
		series.map(({ points }) => {
			const point = points.find(({ x }) => x === place);
			return point === undefined ? [] : pointNumbers(point);
		}),
	);
}

function pointNumbers({ y, standardError, interval }: Point): number[] {
	return [y, ...(interval ?? (standardError === null ? [] : [standardError]))];
}
