/** The call that the finishing thread answers: a statistic by its name, from records to a value. */
import type { Records } from "../../metrics/metric.ts";
import type { StatisticName } from "../../metrics/statistics.ts";

export type FinishCalls = {
	readonly finish: { readonly argument: FinishRequest; readonly reply: unknown };
};

export interface FinishRequest {
	readonly name: StatisticName;
	/** As the statistic takes them. */
	readonly sides: readonly Records[];
	readonly options: unknown;
}
