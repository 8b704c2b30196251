/** How many of several comparisons come out one way. */
import type { Estimate } from "./estimates.ts";

/**
 * The share of the differences that are above 0. Each interval is widened (Bonferroni) so that all hold at once; the
 * share's goes from those that lie wholly above 0 to those that do not lie wholly below.
 */
export function shareAbove(differences: readonly Estimate[]): Estimate {
	return (level) => {
		const found = differences.map((one) => one(1 - (1 - level) / differences.length));
		const missing = found.find((one) => "reason" in one);
		if (missing !== undefined) return missing;
		const known = found.flatMap((one) => ("reason" in one ? [] : [one]));
		if (known.length === 0) return { reason: "there is nothing to compare" };
		const share = (part: "value" | "low" | "high") => known.filter((one) => one[part] > 0).length / known.length;
		return { value: share("value"), low: share("low"), high: share("high") };
	};
}
