/** Whether a figure shows anything, and if not, why. */
import type { FigureSpec } from "./figureSpec.ts";

/** Without a single value in it. */
export function isBlank(spec: FigureSpec): boolean {
	switch (spec.kind) {
		case "heatMap":
			return spec.panels.every(({ values }) => values.flat().every((value) => value === null));
		case "lines":
			return spec.panels.every(({ series }) => series.every(({ points }) => points.length === 0));
		case "maps":
			return spec.panels.every(({ maps }) =>
				maps.every(({ values }) => values.flat().every((value) => value === null)),
			);
	}
}

/** The first reason that stands in a query's result, in depth; null where none does. */
export function firstReason(result: unknown): string | null {
	if (typeof result !== "object" || result === null) return null;
	if ("reason" in result && typeof result.reason === "string") return result.reason;
	for (const item of Object.values(result)) {
		const found = firstReason(item);
		if (found !== null) return found;
	}
	return null;
}
