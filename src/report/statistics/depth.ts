/** Statistics of values that run with depth, one a block. */
import { difference, type Estimate, mean, weightedSum } from "./estimates.ts";

/** The mean of the lower half of the blocks less that of the upper half; the middle one of an odd number is in neither. */
export function halvesDifference(byBlock: readonly Estimate[]): Estimate {
	const { lower, upper } = halves(byBlock);
	return difference(mean(lower), mean(upper));
}

export function halves<Item>(byBlock: readonly Item[]): { lower: readonly Item[]; upper: readonly Item[] } {
	const half = Math.floor(byBlock.length / 2);
	return { lower: byBlock.slice(0, half), upper: byBlock.slice(byBlock.length - half) };
}

/** The value at a relative depth from 0 (the first block) to 1 (the last), linear between blocks. */
export function atDepth(byBlock: readonly Estimate[], depth: number): Estimate {
	const place = depth * (byBlock.length - 1);
	const below = Math.floor(place);
	const share = place - below;
	const [one, other] = [byBlock[below], byBlock[below + 1]];
	if (one === undefined) return () => ({ reason: "there are no blocks" });
	if (other === undefined || share === 0) return one;
	return weightedSum([
		[1 - share, one],
		[share, other],
	]);
}

/** The relative depth of a block among so many. */
export function relativeDepth(block: number, blocks: number): number {
	return blocks === 1 ? 0 : block / (blocks - 1);
}
