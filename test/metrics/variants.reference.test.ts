/** CKA and attention heads in variants other than the plain ones, held to PyTorch in float64 (test/fixtures/variants). */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { openModel, weightsFolder } from "../../src/data/modelFile.ts";
import { attentionDistance } from "../../src/metrics/attentionDistance.ts";
import { attentionEntropy } from "../../src/metrics/attentionEntropy.ts";
import { attentionMap } from "../../src/metrics/attentionMap.ts";
import type { HeadEstimate } from "../../src/metrics/headRecord.ts";
import { headSubsetCka } from "../../src/metrics/headSubsetCka.ts";
import { linearCka } from "../../src/metrics/linearCka.ts";
import type { Records } from "../../src/metrics/metric.ts";
import { decodeModel } from "../../src/onnx/decode.ts";
import type { Measurement } from "../../src/plan/measurement.ts";
import { type PlannedModel, planPass } from "../../src/plan/pass.ts";
import type { Preprocessing } from "../../src/zoo/preprocessing.ts";
import { leavesBatches } from "../support/leavesBatches.ts";
import { firstOfEachClass, photographBatches } from "../support/photographBatches.ts";
import { type PixelBatch, runPass } from "../support/runPass.ts";
import { sharedData } from "../support/sharedData.ts";

type Pair = readonly [mean: number, standardError: number];
type Choice = "all" | "cls" | "spatial" | "mean";

interface Reference {
	readonly weights: string;
	readonly images: number;
	readonly layers: readonly string[];
	readonly cka: Readonly<Partial<Record<Choice, { readonly unbiased: number[]; readonly biased: number[] }>>>;
	readonly whole: { readonly cka: readonly number[]; readonly standardErrors: readonly number[] };
	/** Of ViTs, and what follows. */
	readonly attention?: Readonly<Record<string, readonly Pair[]>>;
	readonly maps?: Readonly<Record<"cls" | "mean", readonly (readonly number[])[] | null>>;
	readonly subsets?: {
		readonly heads: readonly (readonly number[])[];
		readonly cka: readonly (readonly number[])[];
		readonly standardErrors: readonly (readonly number[])[];
		readonly rho: readonly number[] | null;
		readonly rhoErrors: readonly number[] | null;
	};
}

/** CKA as it is, distances and entropies relative to their size. */
const tolerance = 1e-4;

const halves = [0.5, 0.5, 0.5];
const bicubic: Preprocessing = { resize: "bicubic", shortSide: 248, mean: halves, deviation: halves };
const [mean, deviation] = [
	[0.485, 0.456, 0.406],
	[0.229, 0.224, 0.225],
];
const imagenet: Preprocessing = { resize: "bilinear", shortSide: null, mean, deviation };

describe.each(["vit-s", "vit-s-gap", "resnet-s"])("%s", (id) => {
	test("the reference is that of the weights at hand (variants.py makes it)", () => {
		expect(digestOf(join(weightsFolder, `${id}.safetensors`))).toBe(referenceOf(id).weights);
	});

	compare(id, async () => ({
		open: await openModel(id),
		batches: async (size) => leavesBatches(64, "test", referenceOf(id).images, size),
	}));
});

describe.skipIf(sharedData === null).each([
	["vit-tiny", "vit-tiny-patch16-224/model.onnx", "imagenet-sample", 1, bicubic, 224],
	["resnet56", "cifar10-resnets/resnet56_cifar10_op13.onnx", "cifar10", 8, imagenet, 32],
] as const)("the real %s on photographs (needs SIGHTLINE_TEST_DATA)", (id, path, folder, perClass, pixels, side) => {
	compare(id, async () => {
		const model = decodeModel(readFileSync(join(sharedData ?? "", "models", path)));
		const files = firstOfEachClass(join(sharedData ?? "", "images", folder), perClass).slice(0, referenceOf(id).images);
		const identity = { id, digest: "", anatomyVersion: 1, preprocessing: "", precision: "float32" } as const;
		return {
			open: { model, anatomy: findAnatomy(model), identity },
			batches: (size) => photographBatches(files, pixels, side, size),
		};
	});
});

interface Subject {
	readonly open: PlannedModel;
	/** The reference's images. */
	batches(size: number): Promise<readonly PixelBatch[]>;
}

/** What is asked of a metric in one pass. */
type Asked = Pick<Measurement, "metric" | "parameters" | "layers">;

