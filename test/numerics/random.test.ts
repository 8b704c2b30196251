import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { random } from "../../src/numerics/random.ts";

const cases = JSON.parse(readFileSync(new URL("../fixtures/random/sfc32.json", import.meta.url), "utf8")) as {
	seed: number;
	stream: number;
	words: number[];
}[];

test.each(cases)("seed $seed, stream $stream gives the words of the Python reference", ({ seed, stream, words }) => {
	const source = random(seed, stream);
	expect(words.map(() => source.word())).toEqual(words);
});

test("numbers below a count stay below it and take every value", () => {
	const source = random(7, 7);
	const seen = new Set(Array.from({ length: 1000 }, () => source.below(30)));
	expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, value) => value));
});

test("uniform numbers have the mean and variance of the uniform distribution", () => {
	const source = random(3, 1);
	const values = Array.from({ length: 100_000 }, () => source.uniform());
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
	// Five standard errors of each.
	expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / values.length));
	expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / values.length));
});
