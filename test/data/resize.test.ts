import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { resizeBilinear } from "../../src/data/resize.ts";

type Size = readonly [height: number, width: number];
interface Case {
	readonly from: Size;
	readonly to: Size;
	readonly sha256: string;
	readonly pixels?: readonly number[];
}
const cases: readonly Case[] = JSON.parse(
	readFileSync(new URL("../fixtures/resize/pil.json", import.meta.url), "utf8"),
);

/** The pattern of test/fixtures/resize/pil.py. */
function pattern([height, width]: Size): Uint8Array {
	return Uint8Array.from({ length: height * width * 3 }, (_, index) => {
		const channel = index % 3;
		const x = ((index - channel) / 3) % width;
		const y = Math.floor(index / 3 / width);
		return Math.min(255, Math.max(0, ((x * x * 7 + y * 13 * x + channel * 31 + y * y * 3) % 400) - 70));
	});
}

test.each(cases)("$from to $to gives PIL's bytes", ({ from, to, pixels, sha256 }) => {
	const resized = resizeBilinear(pattern(from), from, to);
	if (pixels !== undefined) expect([...resized]).toEqual(pixels);
	expect(createHash("sha256").update(resized).digest("hex")).toBe(sha256);
});

test("an image that has the size already is left as it is", () => {
	const pixels = pattern([6, 5]);
	expect(resizeBilinear(pixels, [6, 5], [6, 5])).toBe(pixels);
});
