/** The grid that patches stand in: as the graph has it, or as the model's entry declares it. */
import { SightlineError } from "../errors.ts";
import type { AnatomyOverrides, Finding } from "./anatomy.ts";

type Grid = readonly [rows: number, columns: number];

/** What a model's entry may say of its tokens. */
export type TokenOverrides = Pick<AnatomyOverrides, "classToken" | "tokensBeforePatches" | "grid">;

/** The grid of a convolution's output [batch, width, rows, columns]. */
export function gridOfMap(shape: readonly number[]): [number, number] | null {
	const [, , rows, columns] = shape;
	return rows === undefined || columns === undefined ? null : [rows, columns];
}

/** The grid of patches that lie one after the other: as the image is, so is the grid. */
export function gridOfRow(patches: number, [height, width]: readonly [number, number]): [number, number] | null {
	const rows = Math.sqrt((patches * height) / width);
	return Number.isInteger(rows) && rows > 0 ? [rows, patches / rows] : null;
}

/**
 * The grid that the entry declares, outright or by the number of other tokens; null where it declares neither.
 *
 * @throws SightlineError BAD_INPUT: there are not so many tokens
 */
export function declaredGrid(
	{ grid, tokensBeforePatches: before }: TokenOverrides,
	count: number,
	imageSize: Grid,
): Grid | null {
	if (grid !== undefined) {
		const patches = grid[0] * grid[1];
		const expected = before === undefined ? patches <= count : patches + before === count;
		if (expected) return grid;
		const others = before === undefined ? "" : ` and ${before} before them`;
		throw contradiction(
			`grid is ${grid.join(" x ")}`,
			`${patches} patches${others} are not the ${count} tokens there are`,
		);
	}
	if (before === undefined) return null;
	const found = before < count ? gridOfRow(count - before, imageSize) : null;
	if (found !== null) return found;
	const left = `of ${count} tokens that leaves ${count - before}`;
	throw contradiction(
		`tokensBeforePatches is ${before}`,
		`${left}, no grid in the proportions of ${imageSize.join(" x ")} px`,
	);
}

/** How sure the grid is. @param isMap whether a convolution cut the patches */
export function gridFinding(declared: TokenOverrides, isMap: boolean, grid: Grid): Finding {
	const words = grid.join(" x ");
	if (declared.grid !== undefined || declared.tokensBeforePatches !== undefined)
		return { part: "grid", confidence: "certain", reason: "The model's entry declares it, and the tokens allow it." };
	return isMap
		? { part: "grid", confidence: "certain", reason: `The convolution that cuts the patches gives ${words} of them.` }
		: {
				part: "grid",
				confidence: "likely",
				reason: `The patches come as rows of one matrix; ${words} has the image's proportions.`,
			};
}

/** An error about an entry that says what the graph cannot be. */
export function contradiction(declared: string, fact: string): SightlineError {
	return new SightlineError("BAD_INPUT", `overrides.${declared}, but ${fact}`, {
		hint: "Correct it in the model's entry, or leave it out: `sightline inspect` shows what is found without.",
	});
}
