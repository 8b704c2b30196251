import { SightlineError } from "../errors.ts";
import type { BatchRecord, Records } from "./metric.ts";

/**
 * Two models can be compared where both saw the same images in the same batches.
 * @throws SightlineError BAD_INPUT where they did not
 */
export function requireSameBatches(rows: Records, columns: Records): void {
	if (rows.batchSize !== columns.batchSize || rows.records.length !== columns.records.length)
		throw differentImages(sizeOf(rows), sizeOf(columns));
	for (const [at, row] of rows.records.entries()) {
		const column = columns.records[at] as BatchRecord; // as many as rows
		if (row.index !== column.index || row.images !== column.images)
			throw differentImages(batchInWords(row), batchInWords(column));
	}
}

function sizeOf({ records, batchSize }: Records): string {
	return `${records.length} batches of ${batchSize} images`;
}

function batchInWords({ index, images }: BatchRecord): string {
	return `${images} images in batch ${index}`;
}

function differentImages(given: string, expected: string): SightlineError {
	return new SightlineError("BAD_INPUT", `rows saw ${given}, columns saw ${expected}`, {
		hint: "Ask for both models on the same images, count and batch size.",
	});
}
