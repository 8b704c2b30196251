/** What is measured of the real models on real photographs, held to PyTorch in float64 (test/fixtures/photographs). */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { withoutSkips } from "../../src/anatomy/withoutSkips.ts";
import { linearProbe, type ProbeSides } from "../../src/metrics/linearProbe.ts";
import { type LocalizationParameters, localization } from "../../src/metrics/localization.ts";
import type { LocalizationStatistics } from "../../src/metrics/localizationStatistics.ts";
import type { Estimate, NoParameters, Records } from "../../src/metrics/metric.ts";
import type { Readout } from "../../src/metrics/readout.ts";
import { type ReceptiveFieldParameters, receptiveField, receptiveFieldMaps } from "../../src/metrics/receptiveField.ts";
import { residualNorms } from "../../src/metrics/residualNorms.ts";
import { sampledChannels } from "../../src/metrics/sampledChannels.ts";
import { decodeModel } from "../../src/onnx/decode.ts";
import type { Measurement } from "../../src/plan/measurement.ts";
import { type PlannedModel, planPass } from "../../src/plan/pass.ts";
import { float32s, fromFloat32s } from "../../src/tensor/values.ts";
import type { Preprocessing } from "../../src/zoo/preprocessing.ts";
import { firstOfEachClass, photographBatches } from "../support/photographBatches.ts";
import { runModel } from "../support/runModel.ts";
import { type PixelBatch, runPass } from "../support/runPass.ts";
import { sharedData } from "../support/sharedData.ts";

type Pair = readonly [mean: number, standardError: number];

interface Reference {
	readonly weights: string;
	/** The photographs of norms, localisation and fields. */
	readonly seen: {
		readonly folder: string;
		/** Of each class. */
		readonly from: number;
		readonly to: number;
		/** Of all these. */
		readonly count: number;
		readonly batchSize: number;
	};
	readonly norms: { readonly tokenStride: number; readonly additions: readonly AdditionReference[] };
	readonly logits: {
		/** Which images. */
		readonly every: number;
		/** Which of all their logits. */
		readonly stride: number;
		readonly blocks: Readonly<Record<string, readonly number[]>>;
	};
	readonly localization: Readonly<Record<string, LocalizationReference>>;
	/** null for vit-tiny */
	readonly fields: {
		readonly every: number;
		readonly batchSize: number;
		/** By width. */
		readonly channels: Readonly<Record<string, readonly number[]>>;
		readonly maps: Readonly<Record<string, readonly number[]>>;
	} | null;
	readonly probes: {
		/** Of each class. */
		readonly train: number;
		readonly test: number;
		readonly batchSize: number;
		readonly shots: number;
		readonly seeds: number;
		readonly cases: readonly ProbeReference[];
	};
}

interface AdditionReference {
	readonly kind: string;
	readonly projected: boolean;
	readonly cls: readonly Pair[] | null;
	readonly spatial: readonly Pair[];
	/** [quantity][token], every `tokenStride`-th token */
	readonly tokens: readonly (readonly number[])[];
}

interface LocalizationReference {
	readonly patchPx: number | null;
	readonly tokens: readonly [number, number];
	readonly patches: readonly [number, number];
	/** Every `stride`-th. */
	readonly cka: readonly number[];
	readonly standardErrors: readonly number[];
	readonly stride: number;
	readonly statistics: Readonly<Record<keyof LocalizationStatistics, number>>;
}

interface ProbeReference {
	readonly layer: string;
	readonly readout: Readout;
	readonly patchFlatten: boolean;
	readonly samples: { readonly stride: number; readonly values: readonly number[] };
	readonly fits: readonly {
		readonly l2: number;
		/** Per seed, mean over vectors. */
		readonly hits: readonly number[];
		/** Per seed, decisions that rounding may change. */
		readonly edges: readonly number[];
		readonly map?: readonly number[];
	}[];
}

/** Of CKA as it is, of norms, logits and features relative to their size. */
const tolerance = 1e-4;

const halves = [0.5, 0.5, 0.5];
const bicubic: Preprocessing = { resize: "bicubic", shortSide: 248, mean: halves, deviation: halves };
const [mean, deviation] = [
	[0.485, 0.456, 0.406],
	[0.229, 0.224, 0.225],
];
const imagenet: Preprocessing = { resize: "bilinear", shortSide: null, mean, deviation };

