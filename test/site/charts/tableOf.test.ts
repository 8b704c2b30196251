import { describe, expect, it } from "vitest";
import { csvOf } from "../../../site/charts/csvOf.ts";
import { tablesOf } from "../../../site/charts/tableOf.ts";
import { curves, heatMap, lines, maps } from "../../support/specs.ts";

describe("csvOf", () => {
	it("has a line a cell, quoted where needed, empty where there is no value", () => {
		const text = csvOf(heatMap).split("\r\n");
		expect(text).toHaveLength(1 + 3 * 4 + 1);
		expect(text[0]).toBe("panel,row,column,value,standardError");
		expect(text[1]).toBe('"T-S ""x"" B, small",a0,b0,1,0');
		expect(text[7]).toBe('"T-S ""x"" B, small",a1,b2,,');
		expect(text[9]).toBe('"T-S ""x"" B, small",a2,b0,-0.01,0.1');
	});

	it("has a line a point, and the reference", () => {
		expect(csvOf(lines)).toBe(
			[
				"panel,block,rank,name,value,standardError,low,high",
				"A,block 0,1,head 1,5.5,0.25,,",
				"A,block 0,2,head 0,30,,,",
				"A,block 1,1,head 0,31,0.1,,",
				"A,uniform attention,,,33.25,,,",
				"",
			].join("\r\n"),
		);
	});
});

it("names the place on the axis where lines run over values", () => {
	expect(csvOf(curves).split("\r\n").slice(0, 2)).toEqual([
		"panel,curve,x,name,value,standardError,low,high",
		"B,seen,32,after 32,40,,,",
	]);
});

describe("tablesOf", () => {
	it("of a heat map gives the mean over each pair of groups, without missing cells", () => {
		expect(tablesOf(heatMap)).toEqual([
			{
				caption:
					'T-S "x" B, small: mean Linear CKA of each pair of groups (downwards: A layers, by block; across: B layers, by stage)',
				columns: ["", "stage 0", "stage 1"],
				rows: [
					["block 0", "0.50", "0.50"],
					["block 1", "0.10", "0.40"],
				],
			},
		]);
	});

	it("of lines gives each point with its error and name", () => {
		expect(tablesOf(lines)[0]?.rows).toEqual([
			["block 0", "5.50 ± 0.25 (head 1)", "30.00 (head 0)"],
			["block 1", "31.00 ± 0.10 (head 0)"],
		]);
	});

	it("of lines over values has a row for each place, ascending, empty where a line has none", () => {
		expect(tablesOf(curves)).toEqual([
			{
				caption: "B: Accuracy (%) by Images seen, ± standard error",
				columns: ["Images seen", "seen", "unseen"],
				rows: [
					["8", "10.50", ""],
					["32", "40.00", "35.00 ± 1.25"],
				],
			},
		]);
	});

	it("of maps tells the ends and the note of each", () => {
		expect(tablesOf(maps)[0]?.rows).toEqual([
			["token (0, 1)", "0", "1", "own 0.5"],
			["token (1, 1)", "0.25", "0.25", ""],
		]);
		expect(csvOf(maps).split("\r\n").slice(0, 4)).toEqual([
			"panel,map,row,column,value",
			'C,"token (0, 1)",0,0,0',
			'C,"token (0, 1)",0,1,0.5',
			'C,"token (0, 1)",1,0,',
		]);
	});
});
