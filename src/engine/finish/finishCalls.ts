/** The calls that the finishing thread answers: one for each statistic, from its records to its value. */
import type { StatisticName, StatisticSides, StatisticValue } from "../../metrics/statistics.ts";

export type FinishCalls = {
	readonly [Name in StatisticName]: {
		readonly argument: StatisticSides<Name>;
		readonly reply: StatisticValue<Name>;
	};
};
