/** Whether a model is as often right as it should be, by what is claimed of it or by chance. */
import { type AskedAccuracy, percent } from "./askAccuracy.ts";

/** As far as images of the same kind may bring a model below what is claimed of it. */
const tolerance = 0.05;
/** A model that nobody claims anything of should do better than chance by this much. */
const timesChance = 3;

export interface Verdict {
	readonly right: boolean;
	/** Whether the claim lies within the interval of what was measured; null where nothing is claimed. */
	readonly agrees: boolean | null;
	/** In a sentence. */
	readonly why: string;
}

/**
 * A claim of other images than these is held to them all the same: it tells wrong pixels from right ones.
 * @param claimed top-1, 0 to 1; null where nothing is claimed
 */
export function judge({ low, high }: AskedAccuracy["top1"], claimed: number | null, chance: number): Verdict {
	if (claimed === null) {
		const right = low > timesChance * chance;
		const clearly = right ? "It is clearly right" : "It is not clearly right";
		const why = `${clearly} more often than ${timesChance} times by chance; nothing is claimed of it.`;
		return { right, agrees: null, why };
	}
	if (claimed < low) return { right: true, agrees: false, why: "It is right more often than is claimed." };
	if (claimed <= high) return { right: true, agrees: true, why: "What is claimed lies within the interval." };
	const right = claimed <= high + tolerance;
	const far = right
		? `by less than the ${percent(tolerance)} that other images may cost`
		: `by more than ${percent(tolerance)}`;
	const advice = right ? "; more images tell more (--count)" : "";
	return { right, agrees: false, why: `The claim lies above the interval, ${far}${advice}.` };
}
