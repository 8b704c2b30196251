/**
 * A record that lies in the store. Its values are read, and checked against their sum again, when they are looked at: so
 * records that are larger than the memory together can be gone through one after the other.
 */
import { SightlineError } from "../../errors.ts";
import type { BatchRecord } from "../../metrics/metric.ts";
import type { Store } from "../../store/store.ts";
import { decodeRecord } from "./record.ts";

/** What it takes to find a record, also from another thread. */
export interface RecordPlace {
	readonly address: string;
	readonly index: number;
	readonly images: number;
}

export interface PlacedRecord extends RecordPlace, BatchRecord {}

/** @param keeps whether values that were read once stay in memory with the record */
export function recordAt(
	store: Pick<Store, "getSync" | "place">,
	{ address, index, images }: RecordPlace,
	keeps: boolean,
): PlacedRecord {
	let kept: BatchRecord["values"] | undefined;
	return {
		address,
		index,
		images,
		get values() {
			if (kept !== undefined) return kept;
			const bytes = store.getSync(address);
			if (bytes === undefined) throw vanished(address, store.place);
			const { values } = decodeRecord(bytes);
			if (keeps) kept = values;
			return values;
		},
	};
}

function vanished(address: string, place: string): SightlineError {
	return new SightlineError("STORAGE", `record ${address} vanished from the store ${place} before it was read`, {
		hint: "Ask again: it will be measured anew. Is something emptying that folder?",
	});
}
