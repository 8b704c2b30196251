/** The thread that finishes values: CKA of many layers over many batches takes seconds, in which requests shall be served. */
import type { Records } from "../../metrics/metric.ts";
import { oneRecordAtATime, statistics } from "../../metrics/statistics.ts";
import { DiskStore } from "../../store/disk.ts";
import { recordAt } from "../pass/recordAt.ts";
import { serveCalls } from "../thread/serveCalls.ts";
import type { FinishCalls, FinishRequest } from "./finishCalls.ts";

serveCalls<FinishCalls>({
	async finish(request) {
		// The finisher's types hold sides and options to the name; they are lost on the way between threads.
		const statistic = statistics[request.name] as (sides: readonly Records[], options: unknown) => unknown;
		return { value: statistic(sidesOf(request), request.options) };
	},
});

function sidesOf({ name, sides, folder }: FinishRequest): readonly Records[] {
	const store = new DiskStore(folder ?? "");
	const keeps = !oneRecordAtATime.has(name);
	return sides.map((side) => ({
		...side,
		records: side.records.map((record) => ("values" in record ? record : recordAt(store, record, keeps))),
	}));
}
