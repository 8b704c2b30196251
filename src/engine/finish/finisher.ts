/** Values from records, made off the thread that serves requests. */
import type { StatisticName, StatisticOptions, StatisticSides, StatisticValue } from "../../metrics/statistics.ts";
import { restartedThread } from "../thread/thread.ts";
import type { FinishCalls } from "./finishCalls.ts";

export interface Finisher {
	finish<Name extends StatisticName>(
		name: Name,
		sides: StatisticSides<Name>,
		options: StatisticOptions<Name>,
	): Promise<StatisticValue<Name>>;
	close(): Promise<void>;
}

/** Finishes in a thread of its own, which is started at the first value. */
export function threadedFinisher(): Finisher {
	const thread = restartedThread<FinishCalls>(new URL("./finishWorker.ts", import.meta.url));
	return {
		async finish<Name extends StatisticName>(name: Name, sides: StatisticSides<Name>, options: StatisticOptions<Name>) {
			// The worker calls the statistic of that name.
			return (await thread.call("finish", { name, sides, options })) as StatisticValue<Name>;
		},
		close: () => thread.close(),
	};
}
