import { expect, test } from "vitest";
import { channelOrder, sampledChannels } from "../../src/metrics/sampledChannels.ts";

test("every channel is drawn once", () => {
	expect(channelOrder(100).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, channel) => channel));
});

test("all, or as many as there are, is all in order", () => {
	for (const count of ["all", 6, 7] as const) expect(sampledChannels(6, count)).toEqual([0, 1, 2, 3, 4, 5]);
});

test("a larger draw holds a smaller one, and every draw is the same", () => {
	const [few, more] = [sampledChannels(192, 8), sampledChannels(192, 16)];
	expect(more).toEqual(expect.arrayContaining([...few]));
	expect(few).toEqual(sampledChannels(192, 8));
	expect(few).toEqual([23, 42, 62, 95, 103, 147, 171, 172]);
});

test("over many widths each place in a layer is drawn as often as the others", () => {
	// 16 of each layer: of widths 1000 to 2999, 16 in every tenth of the channels times 2000 / 10.
	const tenths = new Array<number>(10).fill(0);
	for (let width = 1000; width < 3000; width++)
		for (const channel of sampledChannels(width, 16)) {
			const tenth = Math.floor((10 * channel) / width);
			tenths[tenth] = (tenths[tenth] ?? 0) + 1;
		}
	// 3200 expected, with a standard deviation of 54.
	for (const drawn of tenths) expect(Math.abs(drawn - 3200)).toBeLessThan(4 * 54);
});
