import { expect, test } from "vitest";
import { random } from "../../src/numerics/random.ts";
import { shuffle } from "../../src/numerics/shuffle.ts";

test("every order of three comes about as often as any other, and the items given stay as they are", () => {
	const items = [0, 1, 2];
	const counts = new Map<string, number>();
	const source = random(1, 0);
	for (let trial = 0; trial < 6000; trial++) {
		const order = shuffle(items, source).join();
		counts.set(order, (counts.get(order) ?? 0) + 1);
	}
	expect(items).toEqual([0, 1, 2]);
	expect(counts.size).toBe(6);
	// Five standard deviations of a count of 1 000 in 6 000.
	for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * 29);
});
