/** How well a layer's tokens find their own places in the image, as statistics with intervals over batches of images. */
import { studentQuantile } from "../../numerics/studentQuantile.ts";
import type { LocalizationResult } from "../queryResult.ts";
import { difference, type Estimate, within, withStandardError } from "./estimates.ts";

/**
 * Share of interior tokens whose most similar patch is their own. It moves in steps of one token, which a jackknife may
 * miss altogether: its 95 % interval reaches one token to either side at least, as far as a share can.
 */
export function ownShare(found: LocalizationResult | undefined): Estimate {
	return within([0, 1], jackknifed(found, "ownShare", 1 / interiorTokens(found?.tokens ?? [])));
}

/** CKA of interior tokens with their own patch less that with all, mean over tokens. */
export function ownMinusMean(found: LocalizationResult | undefined): Estimate {
	return jackknifed(found, "ownMinusMean", 0);
}

/** Mean CKA of edge tokens with the patches of the border but their own, less that with the patches inside. */
export function borderLead(found: LocalizationResult | undefined): Estimate {
	return difference(jackknifed(found, "edgeWithBorder", 0), jackknifed(found, "edgeWithInterior", 0));
}

/** Median over interior tokens of the way from their own patch to the most similar one, pixels. */
export function medianDistancePx(found: LocalizationResult | undefined): Estimate {
	return within([0, Number.POSITIVE_INFINITY], jackknifed(found, "medianDistancePx", 0));
}

type Statistic = "ownShare" | "ownMinusMean" | "edgeWithBorder" | "edgeWithInterior" | "medianDistancePx";

/** @param least half the width of the 95 % interval that is told at least */
function jackknifed(found: LocalizationResult | undefined, statistic: Statistic, least: number): Estimate {
	const { value = null, low = null, high = null, reason = null } = found?.[statistic] ?? {};
	const batches = found?.batches ?? 0;
	const why = reason ?? found?.reason ?? "there is no such layer";
	if (low === null || high === null || !(batches >= 2)) return withStandardError(value, null, batches, why);
	const halfWidth = Math.max((high - low) / 2, least);
	return withStandardError(value, halfWidth / studentQuantile(0.95, batches - 1), batches, why);
}

function interiorTokens([rows = 0, columns = 0]: readonly number[]): number {
	return Math.max(1, (rows - 2) * (columns - 2));
}
