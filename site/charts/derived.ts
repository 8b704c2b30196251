/** Figures that are made from a part of another one, as a reader asks for it. */
import type { FigureSpec, HeatMapSpec, LinesPanel, LinesSpec, MapsSpec } from "../../src/report/figureSpec.ts";
import { largestX } from "./lines.ts";
import type { Place } from "./walk.ts";

/** A row of a matrix as a line, its layers from left to right; null where there is no such row. */
export function cutOf({ quantity, scale, panels }: HeatMapSpec, panel: number, row: number): LinesSpec | null {
	const { title, rows, columns, values, standardErrors } = panels[panel] ?? {};
	const step = rows?.steps[row];
	if (columns === undefined || step === undefined) return null;
	const points = columns.steps.flatMap((name, x) => {
		const y = values?.[row]?.[x] ?? null;
		return y === null ? [] : [{ x, y, standardError: standardErrors?.[row]?.[x] ?? null, name }];
	});
	return {
		kind: "lines",
		x: { title: `${columns.title}, counted from 0`, scale: "values" },
		y: { title: quantity, from: Math.min(scale.from, ...points.map(({ y }) => y)), to: scale.to },
		seriesName: "row",
		panels: [{ title: `${title}: row ${step}`, series: [{ label: step, shown: true, points }], references: [] }],
	};
}

/** One map of each panel, larger: of maps in an order, those at the same share of it. */
export function closeUpOf(spec: MapsSpec, share: number): MapsSpec {
	return closeUp(spec, ({ maps }) => Math.round(share * (maps.length - 1)));
}

/** One map of each panel, larger: those of a place, told as shares of the way down and across its grid. */
export function closeUpAt(spec: MapsSpec, down: number, across: number): MapsSpec {
	return closeUp(spec, ({ places: [rows, columns] = [1, 1] }) => {
		const [row, column] = [placeOf(down, rows), placeOf(across, columns)];
		return row * columns + column;
	});
}

/** The step of a grid in which a share of its side lies. */
function placeOf(share: number, steps: number): number {
	return Math.max(0, Math.min(steps - 1, Math.floor(share * steps)));
}

function closeUp(spec: MapsSpec, pick: (panel: MapsSpec["panels"][number]) => number): MapsSpec {
	return {
		...spec,
		panels: spec.panels.map((panel) => {
			const map = panel.maps[pick(panel)];
			return { title: panel.title, maps: map === undefined ? [] : [{ ...map, shown: true }] };
		}),
	};
}

/**
 * A panel of each of two figures of one kind, on axes and colours that hold both; maps that have colours of their own keep
 * them.
 *
 * @throws where the kinds differ
 */
export function pairOf(one: FigureSpec, first: number, other: FigureSpec, second: number): FigureSpec {
	if (one.kind === "heatMap" && other.kind === "heatMap") {
		const [from, to] = [Math.min(one.scale.from, other.scale.from), Math.max(one.scale.to, other.scale.to)];
		return { ...one, scale: { ...one.scale, from, to }, panels: both(one.panels[first], other.panels[second]) };
	}
	if (one.kind === "lines" && other.kind === "lines") {
		const from = Math.min(one.y.from ?? 0, other.y.from ?? 0);
		const to = one.y.to === null || other.y.to === null ? null : Math.max(one.y.to, other.y.to);
		const spec = { ...one, y: { ...one.y, from, to } };
		return { ...spec, panels: onSharedAxes(spec, both(one.panels[first], other.panels[second])) };
	}
	if (one.kind === "maps" && other.kind === "maps")
		return { ...one, panels: both(one.panels[first], other.panels[second]) };
	throw new Error(`${one.kind} beside ${other.kind}`);
}

function both<Panel>(one: Panel | undefined, other: Panel | undefined): Panel[] {
	return [one, other].filter((panel) => panel !== undefined);
}

/** Panels on the same axes: of their own ends those that hold all; where one has none, those of the figure. */
function onSharedAxes({ x, y }: LinesSpec, panels: readonly LinesPanel[]): LinesPanel[] {
	const from = Math.min(...panels.map(({ ends }) => ends?.x?.from ?? x.from ?? 0));
	const to = Math.max(...panels.map((panel) => panel.ends?.x?.to ?? largestX(panel)));
	const ys = panels.map(({ ends }) => ({ from: ends?.y?.from ?? y.from ?? 0, to: ends?.y?.to ?? y.to }));
	const tops = ys.flatMap((end) => end.to ?? []);
	const isOwn = panels.some(({ ends }) => ends?.y !== undefined) && tops.length === panels.length;
	const ends = {
		...(x.scale === "values" ? { x: { from, to } } : {}),
		...(isOwn ? { y: { from: Math.min(...ys.map((end) => end.from)), to: Math.max(...tops) } } : {}),
	};
	return panels.map((panel) => ({ ...panel, ends }));
}

/** The map of a point of a line, from 0 to its own largest value; null where it has none. */
export function pointMapOf({ panels, mapQuantity = "" }: LinesSpec, panel: number, place: Place): MapsSpec | null {
	const { title = "", series = [] } = panels[panel] ?? {};
	const line = series.filter(({ shown }) => shown)[place.row];
	const point = line?.points[place.column];
	if (line === undefined || point?.map === undefined) return null;
	const map = { label: `${line.label}, ${point.name}`, shown: true, values: point.map, mark: null, note: "" };
	const scale = { colours: "viridis", scale: "zeroToMap", mapName: "point" } as const;
	return { kind: "maps", quantity: mapQuantity, ...scale, panels: [{ title, maps: [map] }] };
}
