import { expect, test } from "vitest";
import { preprocess } from "../../src/data/preprocess.ts";
import { resize } from "../../src/data/resize.ts";
import { describePreprocessing, plusMinusOne } from "../../src/zoo/preprocessing.ts";

const imagenet = {
	resize: "bilinear",
	shortSide: null,
	mean: [0.485, 0.456, 0.406],
	deviation: [0.229, 0.224, 0.225],
} as const;
const pixels = Uint8Array.from({ length: 2 * 3 * 3 }, (_, index) => index * 15);

test("bytes become channels of rows: (pixel / 255 - mean) / deviation", () => {
	const batch = new Float32Array(2 * 3 * 2 * 3);
	preprocess({ pixels, height: 2, width: 3 }, imagenet, batch, 1, [2, 3]);
	expect([...batch.subarray(0, 18)]).toEqual(new Array(18).fill(0));
	const value = (channel: number, row: number, column: number) => batch[18 + (channel * 2 + row) * 3 + column];
	// Pixel (1, 2) is [225, 240, 255]; pixel (0, 1) is [45, 60, 75].
	expect(value(0, 1, 2)).toBeCloseTo((225 / 255 - 0.485) / 0.229, 6);
	expect(value(2, 1, 2)).toBeCloseTo((1 - 0.406) / 0.225, 6);
	expect(value(1, 0, 1)).toBeCloseTo((60 / 255 - 0.456) / 0.224, 6);
});

test("the embedded models' pixels are what their training fed: pixel / 127.5 - 1 in float32", () => {
	const all = Uint8Array.from({ length: 768 }, (_, index) => Math.floor(index / 3));
	const batch = new Float32Array(768);
	preprocess({ pixels: all, height: 16, width: 16 }, plusMinusOne, batch, 0, [16, 16]);
	const divided = (byte: number) => Math.fround(Math.fround(byte / Math.fround(127.5)) - 1);
	for (let byte = 0; byte < 256; byte++) expect(batch[byte]).toBeCloseTo(divided(byte), 6);
	expect([batch[0], batch[255]]).toEqual([-1, 1]);
});

test("an image of other sides than the model's is resized", () => {
	const batch = new Float32Array(3 * 4 * 4);
	preprocess({ pixels, height: 2, width: 3 }, plusMinusOne, batch, 0, [4, 4]);
	const resized = resize(pixels, [2, 3], [4, 4], "bilinear");
	for (let at = 0; at < 16; at++) {
		expect(batch[16 + at]).toBeCloseTo((resized[3 * at + 1] as number) / 127.5 - 1, 6);
	}
});

test("two preprocessings have two descriptions", () => {
	expect(describePreprocessing(plusMinusOne)).toBe("resize bilinear, mean 0.5 0.5 0.5, deviation 0.5 0.5 0.5");
	expect(describePreprocessing(imagenet)).not.toBe(describePreprocessing(plusMinusOne));
});
