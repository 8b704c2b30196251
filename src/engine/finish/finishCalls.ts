/** The call that the finishing thread answers: a statistic by its name, from records to a value. */
import type { BatchRecord, RecordSite } from "../../metrics/metric.ts";
import type { StatisticName } from "../../metrics/statistics.ts";
import type { RecordPlace } from "../pass/recordAt.ts";

export type FinishCalls = {
	readonly finish: { readonly argument: FinishRequest; readonly reply: unknown };
};

export interface FinishRequest {
	readonly name: StatisticName;
	/** As the statistic takes them, but that records may be named by their place in the store. */
	readonly sides: readonly RequestSide[];
	readonly options: unknown;
	/** The store's; null where all records are given. */
	readonly folder: string | null;
}

export interface RequestSide extends RecordSite {
	readonly records: readonly (BatchRecord | RecordPlace)[];
}
