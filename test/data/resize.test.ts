import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { resize, type Sides } from "../../src/data/resize.ts";
import type { ResizeFilter } from "../../src/zoo/preprocessing.ts";
import { pattern } from "../support/pattern.ts";

interface Case {
	readonly filter: ResizeFilter;
	readonly from: Sides;
	readonly to: Sides;
	readonly sha256: string;
	readonly pixels?: readonly number[];
}
const cases: readonly Case[] = JSON.parse(
	readFileSync(new URL("../fixtures/resize/pil.json", import.meta.url), "utf8"),
);

test.each(cases)("$filter from $from to $to gives PIL's bytes", ({ filter, from, to, pixels, sha256 }) => {
	const resized = resize(pattern(from), from, to, filter);
	if (pixels !== undefined) expect([...resized]).toEqual(pixels);
	expect(createHash("sha256").update(resized).digest("hex")).toBe(sha256);
});

test("an image that has the size already is left as it is", () => {
	const pixels = pattern([6, 5]);
	expect(resize(pixels, [6, 5], [6, 5], "bicubic")).toBe(pixels);
});

test("a region is a part of the whole", () => {
	const pixels = pattern([40, 30]);
	const whole = resize(pixels, [40, 30], [20, 25], "lanczos");
	const part = resize(pixels, [40, 30], [20, 25], "lanczos", { top: 3, left: 7, height: 16, width: 11 });
	const expected = Array.from({ length: 16 }, (_, row) =>
		whole.subarray(((3 + row) * 25 + 7) * 3, ((3 + row) * 25 + 18) * 3),
	);
	expect(part).toEqual(Uint8Array.from(expected.flatMap((row) => [...row])));
});
