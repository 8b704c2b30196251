import type { BatchRecord, Records } from "./metric.ts";

/** The batches that count where a value needs all images of a batch at once: a last, shorter one left no record. */
export function fullBatches({ records, batchSize }: Records): readonly BatchRecord[] {
	return records.filter(({ images }) => images === batchSize);
}
