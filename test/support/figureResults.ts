/** What tests of figures share: results that nobody measured, and what a figure makes of them. */
import { raghu2021 } from "../../reports/raghu-2021/report.ts";
import type { Names, Verdict } from "../../src/report/claim.ts";
import type { Figure } from "../../src/report/definition.ts";
import type { AccuracyResult, ProvenanceResult } from "../../src/report/queryResult.ts";

export function madeUpProvenance(variant: string, imagesUsed = 512): ProvenanceResult {
	return {
		variant,
		images: "made-up images, test",
		imagesAsked: imagesUsed,
		imagesUsed,
		batchSize: 64,
		seed: 7,
		modelDigests: ["0".repeat(64)],
		precision: "float32",
		device: "made-up device",
		versions: ["sightline 0.0.0"],
		seconds: 1,
		cached: true,
		measuredAt: "2026-01-02T03:04:05.000Z",
	};
}

/** Top-1 with an interval of two points to either side. */
export function madeUpAccuracy(top1: number): AccuracyResult {
	return {
		top1: { value: top1, low: top1 - 0.02, high: top1 + 0.02 },
		reason: null,
		provenance: madeUpProvenance("accuracy"),
	};
}

/** The verdict of each of a claim's cases. */
export function verdictsOf(figure: Figure, data: unknown, claim: string): Verdict[] {
	return casesOf(figure, data, claim).map(({ verdict }) => verdict);
}

const madeUpImages = { set: "leaves", split: "test", count: 512, batchSize: 64 };

/** Of every role and run of images of the report, as if all were there. */
export const everyName: Names = Object.fromEntries(
	[
		...Object.keys(raghu2021.roles),
		...Object.keys(raghu2021.variables({ images: madeUpImages, train: madeUpImages, blocks: {} })),
	].map((name) => [name, name]),
);

export function casesOf(figure: Figure, data: unknown, claim: string) {
	const found = figure.evaluate(data, everyName).claims.find(({ id }) => id === claim);
	if (found === undefined) throw new Error(`${figure.id} has no claim ${claim}`);
	return found.cases;
}
