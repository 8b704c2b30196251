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
	const box = { fit: "stretch", sides: [9, 8] } as const;
	const others = [
		{ ...plusMinusOne, shortSide: 9 },
		{ ...plusMinusOne, shortSide: 9, cropRounding: "down" as const },
		{ ...plusMinusOne, shortSide: 9, fill: [1, 2, 3] },
		{ ...plusMinusOne, box },
		{ ...plusMinusOne, box: { ...box, fit: "cover" as const } },
		{ ...plusMinusOne, box: { ...box, fit: "contain" as const } },
		{ ...plusMinusOne, box, cropRounding: "down" as const },
		{ ...plusMinusOne, channels: "bgr" as const },
		{ ...plusMinusOne, channels: "grey" as const },
		{ ...plusMinusOne, scale: 1 },
	];
	expect(new Set([plusMinusOne, ...others].map(describePreprocessing)).size).toBe(others.length + 1);
});

test("what is smaller than the model's sides is filled up where that is said, else refused", () => {
	const small = { ...plusMinusOne, shortSide: 2 };
	const batch = new Float32Array(3 * 4 * 3);
	expect(() => preprocess({ pixels, height: 2, width: 3 }, small, batch, 0, [4, 3])).toThrow(
		"4 x 3 pixels cannot be cut out of a short side of 2",
	);
	preprocess({ pixels, height: 2, width: 3 }, { ...small, fill: [0, 255, 0] }, batch, 0, [4, 3]);
	expect([...batch.subarray(0, 3), ...batch.subarray(12, 15)]).toEqual([-1, -1, -1, 1, 1, 1]);
	expect(batch[3]).toBeCloseTo(0 / 127.5 - 1, 6);
	expect(batch[4]).toBeCloseTo(45 / 127.5 - 1, 6);
});

test("a model of one channel is given grey, as PIL converts it", () => {
	const batch = new Float32Array(6);
	const grey = { ...plusMinusOne, channels: "grey", mean: [0], deviation: [1] } as const;
	preprocess({ pixels, height: 2, width: 3 }, grey, batch, 0, [2, 3]);
	const luma = (red: number, green: number, blue: number) =>
		Math.floor(0.299 * red + 0.587 * green + 0.114 * blue + 0.5);
	expect(batch[1]).toBeCloseTo(luma(45, 60, 75) / 255, 6);
});
