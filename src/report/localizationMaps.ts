/** Where tokens come from, as small pictures: the similarity of a token with each patch of the image. */
import type { MapsPanel, MapsSpec, PictureMap } from "./figureSpec.ts";
import type { LocalizationResult } from "./queryResult.ts";
import { threeDigits } from "./threeDigits.ts";

/** Each map between its own ends, as the paper draws them. */
export function localizationSpec(panels: readonly MapsPanel[]): MapsSpec {
	const quantity = "Linear CKA of token and patch";
	return { kind: "maps", quantity, colours: "viridis", scale: "map", mapName: "token", panels };
}

/** A token or position of a layer: its row and column from 0. */
export type TokenPlace = readonly [row: number, column: number];

/**
 * A map for each token of a layer, row by row.
 *
 * @param shown those that are drawn at first, where there are such
 */
export function localizationPanel(
	modelTitle: string,
	found: LocalizationResult | undefined,
	shown: readonly TokenPlace[],
): MapsPanel {
	if (!found?.layer) return { title: `${modelTitle}: ${found?.reason ?? "no layers"}`, maps: [] };
	const { name, block } = found.layer;
	const title = `${modelTitle}, ${block === null ? name : `block ${block}`}`;
	const [rows, columns] = found.tokens ?? [];
	const { values } = found;
	if (values === null || rows === undefined || columns === undefined)
		return { title: `${title}: ${found.reason ?? "no values"}`, maps: [] };
	const isShown = (row: number, column: number) => shown.some(([down, across]) => down === row && across === column);
	const maps = values.map((ofToken, token) => {
		const [row, column] = [Math.floor(token / columns), token % columns];
		return pictureOf(found, row, column, ofToken, isShown(row, column));
	});
	return { title, maps, places: [rows, columns] };
}

function pictureOf(
	found: LocalizationResult,
	row: number,
	column: number,
	values: readonly (number | null)[],
	shown: boolean,
): PictureMap {
	const across = found.patches?.[1] ?? values.length;
	const map = Array.from({ length: Math.ceil(values.length / across) }, (_, at) =>
		values.slice(at * across, (at + 1) * across).map((value) => (value === null ? null : threeDigits(value))),
	);
	const peak = peakOf(values);
	return {
		label: `token (${row}, ${column})`,
		shown,
		values: map,
		mark: ownPatch(found, row, column),
		note: peak === null ? "no values" : `peak (${Math.floor(peak / across)}, ${peak % across})`,
	};
}

/** The patch that holds the centre of the token's cell. */
function ownPatch({ tokens, patches }: LocalizationResult, row: number, column: number): PictureMap["mark"] {
	const [rows, columns] = tokens ?? [];
	const [down, across] = patches ?? [];
	if (rows === undefined || columns === undefined || down === undefined || across === undefined) return null;
	return { row: Math.floor(((row + 0.5) * down) / rows), column: Math.floor(((column + 0.5) * across) / columns) };
}

/** The first of the largest. */
function peakOf(values: readonly (number | null)[]): number | null {
	return values.reduce<number | null>(
		(best, value, at) => (value !== null && value > ((best === null ? null : values[best]) ?? -Infinity) ? at : best),
		null,
	);
}
