/** A model's top-1 on the report's images as an estimate. */
import type { AccuracyResult } from "../../src/report/queryResult.ts";
import { type Estimate, withInterval } from "../../src/report/statistics/estimates.ts";

/** A share of images, 0 to 1. */
export function topOne({ top1, reason }: AccuracyResult): Estimate {
	return withInterval(top1?.value ?? null, top1?.low ?? null, top1?.high ?? null, reason);
}
