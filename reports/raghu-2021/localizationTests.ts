/** When a layer is held to be localised, and one better than another: the same in all figures about it. */
import type { Statistic, Test } from "../../src/report/claim.ts";
import type { LocalizationResult } from "../../src/report/queryResult.ts";
import { difference } from "../../src/report/statistics/estimates.ts";
import { medianDistancePx, ownMinusMean, ownShare } from "../../src/report/statistics/localized.ts";

/** Picks a layer of a figure's data. */
export type Pick<Data> = (data: Data) => LocalizationResult | undefined;

/** In the words of a rule. */
export const localizedRule =
	"Interior tokens are those not at the border of the grid. A layer is localised if more than half of them are most similar to their own patch, of all (the median token finds itself), and if their CKA with it is above that with all patches in the mean. The share moves in steps of a token, so its 95 % interval reaches one token to either side at least, within 0 to 1.";

/** @param of what is added to the tests' names */
export function localizedTests<Data>(pick: Pick<Data>, of = ""): Test<Data>[] {
	return [
		{
			name: `Share of interior tokens that find their own patch${of}`,
			side: "above",
			threshold: 0.5,
			measure: (data, level) => ownShare(pick(data))(level),
		},
		{
			name: `CKA with the own patch − with all${of}`,
			side: "above",
			threshold: 0,
			measure: (data, level) => ownMinusMean(pick(data))(level),
		},
	];
}

/** One layer finds its own patches more often than another, whatever the level of their similarities. */
export function betterLocalized<Data>(name: string, better: Pick<Data>, worse: Pick<Data>): Test<Data> {
	return {
		name: `Share of interior tokens that find their own patch, ${name}`,
		side: "above",
		threshold: 0,
		measure: (data, level) => difference(ownShare(better(data)), ownShare(worse(data)))(level),
	};
}

/** What is printed beside a comparison. */
export function localizedNumbers<Data>(name: string, pick: Pick<Data>): Statistic<Data>[] {
	return [
		{ name: `Share that finds its own patch (${name})`, measure: (data, level) => ownShare(pick(data))(level) },
		{ name: `CKA with the own patch − with all (${name})`, measure: (data, level) => ownMinusMean(pick(data))(level) },
		{
			name: `Median way to the most similar patch, px (${name})`,
			digits: 1,
			measure: (data, level) => medianDistancePx(pick(data))(level),
		},
	];
}
