import { afterAll, expect, test } from "vitest";
import { imageSet } from "../../src/data/imageSets.ts";
import { readImage } from "../../src/data/readImage.ts";
import type { BatchRequest } from "../../src/engine/images/imageCalls.ts";
import { threadedImageReader } from "../../src/engine/images/imageReader.ts";
import { plusMinusOne } from "../../src/zoo/preprocessing.ts";

const sources = [10, 11].map((index) => imageSet("leaves").source("test", index));
const request: BatchRequest = {
	images: sources,
	preprocessing: plusMinusOne,
	shape: [3, 3, 64, 64],
};

const reader = threadedImageReader();
afterAll(() => reader.close());

test("a batch holds the images asked for, normalised, channel by channel, then zeros", async () => {
	const { data, labels } = await reader.read(request);
	const images = await Promise.all(sources.map(readImage));
	expect([...labels]).toEqual(images.map((image) => image.label));
	const area = 64 * 64;
	const expected = images.flatMap(({ pixels }) =>
		[0, 1, 2].flatMap((channel) =>
			Array.from({ length: area }, (_, at) => (pixels[at * 3 + channel] ?? 0) / 127.5 - 1),
		),
	);
	expect(data.length).toBe(3 * 3 * area);
	const largest = expected.reduce((most, value, at) => Math.max(most, Math.abs(value - (data[at] ?? Number.NaN))), 0);
	expect(largest).toBeLessThan(1e-6);
	expect(data.subarray(expected.length).every((value) => value === 0)).toBe(true);
});

const gone = {
	kind: "stored",
	place: { in: "file", file: "/nowhere/a.png" },
	form: { kind: "encoded", upright: false },
	sha256: "",
	label: 0,
} as const;

test.each([
	["a file that is gone", { images: [gone] }, "BAD_INPUT", /a\.png is no longer what it was/],
	["a model that reads one channel", { shape: [3, 1, 64, 64] }, "BAD_INPUT", /1 channels/],
] as const)("%s is refused with its code, across threads", async (_name, change, code, message) => {
	await expect(reader.read({ ...request, ...change })).rejects.toMatchObject({
		code,
		message: expect.stringMatching(message),
	});
});
