import { random } from "../numerics/random.ts";

/**
 * Which of a layer's channels are looked at, in ascending order: all, or `count` of them drawn without replacement, so
 * that a mean over them has the mean over all as its expectation. Layers of one width have the same channels drawn: those
 * of a residual stream are followed through the network.
 */
export function sampledChannels(width: number, count: number | "all"): readonly number[] {
	const order = channelOrder(width);
	return order.slice(0, count === "all" ? width : count).sort((a, b) => a - b);
}

/** The channels in the order in which they are drawn (Fisher and Yates's shuffle). */
export function channelOrder(width: number): number[] {
	const { below } = random(drawSeed, width);
	const order = Array.from({ length: width }, (_, channel) => channel);
	for (let last = width - 1; last > 0; last--) {
		const other = below(last + 1);
		[order[last], order[other]] = [order[other] as number, order[last] as number]; // both are below width
	}
	return order;
}

/** Any number: another one draws other channels. */
const drawSeed = 20210819;
