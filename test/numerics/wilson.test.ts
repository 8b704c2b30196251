import { expect, test } from "vitest";
import { wilsonInterval } from "../../src/numerics/wilson.ts";

// Python's decimal with 30 digits.
test.each([
	[2, 4, 0.1500389891521495, 0.8499610108478505],
	[0, 10, 0, 0.2775327998628892],
	[10, 10, 0.7224672001371109, 1],
	[1, 29, 0.006113214292762662, 0.17175521879320285],
	[3900, 4000, 0.9696868860200251, 0.9794016428547585],
])("%i of %i: from %f to %f", (hits, trials, low, high) => {
	const interval = wilsonInterval(hits, trials);
	expect(interval.low).toBeCloseTo(low, 14);
	expect(interval.high).toBeCloseTo(high, 14);
});

test("the interval covers the true share in about 95 of 100 samples", () => {
	// All outcomes of 40 trials with their exact probabilities.
	const share = 0.3;
	let probability = (1 - share) ** 40;
	let covered = 0;
	for (let hits = 0; hits <= 40; hits++) {
		const { low, high } = wilsonInterval(hits, 40);
		if (low <= share && share <= high) covered += probability;
		probability *= ((40 - hits) / (hits + 1)) * (share / (1 - share));
	}
	expect(covered).toBeGreaterThan(0.93);
	expect(covered).toBeLessThan(0.98);
});
