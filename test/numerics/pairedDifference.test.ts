import { expect, test } from "vitest";
import { pairedDifference } from "../../src/numerics/pairedDifference.ts";
import { random } from "../../src/numerics/random.ts";

// Newcombe's formula in decimals of 30 digits; of the first table the paper prints 0.0569 to 0.3404.
test.each([
	[36, 12, 2, 0, 0.2, 0.0569295840032888, 0.340427602974941],
	[20, 12, 2, 16, 0.2, 0.0561564248417483, 0.329206995400141],
	[18, 0, 2, 30, -0.04, -0.106684980855554, 0.026882157475888],
	[20, 10, 3, 67, 0.07, -0.00248495823209434, 0.143111129604614],
	[54, 0, 0, 0, 0, -0.0664135880908964, 0.0664135880908964],
])("of %i both, %i first only, %i second only and %i neither", (both, firstOnly, secondOnly, neither, ...expected) => {
	const { value, low, high } = pairedDifference({ both, firstOnly, secondOnly, neither });
	for (const [at, found] of [value, low, high].entries()) expect(found).toBeCloseTo(expected[at] ?? Number.NaN, 12);
});

test("exchanging the two turns the interval over", () => {
	const trials = { both: 40, firstOnly: 9, secondOnly: 4, neither: 11 };
	const { value, low, high } = pairedDifference(trials);
	const other = pairedDifference({ ...trials, firstOnly: 4, secondOnly: 9 });
	expect(other.value).toBe(-value);
	expect(other.low).toBeCloseTo(-high, 15);
	expect(other.high).toBeCloseTo(-low, 15);
});

test("about 95 of 100 intervals hold the true difference, and they are narrow where outcomes agree", () => {
	const { uniform } = random(3, 0);
	let [held, width] = [0, 0];
	const samples = 2000;
	for (let sample = 0; sample < samples; sample++) {
		const counts = [0, 0, 0, 0];
		for (let trial = 0; trial < 200; trial++) {
			const drawn = uniform();
			const outcome = drawn < 0.7 ? 0 : drawn < 0.78 ? 1 : drawn < 0.82 ? 2 : 3;
			counts[outcome] = (counts[outcome] ?? 0) + 1;
		}
		const [both = 0, firstOnly = 0, secondOnly = 0, neither = 0] = counts;
		const { low, high } = pairedDifference({ both, firstOnly, secondOnly, neither });
		if (low <= 0.04 && 0.04 <= high) held++;
		width += (high - low) / samples;
	}
	expect(held / samples).toBeGreaterThan(0.93);
	expect(held / samples).toBeLessThan(0.97);
	// 2 x 1.96 x sqrt((0.12 - 0.04^2) / 200) is 0.095; of independent samples it would be 0.17.
	expect(width).toBeLessThan(0.105);
});
