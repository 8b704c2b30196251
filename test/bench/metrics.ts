/** What every metric costs alone. */
import type { OpenModel } from "../../src/data/modelFile.ts";
import type { Measurement } from "../../src/plan/measurement.ts";
import { measureRates, type Rates } from "./rates.ts";

/** By the name of the metric; of one that is asked for several layers, all of them together. */
export type MetricRates = Readonly<Record<string, Rates>>;

export async function measureMetrics(open: OpenModel, measurements: readonly Measurement[]): Promise<MetricRates> {
	const rates: Record<string, Rates> = {};
	for (const name of new Set(measurements.map(({ metric }) => metric.name))) {
		const [first, ...others] = measurements.filter(({ metric }) => metric.name === name);
		if (first !== undefined) rates[name] = await measureRates(open, [first, ...others]);
	}
	return rates;
}