describe.skipIf(sharedData === null).each([
	["resnet56", "cifar10-resnets/resnet56_cifar10_op13.onnx", "cifar10-resnets/resnet56_cifar10_op13.onnx", imagenet],
	["vit-tiny", "vit-tiny-patch16-224/model.onnx", "vit-tiny-patch16-224/model.safetensors", bicubic],
] as const)("the real %s on photographs (needs SIGHTLINE_TEST_DATA)", (id, path, weights, preprocessing) => {
	const reference: Reference = JSON.parse(
		readFileSync(new URL(`../fixtures/photographs/${id}.json`, import.meta.url), "utf8"),
	);
	const { seen, norms, logits, fields, probes } = reference;
	const cases = probes.cases.map(({ layer, readout, patchFlatten }) => ({
		...{ metric: linearProbe, parameters: { readout, patchFlatten }, layers: [layer] },
	}));

	let open: PlannedModel;
	let files: readonly string[];
	const batchesOf = (of: readonly string[], size: number) =>
		photographBatches(of, preprocessing, open.anatomy.input.height, size);
	beforeAll(() => {
		const model = decodeModel(readFileSync(join(sharedData ?? "", "models", path)));
		const identity = { id, digest: "", anatomyVersion: 1, preprocessing: "", precision: "float32" } as const;
		open = { model, anatomy: findAnatomy(model), identity };
		files = photographs(seen.folder, seen.from, seen.to).slice(0, seen.count);
	});

	test("the reference is that of the weights at hand (measurements.py makes it)", () => {
		const bytes = readFileSync(join(sharedData ?? "", "models", weights));
		expect(createHash("sha256").update(bytes).digest("hex")).toBe(reference.weights);
	});

	describe("in one pass", () => {
		let records: readonly Records[];
		beforeAll(async () => {
			const localized = Object.entries(reference.localization).map(([layer, { patchPx }]) => ({
				...{ metric: localization, parameters: { patchPx: patchPx ?? "grid" }, layers: [layer] },
			}));
			const asked = [{ metric: residualNorms, parameters: {}, layers: [] }, ...localized];
			records = await recordsOf(open, asked, await batchesOf(files, seen.batchSize));
		});

		test("norms and cosines of all additions are PyTorch's", () => {
			const [ofNorms] = records as readonly Records<NoParameters>[]; // asked without parameters
			if (ofNorms === undefined) throw new Error("no records");
			const found = residualNorms.finish([ofNorms], { aggregation: "meanOfRatios" });
			expect(found.map(({ kind, projected }) => ({ kind, projected }))).toEqual(
				norms.additions.map(({ kind, projected }) => ({ kind, projected })),
			);
			for (const [at, { cls, spatial, tokens }] of found.entries()) {
				const expected = norms.additions[at] as AdditionReference; // as many
				expect(cls === null).toBe(expected.cls === null);
				for (const [index, quantity] of (["ratio", "cosineWithSum", "cosineWithBranch"] as const).entries()) {
					const what = `${quantity} of addition ${at}`;
					// Cosines may be near 0: they are as large as 1.
					const scale = quantity === "ratio" ? (expected.spatial[index]?.[0] ?? Number.NaN) : 1;
					expectClose(pairOf(spatial[quantity]), expected.spatial[index], what, scale);
					if (cls !== null) expectClose(pairOf(cls[quantity]), expected.cls?.[index], `${what}, class token`, scale);
					const values = thinned(tokens, norms.tokenStride).map((token) => token[quantity]);
					expectClose(values, expected.tokens[index], `${what}, single tokens`, scale);
				}
			}
		});

		test.each(Object.keys(reference.localization))("CKA of tokens of %s with patches is PyTorch's", (layer) => {
			const expected = reference.localization[layer] as LocalizationReference; // its own name
			const at = 1 + Object.keys(reference.localization).indexOf(layer);
			// Asked with these parameters.
			const [found] = localization.finish([records[at] as Records<LocalizationParameters>]);
			expect(found?.layer).toBe(layer);
			expect([found?.tokens.rows, found?.tokens.columns]).toEqual(expected.tokens);
			expect([found?.patches.rows, found?.patches.columns]).toEqual(expected.patches);
			expectClose(thinned(found?.values.flat(), expected.stride), expected.cka, "values");
			expectClose(thinned(found?.standardErrors.flat(), expected.stride), expected.standardErrors, "errors");
			const names = Object.keys(expected.statistics) as (keyof LocalizationStatistics)[];
			const statistics = names.map((name) => found?.statistics?.[name].value ?? null);
			// Distances, in patches or pixels, jump with the place of the largest value.
			expectClose(statistics, Object.values(expected.statistics), names.join(", "));
		});
	});

	test.each(Object.entries(logits.blocks))(
		"the logits without the skips of block %s are PyTorch's",
		async (block, expected) => {
			const { anatomy } = open;
			const chosen = thinned(files, logits.every);
			const [batch] = await batchesOf(chosen, chosen.length);
			const { channels, height, width, tensor } = anatomy.input;
			const pixels = fromFloat32s([chosen.length, channels, height, width], batch?.pixels ?? []);
			const ablated = withoutSkips(open.model, anatomy, [{ block: Number(block), branch: "all" }]);
			const results = await runModel(ablated.model, { [tensor]: pixels }, [anatomy.output.tensor]);
			const found = results.get(anatomy.output.tensor);
			if (found === undefined) throw new Error("no logits");
			const scale = Math.max(...expected.map(Math.abs));
			expectClose(thinned([...float32s(found)], logits.stride), expected, "logits", scale);
		},
	);

	describe("probes on CIFAR-10", () => {
		let sides: readonly (readonly Records[])[];
		beforeAll(async () => {
			const { train, test, batchSize } = probes;
			const photographsOf = [photographs("cifar10", train, train + test), photographs("cifar10", 0, train)];
			sides = [];
			for (const each of photographsOf)
				sides = [...sides, await recordsOf(open, cases, await batchesOf(each, batchSize))];
		});
		// One of each case for each side, asked with its parameters.
		const measured = (expected: ProbeReference) =>
			sides.map((side) => side[probes.cases.indexOf(expected)]) as readonly unknown[] as ProbeSides;

		test.each(probes.cases)("$readout of $layer, patchFlatten $patchFlatten: the vectors are PyTorch's", (expected) => {
			const [{ records, batchSize }] = measured(expected);
			// Of each batch the vectors, then a label an image.
			const vectors = records.flatMap(({ values }) => [...values.subarray(0, values.length - batchSize)]);
			const { stride, values } = expected.samples;
			expectClose(thinned(vectors, stride), values, "vectors", Math.max(...values.map(Math.abs)));
		});

		test.each(probes.cases)("$readout of $layer, patchFlatten $patchFlatten: hits are the reference's", (expected) => {
			const { shots, seeds } = probes;
			for (const { l2, hits, edges, map } of expected.fits) {
				const [found] = linearProbe.finish(measured(expected), { classes: 10, shots, seeds, l2: [l2] });
				const images = found?.testImages ?? 0;
				const vectors = map?.length ?? 1;
				expect(images).toBe(10 * probes.test);
				const right = found?.seeds.map(({ accuracy }) => accuracy * images * vectors) ?? [];
				expect(right).toHaveLength(seeds);
				for (const [seed, count] of right.entries())
					expect(Math.abs(count - (hits[seed] ?? Number.NaN) * vectors), `l2 ${l2}, seed ${seed}`).toBeLessThan(
						(edges[seed] ?? 0) + 1e-5,
					);
				expect(found?.map?.flat().length).toBe(map?.length);
				const changed = found?.map?.flat().map((share, vector) => Math.abs(share - (map?.[vector] ?? Number.NaN)));
				const decisions = (changed ?? []).reduce((sum, difference) => sum + difference * images * seeds, 0);
				expect(decisions, `l2 ${l2}, map`).toBeLessThan(edges.reduce((sum, count) => sum + count, 0) + 1e-4);
			}
		});
	});

	if (fields === null) return;

	test("receptive fields of layers by the Jacobian are PyTorch's", async () => {
		const { maps, channels, every, batchSize } = fields;
		for (const [width, drawn] of Object.entries(channels))
			expect(sampledChannels(Number(width), drawn.length)).toEqual(drawn);
		const parameters: ReceptiveFieldParameters = {
			...{ taps: Object.keys(maps).join(), variant: "jacobian" },
			channels: Object.values(channels)[0]?.length ?? 0,
		};
		const asked = { metric: receptiveField, parameters, layers: [] };
		const [records] = await recordsOf(open, [asked], await batchesOf(thinned(files, every), batchSize));
		const found = receptiveFieldMaps([records as Records<ReceptiveFieldParameters>]); // asked with these parameters
		expect(found.map(({ layer }) => layer)).toEqual(Object.keys(maps));
		for (const { layer, values } of found) {
			const expected = maps[layer] ?? [];
			const pixels = values?.flat() ?? [];
			expect(pixels).toHaveLength(expected.length);
			const largest = Math.max(...expected);
			// Where a unit stands on the edge of its ReLU, float32 may let a gradient pass that float64 does not.
			const close = pixels.filter((value, at) => Math.abs(value - (expected[at] as number)) < 1e-3 * largest);
			expect(close.length, layer).toBeGreaterThanOrEqual(0.999 * expected.length);
		}
	});
});

