import { describe, expect, test } from "vitest";
import type { TokenLayout } from "../../src/anatomy/anatomy.ts";
import { type LocalizationParameters, localization, localizationAbsence } from "../../src/metrics/localization.ts";
import type { Records } from "../../src/metrics/metric.ts";
import { elementCount, type Tensor } from "../../src/tensor/tensor.ts";
import { float32s, fromFloat32s } from "../../src/tensor/values.ts";
import { gaussians } from "../support/gaussians.ts";
import { anatomyOf, type Given, type GivenBatch, layer, recordsOf } from "../support/runMetric.ts";

const n = 8;
/** Images of 8 px in 16 patches of 2 px. */
const tokens: TokenLayout = { grid: [4, 4], patchPx: 2, classToken: true, count: 17 };
const own = { patchPx: "grid" } as const;

describe("a layer whose tokens are the patches", () => {
	const given = { layers: [layer("a", [17, 12])], tokens, parameters: own };

	test("finds every patch, with a CKA of 1", async () => {
		const [found] = await localize(
			given,
			batchesOf(4, (patch, image) => patchOf(image, 4, patch)),
		);
		for (const [token, row] of (found?.values ?? []).entries()) {
			expect(row[token]).toBeCloseTo(1, 5);
			expect(row.every((value, patch) => patch === token || (value ?? 1) < 0.9)).toBe(true);
		}
		expect(found?.statistics).toMatchObject({
			ownShare: { value: 1, low: 1, high: 1, reason: null },
			medianDistance: { value: 0, low: 0, high: 0 },
			medianDistancePx: { value: 0 },
			edgeOwnShare: { value: 1 },
		});
		expect(found?.reasons).toEqual([]);
		expect(found?.batches).toBe(4);
	});

	test("moved by one column, finds the patch beside each: one patch of 2 px away", async () => {
		const beside = (patch: number) => (patch % 4 === 3 ? patch - 3 : patch + 1);
		const [found] = await localize(
			given,
			batchesOf(4, (patch, image) => patchOf(image, 4, beside(patch))),
		);
		expect(found?.statistics).toMatchObject({
			ownShare: { value: 0 },
			medianDistance: { value: 1 },
			medianDistancePx: { value: 2 },
			edgeOwnShare: { value: 0 },
		});
		expect(found?.statistics?.ownMinusMean.value).toBeLessThan(0);
	});

	test("with patches of twice the size, each token finds the one that it is in", async () => {
		const parameters = { patchPx: 4 } as const;
		const [found] = await localize(
			{ ...given, parameters },
			batchesOf(8, (patch, image) => patchOf(image, 4, patch)),
		);
		expect(found).toMatchObject({ tokens: { rows: 4, columns: 4 }, patches: { rows: 2, columns: 2 } });
		expect(found?.statistics).toMatchObject({ ownShare: { value: 1 }, edgeOwnShare: { value: 1 } });
	});
});

test("a map's positions are its tokens: values and errors are those of the three-term formula", async () => {
	const normal = gaussians(3);
	const batches = Array.from({ length: 5 }, () => ({
		tensors: {
			a: tensor([n, 3, 2, 2], () => 5 + normal()),
			pixels: tensor([n, 3, 8, 8], normal),
		},
	}));
	const [found] = await localize({ layers: [layer("a", [3, 2, 2])], parameters: own }, batches);
	const expected = Array.from({ length: 4 }, (_, token) =>
		Array.from({ length: 4 }, (_, patch) => {
			const sums = batches.map(({ tensors }) => {
				const x = rowsOf(tensors.a).map((image) => [0, 1, 2].map((channel) => image[channel * 4 + token] as number));
				const y = rowsOf(tensors.pixels).map((image) => patchOf(image, 2, patch));
				return [hsic(x, y), hsic(x, x), hsic(y, y)] as const;
			});
			const total = (part: 0 | 1 | 2, but: number) =>
				sums.reduce((sum, batch, index) => sum + (index === but ? 0 : batch[part]), 0);
			const cka = (but: number) => total(0, but) / Math.sqrt(total(1, but) * total(2, but));
			const without = sums.map((_, but) => cka(but));
			const mean = without.reduce((sum, value) => sum + value) / 5;
			return [cka(-1), Math.sqrt((4 / 5) * without.reduce((sum, value) => sum + (value - mean) ** 2, 0))] as const;
		}),
	);
	for (const [token, row] of expected.entries())
		for (const [patch, [value, error]] of row.entries()) {
			expect(found?.values[token]?.[patch]).toBeCloseTo(value, 5);
			expect(found?.standardErrors[token]?.[patch]).toBeCloseTo(error, 5);
		}
});

