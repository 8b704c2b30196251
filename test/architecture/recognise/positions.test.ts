import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Grid, type Resampling, resampledPositions } from "../../../src/architecture/recognise/positions.ts";
import { float32s, fromFloat32s } from "../../../src/tensor/values.ts";
import { fixture } from "../../support/checkpoints.ts";

interface Reference {
	/** One class token's position, then those of 4 x 4 patches, of width 3. */
	readonly given: readonly number[];
	readonly cases: readonly { readonly how: Resampling; readonly grid: Grid; readonly values: readonly number[] }[];
}

const { given, cases }: Reference = JSON.parse(readFileSync(fixture("positions.json"), "utf8"));
const table = fromFloat32s([1, 17, 3], given);

test.each(cases.map((each) => [each.how, each.grid, each.values] as const))(
	"%s to a grid of %j gives what the library gives",
	(how, grid, values) => {
		const found = resampledPositions(table, 1, [4, 4], grid, how);
		expect(found.shape).toEqual([1, 1 + grid[0] * grid[1], 3]);
		// Numbers up to 1.2, which timm interpolates in float32, and all are rounded to it.
		const differences = [...float32s(found)].map((value, index) => Math.abs(value - (values[index] ?? Number.NaN)));
		expect(Math.max(...differences)).toBeLessThan(1e-6);
	},
);

test.each(["antialiased", "bicubic", "bicubicAligned", "bilinearAligned"] as const)(
	"%s to the same grid changes nothing",
	(how) => {
		const found = [...float32s(resampledPositions(table, 1, [4, 4], [4, 4], how))];
		const differences = found.map((value, index) => Math.abs(value - (given[index] ?? Number.NaN)));
		expect(Math.max(...differences)).toBeLessThan(1e-7);
	},
);

test("a grid that is no square is read row by row", () => {
	const rows = fromFloat32s([1, 6, 1], [0, 0, 0, 1, 1, 1]);
	expect([...float32s(resampledPositions(rows, 0, [2, 3], [2, 1], "bilinearAligned"))]).toEqual([0, 1]);
});
