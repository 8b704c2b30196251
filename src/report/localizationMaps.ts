/** Where tokens come from, as small pictures: the similarity of a token with each patch of the image. */
import type { MapsPanel, MapsSpec, PictureMap } from "./figureSpec.ts";
import type { LocalizationResult } from "./queryResult.ts";
import { threeDigits } from "./threeDigits.ts";

/** Each map between its own ends, as the paper draws them. */
export function localizationSpec(panels: readonly MapsPanel[]): MapsSpec {
	return { kind: "maps", quantity: "Linear CKA of token and patch", colours: "viridis", scale: "map", panels };
}

/** A row of maps, one for each token that was asked for and that there is. */
export function localizationPanel(modelTitle: string, found: LocalizationResult | undefined): MapsPanel {
	if (!found?.layer) return { title: `${modelTitle}: ${found?.reason ?? "no layers"}`, maps: [] };
	const { name, block } = found.layer;
	const title = `${modelTitle}, ${block === null ? name : `block ${block}`}`;
	return { title, maps: tokensOf(found).flatMap(({ row, column, map }) => pictureOf(found, row, column, map)) };
}

interface Token {
	readonly row: number;
	readonly column: number;
	readonly map: readonly (readonly (number | null)[])[];
}

/** The fields that a query names after the tokens' places. */
function tokensOf(found: LocalizationResult): readonly Token[] {
	return Object.keys(found).flatMap((key) => {
		const [, row, column] = /^token_(\d+)_(\d+)$/.exec(key) ?? [];
		if (row === undefined || column === undefined) return [];
		const map = found[`token_${Number(row)}_${Number(column)}`];
		return map == null ? [] : [{ row: Number(row), column: Number(column), map }];
	});
}

function pictureOf(found: LocalizationResult, row: number, column: number, map: Token["map"]): PictureMap[] {
	const own = ownPatch(found, row, column);
	const peak = peakOf(map);
	return [
		{
			label: `token (${row}, ${column})`,
			values: map.map((cells) => cells.map((value) => (value === null ? null : threeDigits(value)))),
			mark: own,
			note: peak === null ? "no values" : `peak (${peak.row}, ${peak.column})`,
		},
	];
}

/** The patch that holds the centre of the token's cell. */
function ownPatch({ tokens, patches }: LocalizationResult, row: number, column: number): PictureMap["mark"] {
	const [rows, columns] = tokens ?? [];
	const [down, across] = patches ?? [];
	if (rows === undefined || columns === undefined || down === undefined || across === undefined) return null;
	return { row: Math.floor(((row + 0.5) * down) / rows), column: Math.floor(((column + 0.5) * across) / columns) };
}

/** The first of the largest. */
function peakOf(map: Token["map"]): { readonly row: number; readonly column: number } | null {
	const cells = map.flatMap((values, row) =>
		values.flatMap((value, column) => (value === null ? [] : [{ row, column, value }])),
	);
	return cells.reduce<(typeof cells)[number] | null>(
		(best, cell) => (best === null || cell.value > best.value ? cell : best),
		null,
	);
}
