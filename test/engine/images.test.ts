import { afterAll, expect, test } from "vitest";
import { imageSet, positionIn } from "../../src/data/imageSets.ts";
import { leavesImage } from "../../src/data/leaves/leaves.ts";
import type { BatchRequest, ImageBatch } from "../../src/engine/images/imageCalls.ts";
import { type ImageReader, readAhead, threadedImageReader } from "../../src/engine/images/imageReader.ts";
import { symmetric } from "../../src/zoo/preprocessing.ts";

const leaves = imageSet("leaves");
const request: BatchRequest = {
	images: { set: "leaves", split: "test", digest: leaves.digest },
	first: 10,
	count: 2,
	preprocessing: symmetric,
	shape: [3, 3, 64, 64],
};

const reader = threadedImageReader();
afterAll(() => reader.close());

test("a batch holds the images asked for, normalised, channel by channel, then zeros", async () => {
	const { data, labels } = await reader.read(request);
	const images = [10, 11].map((index) => leavesImage(leaves.seed, positionIn(leaves, "test", index)));
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

test.each([
	["a set that is not there", { images: { ...request.images, set: "leafs" } }, "NOT_FOUND", /leafs/],
	["a set that has changed", { images: { ...request.images, digest: "leaves 0" } }, "BAD_INPUT", /not "leaves 0"/],
	["a split that is not there", { images: { ...request.images, split: "tset" } }, "NOT_FOUND", /tset/],
	["images beyond the end of a split", { first: 2 ** 31 }, "BAD_INPUT", /there is no image 2147483648/],
	["a model that reads one channel", { shape: [3, 1, 64, 64] }, "BAD_INPUT", /1 channels/],
] as const)("%s is refused with its code, across threads", async (_name, change, code, message) => {
	await expect(reader.read({ ...request, ...change })).rejects.toMatchObject({
		code,
		message: expect.stringMatching(message),
	});
});

/** Notes what is read, and answers with the number of the first image as the only label. */
function notingReader(): ImageReader & { readonly read: ImageReader["read"]; readonly firsts: number[] } {
	const firsts: number[] = [];
	return {
		firsts,
		async read({ first }): Promise<ImageBatch> {
			firsts.push(first);
			if (first === 7) throw new Error("image 7 cannot be read");
			return { data: new Float32Array(), labels: Int32Array.of(first) };
		},
		async close() {},
	};
}

const requests = (count: number) => Array.from({ length: count }, (_, first) => ({ ...request, first }));

test("batches come in order, and no more than two are read ahead", async () => {
	const noting = notingReader();
	const seen: number[] = [];
	for await (const { batch } of readAhead(noting, requests(5))) {
		expect(noting.firsts.length).toBe(Math.min(5, seen.length + 3));
		seen.push(batch.labels[0] ?? -1);
	}
	expect(seen).toEqual([0, 1, 2, 3, 4]);
});

test("a batch that cannot be read is told when its turn comes", async () => {
	const seen: number[] = [];
	const reading = async () => {
		for await (const { batch } of readAhead(notingReader(), requests(9))) seen.push(batch.labels[0] ?? -1);
	};
	await expect(reading()).rejects.toThrow("image 7 cannot be read");
	expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
});