function compare(id: string, subjectOf: () => Promise<Subject>): void {
	const reference = referenceOf(id);
	const choices = Object.keys(reference.cka) as Choice[];
	const variants = Object.keys(reference.attention ?? {});
	const queries = (["cls", "mean"] as const).filter((query) => reference.maps?.[query] != null);

	/** The records of everything that is asked of quarters of the images, made in one pass. */
	let records: ReadonlyMap<string, Records>;
	let subject: Subject;
	beforeAll(async () => {
		subject = await subjectOf();
		const { open } = subject;
		const layers = outputsOf(open, reference);
		const heads = Array.from({ length: open.anatomy.attentions[1]?.heads ?? 0 }, (_, head) => `blocks.1.heads.${head}`);
		const asked: Readonly<Record<string, Asked>> = {
			...named(choices, (tokens) => ({ metric: linearCka, parameters: { tokens }, layers })),
			...named(variants, (variant) =>
				variant === "entropy"
					? { metric: attentionEntropy, parameters: {}, layers: [] }
					: { metric: attentionDistance, parameters: { variant }, layers: [] },
			),
			...Object.fromEntries(
				queries.map((query) => [mapOf(query), { metric: attentionMap, parameters: { query }, layers: [] }]),
			),
			...(heads.length > 0 && {
				heads: { metric: linearCka, parameters: { tokens: "all" }, layers: heads },
				paper: { metric: attentionDistance, parameters: { variant: "paper" }, layers: [] },
			}),
		};
		const all = await recordsOf(open, Object.values(asked), await subject.batches(reference.images / 4));
		records = new Map(Object.keys(asked).map((name, at) => [name, all[at] as Records]));
	});
	const recordsNamed = (name: string): Records => {
		const found = records.get(name);
		if (found === undefined) throw new Error(`no records of ${name}`);
		return found;
	};

	test.each(choices)("CKA of %s tokens, unbiased and biased, is PyTorch's", (tokens) => {
		for (const estimator of ["unbiased", "biased"] as const) {
			const { values } = linearCka.finish([recordsNamed(tokens)], { estimator, isShuffled: false });
			expectClose(upper(values), reference.cka[tokens]?.[estimator] ?? [], estimator);
		}
	});

	test("CKA of all images as one batch, and its jackknife over images, are PyTorch's", async () => {
		const asked: Asked = {
			...{ metric: linearCka, parameters: { tokens: "all" } },
			layers: outputsOf(subject.open, reference),
		};
		const [whole] = await recordsOf(subject.open, [asked], await subject.batches(reference.images));
		if (whole === undefined) throw new Error("no records");
		const { values, standardErrors } = linearCka.finish([whole]);
		expectClose(upper(values), reference.whole.cka, "values");
		expectClose(upper(standardErrors), reference.whole.standardErrors, "errors");
	});

	const { attention, subsets } = reference;
	if (attention === undefined || subsets === undefined) return;

	test.each(variants)("%s of all heads is PyTorch's", (variant) => {
		const expected = attention[variant] ?? [];
		const heads = headsOf(variant, recordsNamed(variant));
		const scale = Math.max(...expected.map(([value]) => value));
		const means = heads.map(({ estimate }) => estimate.value);
		const errors = heads.map(({ estimate }) => estimate.standardError);
		for (const [at, found] of [means, errors].entries())
			expectClose(
				found.map((value) => (value ?? Number.NaN) / scale),
				expected.map((pair) => (pair[at] as number) / scale),
				at === 0 ? "means" : "standard errors",
			);
	});

	test.each(queries)("what %s looks at in an image is PyTorch's", (query) => {
		const { heads } = attentionMap.finish([recordsNamed(mapOf(query))], { image: 3 });
		const first = subject.open.anatomy.attentions[0]?.heads ?? 0;
		const expected = reference.maps?.[query] ?? [];
		for (const [head, map] of expected.entries()) expectClose(heads[first + head] ?? [], map, `head ${head}`);
	});

	test("subsets of heads have PyTorch's CKA with the outputs of blocks, and its rank correlation", () => {
		const distances = headsOf("paper", recordsNamed("paper")).filter(({ block }) => block === 1);
		const distanceOf = (head: number) => distances[head]?.estimate.value ?? Number.NaN;
		const distancesPx = subsets.heads.map((window) => window.reduce((sum, head) => sum + distanceOf(head), 0));
		expect(distancesPx).toEqual([...distancesPx].sort((a, b) => a - b));
		const sides = [recordsNamed("heads"), recordsNamed("all")] as const;
		const found = headSubsetCka(sides, { windows: subsets.heads, distancesPx });
		expectClose(found.values.flat(), subsets.cka.flat(), "values");
		expectClose(found.standardErrors.flat(), subsets.standardErrors.flat(), "errors");
		const rho = found.correlations.map(({ value }) => value);
		if (subsets.rho === null || subsets.rhoErrors === null) {
			expect(rho.every((value) => value === null)).toBe(true);
			return;
		}
		expectClose(rho, subsets.rho, "rho");
		const errors = found.correlations.map(({ standardError }) => standardError);
		expectClose(errors, subsets.rhoErrors, "errors of rho");
	});
}

const mapOf = (query: string): string => `map of ${query}`;

const named = <Name extends string>(names: readonly Name[], of: (name: Name) => Asked): Record<string, Asked> =>
	Object.fromEntries(names.map((name) => [name, of(name)]));

function headsOf(variant: string, records: Records): readonly HeadEstimate[] {
	return (variant === "entropy" ? attentionEntropy : attentionDistance).finish([records]).heads;
}

/** The layers of the reference, which names them, or the tensors that they are. */
function outputsOf({ anatomy }: PlannedModel, { layers }: Reference): readonly string[] {
	return layers.map((name) => {
		const found = anatomy.layers.find((layer) => layer.name === name || layer.tensor === name);
		if (found === undefined) throw new Error(`no layer ${name}`);
		return found.name;
	});
}

async function recordsOf(
	open: PlannedModel,
	asked: readonly Asked[],
	batches: readonly PixelBatch[],
): Promise<readonly Records[]> {
	const batchSize = batches[0]?.images ?? 0;
	const images = { set: "", split: "", digest: "", count: batches.length * batchSize, batchSize };
	const measurements = asked.map((each): Measurement => ({ ...each, model: open.identity, images }));
	return runPass(planPass(open, measurements, "cpu"), batches);
}

const upper = <T>(rows: readonly (readonly T[])[]) => rows.flatMap((row, index) => row.slice(index));

function expectClose(found: readonly (number | null)[], expected: readonly number[], what: string): void {
	expect(found, what).toHaveLength(expected.length);
	const differences = found.map((value, at) => Math.abs((value ?? Number.NaN) - (expected[at] as number)));
	expect(Math.max(...differences), what).toBeLessThan(tolerance);
}

const digestOf = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");

function referenceOf(id: string): Reference {
	return JSON.parse(readFileSync(new URL(`../fixtures/variants/${id}.json`, import.meta.url), "utf8"));
}
