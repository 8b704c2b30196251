/** How a reader goes through the values of a panel one at a time, by keys or with a pointer. */
import type { Chart } from "chart.js";

/** One value of a panel: a cell of a matrix, a cell of one of its maps, or a point of one of its lines. */
export interface Place {
	/** Which of several maps; 0 where there is one. */
	readonly part: number;
	/** Of a matrix or a map; of lines, which of those drawn. */
	readonly row: number;
	readonly column: number;
}

export interface Walk {
	/** How many values each row has, of each part. */
	readonly parts: readonly (readonly number[])[];
	/** The first row stands at the bottom. */
	readonly upwards: boolean;
	/** What is told of a value, in one line. */
	text(place: Place): string;
	/** Where a value is drawn, and which point of the chart its tooltip belongs to. */
	aim(chart: Chart, place: Place): Aim | null;
	/** The value under the pointer, null where there is none. */
	under(chart: Chart): Place | null;
}

export interface Aim {
	readonly datasetIndex: number;
	readonly index: number;
	/** Pixels from the canvas's upper left. */
	readonly x: number;
	readonly y: number;
}

/** Where the first key leads; null where there is no value. */
export function firstPlace({ parts }: Walk): Place | null {
	const part = parts.findIndex((rows) => rows.some((length) => length > 0));
	return part < 0 ? null : { part, row: parts[part]?.findIndex((length) => length > 0) ?? 0, column: 0 };
}

/**
 * Arrows lead to the neighbours, Home and End to the ends of the row, Page Up and Page Down from map to map; at an end the
 * place stays.
 *
 * @returns null for any other key
 */
export function moved({ parts, upwards }: Walk, place: Place, key: string): Place | null {
	const { part, row, column } = place;
	const within = (next: Place): Place => {
		const at = clamp(next.part, parts.length);
		const rows = parts[at] ?? [];
		const line = clamp(next.row, rows.length);
		return { part: at, row: line, column: clamp(next.column, rows[line] ?? 0) };
	};
	switch (key) {
		case "ArrowLeft":
			return within({ part, row, column: column - 1 });
		case "ArrowRight":
			return within({ part, row, column: column + 1 });
		case "ArrowUp":
			return within({ part, row: row + (upwards ? 1 : -1), column });
		case "ArrowDown":
			return within({ part, row: row + (upwards ? -1 : 1), column });
		case "Home":
			return within({ part, row, column: 0 });
		case "End":
			return within({ part, row, column: Number.POSITIVE_INFINITY });
		case "PageUp":
			return within({ part: part - 1, row, column });
		case "PageDown":
			return within({ part: part + 1, row, column });
		default:
			return null;
	}
}

function clamp(index: number, length: number): number {
	return Math.max(0, Math.min(length - 1, index));
}