test("tokens and patches that do not vary have no values, and are named", async () => {
	const token = (patch: number, image: readonly number[]) =>
		patch === 5 ? [1, 2, 3] : patchOf(image, 4, patch).slice(0, 3);
	const batches = batchesOf(4, token, (at, drawn) => (patchAt(at, 4) === 0 ? 0.5 : drawn));
	const [found] = await localize({ layers: [layer("a", [17, 3])], tokens, parameters: own }, batches);
	expect(found?.reasons).toEqual([
		{ token: 0, patch: null, reason: "it does not vary over the images" },
		{ token: 5, patch: null, reason: "it does not vary over the images" },
		{ token: null, patch: 0, reason: "it does not vary over the images" },
	]);
	expect(found?.values[5]).toEqual(new Array(16).fill(null));
	expect(found?.values[6]?.[0]).toBeNull();
	expect(found?.statistics?.ownShare).toMatchObject({ value: 1, reason: null });
});

describe("too few images", () => {
	const given = { layers: [layer("a", [17, 12])], tokens, parameters: own };
	const batches = batchesOf(4, (patch, image) => patchOf(image, 4, patch));

	test("three batches give values without errors or intervals", async () => {
		const [found] = await localize(given, batches.slice(0, 3));
		expect(found?.values[0]?.[0]).toBeCloseTo(1, 5);
		expect(found?.standardErrors.flat().every((error) => error === null)).toBe(true);
		expect(found?.statistics?.ownShare).toMatchObject({ value: 1, low: null, high: null });
		expect(found?.reasons.map(({ reason }) => reason)).toEqual([
			"no standard error: the jackknife needs 4 full batches, there are 3",
		]);
	});

	test("a batch that is not full does not count, and without a full one there are no values", async () => {
		const [found] = await localize(given, [{ ...(batches[0] as GivenBatch), images: n - 1 }]);
		expect(found).toMatchObject({ statistics: null, batches: 0 });
		expect(found?.values).toEqual(new Array(16).fill(new Array(16).fill(null)));
		expect(found?.reasons).toEqual([{ token: null, patch: null, reason: "no full batch of 8 images" }]);
	});

	test("three images a batch are not enough, and leave nothing behind", () => {
		const site = { anatomy: anatomyOf(given), layers: given.layers, parameters: own, batchSize: 3 };
		expect(localization.recordBytes(site, 3)).toBe(0);
		const [found] = localization.finish([{ ...site, records: [] }]);
		expect(found?.reasons).toEqual([{ token: null, patch: null, reason: "3 images a batch: unbiased HSIC needs 4" }]);
	});
});

describe("absence", () => {
	const anatomy = anatomyOf({ layers: [layer("pooled", [12])], tokens });
	const cnn = anatomyOf({ layers: [layer("pooled", [12])] });

	test.each([
		[layer("stream", [4, 3, 3]), own, "[4, 3, 3] has neither tokens nor positions"],
		[layer("pooled", [12]), own, "[12] has neither tokens nor positions"],
		[layer("map", [4, 3, 3]), own, "its 3 x 3 positions do not divide 8 x 8 px into patches"],
		[layer("map", [4, 2, 2]), { patchPx: 3 }, "patches of 3 px do not divide 8 x 8 px"],
		[layer("map", [4, 2, 2]), { patchPx: 0 }, "patches of 0 px do not divide 8 x 8 px"],
		[layer("map", [4, 2, 2]), { patchPx: 2 }, null],
		[layer("tokens", [17, 5]), own, null],
		[layer("patches", [16, 5]), own, null],
	])("of %j at %j: %s", (found, parameters: LocalizationParameters, reason) => {
		const owner = found.name === "map" ? cnn : anatomy;
		expect(localizationAbsence(owner, found, parameters)).toBe(reason);
	});

	test("of a map with more pairs than are kept, with what makes fewer", () => {
		const large = { ...cnn, input: { ...cnn.input, height: 64, width: 64 } };
		expect(localizationAbsence(large, layer("map", [4, 32, 32]), own)).toBe(
			"32 x 32 positions and 32 x 32 patches are 1048576 pairs, at most 262144 are kept: larger patches (patchPx) make fewer",
		);
		expect(localizationAbsence(large, layer("map", [4, 32, 32]), { patchPx: 8 })).toBeNull();
	});

	test("of a model without a layer that has places", () => {
		expect(localization.absence(anatomy)).toBe("no layer was found that has tokens or positions");
	});

	test("a layer without places is refused by name", async () => {
		const tensors = { pooled: tensor([n, 12], () => 1), pixels: tensor([n, 3, 8, 8], () => 1) };
		const given = { layers: [layer("pooled", [12])], parameters: own };
		await expect(recordsOf(localization, given, [{ tensors }])).rejects.toThrow(
			"localization of pooled: [12] has neither tokens nor positions",
		);
	});
});

