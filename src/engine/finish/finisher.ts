/** Values from records, made off the thread that serves requests. */
import type { BatchRecord, Records } from "../../metrics/metric.ts";
import type { StatisticName, StatisticOptions, StatisticSides, StatisticValue } from "../../metrics/statistics.ts";
import type { Store } from "../../store/store.ts";
import type { PlacedRecord, RecordPlace } from "../pass/recordAt.ts";
import { restartedThread } from "../thread/thread.ts";
import type { FinishCalls, RequestSide } from "./finishCalls.ts";

export interface Finisher {
	finish<Name extends StatisticName>(
		name: Name,
		sides: StatisticSides<Name>,
		options: StatisticOptions<Name>,
	): Promise<StatisticValue<Name>>;
	close(): Promise<void>;
}

/**
 * Finishes in a thread of its own, which is started at the first value. Where it can open the store it reads the records
 * there, one by one; else their values are copied to it.
 */
export function threadedFinisher({ folder }: Store): Finisher {
	const thread = restartedThread<FinishCalls>(new URL("./finishWorker.ts", import.meta.url));
	return {
		async finish<Name extends StatisticName>(name: Name, sides: StatisticSides<Name>, options: StatisticOptions<Name>) {
			const given = (sides as readonly Records[]).map((side) => request(side, folder !== null)); // one side or two
			// The worker calls the statistic of that name.
			return (await thread.call("finish", { name, sides: given, options, folder })) as StatisticValue<Name>;
		},
		close: () => thread.close(),
	};
}

function request({ anatomy, parameters, layers, batchSize, records }: Records, byPlace: boolean): RequestSide {
	const named = records.map((record) => (byPlace && isPlaced(record) ? placeOf(record) : copyOf(record)));
	return { anatomy, parameters, layers, batchSize, records: named };
}

/** As all are that the engine measured. */
function isPlaced(record: BatchRecord): record is PlacedRecord {
	return "address" in record;
}

function placeOf({ address, index, images }: PlacedRecord): RecordPlace {
	return { address, index, images };
}

function copyOf({ index, images, values }: BatchRecord): BatchRecord {
	return { index, images, values };
}