/** Of each class those from one number up to another, class by class. */
function photographs(folder: string, from: number, to: number): readonly string[] {
	const all = firstOfEachClass(join(sharedData ?? "", "images", folder), to);
	return all.filter((_, at) => at % to >= from);
}

async function recordsOf(
	open: PlannedModel,
	asked: readonly Pick<Measurement, "metric" | "parameters" | "layers">[],
	batches: readonly PixelBatch[],
): Promise<readonly Records[]> {
	const batchSize = batches[0]?.images ?? 0;
	const images = { set: "", split: "", digest: "", count: batches.length * batchSize, batchSize };
	const measurements = asked.map((each): Measurement => ({ ...each, model: open.identity, images }));
	return runPass(planPass(open, measurements, "cpu"), batches);
}

function pairOf({ value, standardError }: Estimate) {
	return [value, standardError];
}

function thinned<T>(values: readonly T[] = [], stride: number): readonly T[] {
	return values.filter((_, at) => at % stride === 0);
}

/** @param scale what a difference is told in */
function expectClose(
	found: readonly (number | null)[],
	expected: readonly number[] = [],
	what: string,
	scale = 1,
): void {
	expect(found, what).toHaveLength(expected.length);
	const differences = found.map((value, at) => Math.abs((value ?? Number.NaN) - (expected[at] as number)) / scale);
	expect(Math.max(...differences), what).toBeLessThan(tolerance);
}