async function localize(given: Given, batches: readonly GivenBatch[]) {
	return finished(await recordsOf(localization, given, batches));
}

function finished(records: Records) {
	// recordsOf hands on the parameters that it was given.
	return localization.finish([records as Records<LocalizationParameters>]);
}

/**
 * Images of 8 px, and tokens of them: a class token, then one for each of 16 patches.
 *
 * @param token makes a token of a patch's number and the image
 * @param pixel makes a pixel of its place and what was drawn
 */
function batchesOf(
	count: number,
	token: (patch: number, image: readonly number[]) => readonly number[],
	pixel = (_at: number, drawn: number) => drawn,
): GivenBatch[] {
	const normal = gaussians(count);
	return Array.from({ length: count }, () => {
		const images = Array.from({ length: n }, () => Array.from({ length: 3 * 64 }, (_, at) => pixel(at, normal())));
		const rows = images.map((image) => {
			const all = Array.from({ length: 16 }, (_, patch) => token(patch, image));
			return [...(all[0] ?? []).map(normal), ...all.flat()];
		});
		const width = (rows[0]?.length ?? 0) / 17;
		return {
			tensors: { a: fromFloat32s([n, 17, width], rows.flat()), pixels: fromFloat32s([n, 3, 8, 8], images.flat()) },
		};
	});
}

/** The pixels of a patch of an image [3, 8, 8] that has `side` patches a side. */
function patchOf(image: readonly number[], side: number, patch: number): readonly number[] {
	return image.filter((_, at) => patchAt(at, side) === patch);
}

function patchAt(at: number, side: number): number {
	const px = 8 / side;
	return Math.floor((Math.floor(at / 8) % 8) / px) * side + Math.floor((at % 8) / px);
}

function tensor(shape: readonly number[], value: () => number) {
	return fromFloat32s(shape, Float32Array.from({ length: elementCount(shape) }, value));
}

/** A tensor's images. */
function rowsOf(given: Tensor): readonly (readonly number[])[] {
	const values = [...float32s(given)];
	const width = values.length / n;
	return Array.from({ length: n }, (_, image) => values.slice(image * width, (image + 1) * width));
}

/** HSIC_1 by its three terms (Song et al. 2012), on Gram matrices that are not centred. */
function hsic(x: readonly (readonly number[])[], y: readonly (readonly number[])[]): number {
	const product = (a: readonly number[], b: readonly number[]) =>
		a.reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0);
	const gram = (rows: readonly (readonly number[])[]) =>
		rows.map((row, i) => rows.map((other, j) => (i === j ? 0 : product(row, other))));
	const [k, l] = [gram(x), gram(y)];
	const trace = product(k.flat(), l.flat());
	const sums = (g: readonly (readonly number[])[]) => g.map((row) => row.reduce((sum, value) => sum + value));
	const total = (g: readonly (readonly number[])[]) => sums(g).reduce((sum, value) => sum + value);
	const between = product(sums(k), sums(l));
	return (trace + (total(k) * total(l)) / ((n - 1) * (n - 2)) - (2 / (n - 2)) * between) / (n * (n - 3));
}
