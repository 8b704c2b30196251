/** The thread that finishes values: CKA of many layers over many batches takes seconds, in which requests shall be served. */
import { statistics } from "../../metrics/statistics.ts";
import { serveCalls } from "../thread/serveCalls.ts";
import type { FinishCalls, FinishRequest } from "./finishCalls.ts";

serveCalls<FinishCalls>({
	async finish({ name, sides, options }) {
		// The finisher's types hold sides and options to the name; they are lost on the way between threads.
		const statistic = statistics[name] as (sides: FinishRequest["sides"], options: unknown) => unknown;
		return { value: statistic(sides, options) };
	},
});
