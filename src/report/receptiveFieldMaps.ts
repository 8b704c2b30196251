/** Effective receptive fields as small pictures. */
import type { MapsPanel, MapsSpec, PictureMap } from "./figureSpec.ts";
import type { ReceptiveFieldMapResult, ReceptiveFieldResult } from "./queryResult.ts";
import { threeDigits } from "./threeDigits.ts";

/** Each map from 0, white, to its own largest value, black, as the paper draws them. */
export function receptiveFieldSpec(panels: readonly MapsPanel[]): MapsSpec {
	return {
		kind: "maps",
		quantity: "|gradient| over its mean",
		colours: "greys",
		scale: "zeroToMap",
		mapName: "layer",
		panels,
	};
}

/**
 * A row of maps in the order of the layers.
 *
 * @param mostCells a side of a map; larger ones are shown as means over as many pixels as it takes
 * @param shown those that are drawn at first
 */
export function receptiveFieldPanel(
	title: string,
	fields: readonly ReceptiveFieldMapResult[],
	mostCells: number,
	shown: readonly ReceptiveFieldMapResult[] = fields,
): MapsPanel {
	const layers = fields.filter(({ layer }) => layer !== null);
	const [missing] = fields;
	return layers.length === 0
		? { title: `${title}: ${missing?.reason ?? "no layers"}`, maps: [] }
		: { title, maps: layers.map((field) => ({ ...pictureOf(field, mostCells), shown: shown.includes(field) })) };
}

/** "attention 3": blocks are counted from 1, as the paper does here. */
export function layerLabel({ kind, block }: Pick<ReceptiveFieldResult, "kind" | "block">): string {
	const words: Readonly<Record<string, string>> = {
		...{ mlp: "MLP", tokenMixing: "mixing", patchEmbedding: "patch embedding", convolution: "first convolution" },
	};
	const word = words[kind ?? ""] ?? kind ?? "layer";
	return block === null ? word : `${word} ${block + 1}`;
}

function pictureOf(field: ReceptiveFieldMapResult, mostCells: number): Omit<PictureMap, "shown"> {
	const { map, radiusHoldingHalfPx, radiusHoldingNinetyPx } = field;
	const label = layerLabel(field);
	if (map === null) return { label, values: [[null]], mark: null, note: field.reason ?? "no map" };
	const [half, ninety] = [radiusHoldingHalfPx, radiusHoldingNinetyPx].map((radius) => pixels(radius?.value ?? null));
	return { label, values: overMean(map, mostCells), mark: null, note: `r50 ${half}, r90 ${ninety} px` };
}

/** The map over its mean, so that an even one is 1 whatever its size, in cells of whole pixels. */
function overMean(map: readonly (readonly number[])[], mostCells: number): number[][] {
	const [height, width] = [map.length, map[0]?.length ?? 0];
	const step = Math.ceil(Math.max(height, width) / mostCells);
	const [rows, columns] = [Math.ceil(height / step), Math.ceil(width / step)];
	const total = map.reduce((sum, row) => sum + row.reduce((part, value) => part + value, 0), 0);
	return Array.from({ length: rows }, (_, row) =>
		Array.from({ length: columns }, (_, column) => {
			const cell = map
				.slice(row * step, (row + 1) * step)
				.flatMap((pixels) => pixels.slice(column * step, (column + 1) * step));
			const mean = cell.reduce((sum, value) => sum + value, 0) / cell.length;
			return threeDigits((mean * height * width) / total);
		}),
	);
}

function pixels(radius: number | null): string {
	return radius === null ? "–" : radius.toFixed(radius < 10 ? 1 : 0);
}
