/** Probes of real models, held to NumPy and PyTorch in float64 (test/fixtures/linearProbe). */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openModel, weightsFolder } from "../../src/data/modelFile.ts";
import { linearProbe, type ProbeSides } from "../../src/metrics/linearProbe.ts";
import type { Readout } from "../../src/metrics/readout.ts";
import { planPass } from "../../src/plan/pass.ts";
import { leavesBatches } from "../support/leavesBatches.ts";
import { runPass } from "../support/runPass.ts";

interface Reference {
	readonly weights: string;
	/** Images. */
	readonly train: number;
	readonly test: number;
	readonly shots: number;
	readonly seeds: number;
	readonly l2: number;
	readonly cases: readonly Case[];
}

interface Case {
	readonly layer: string;
	readonly readout: Readout;
	readonly patchFlatten: boolean;
	/** Per seed, mean over vectors. */
	readonly hits: readonly number[];
	readonly map?: readonly number[];
}

describe.each(["vit-s", "vit-s-gap", "resnet-s"])("%s", (id) => {
	const reference = referenceOf(id);

	test("the reference is that of the weights at hand (linearProbe.py makes it)", () => {
		const bytes = readFileSync(join(weightsFolder, `${id}.safetensors`));
		expect(createHash("sha256").update(bytes).digest("hex")).toBe(reference.weights);
	});

	test("probes of every readout find the classes of as many images as the reference's", async () => {
		const [tested, trained] = await Promise.all([measured(id, "test"), measured(id, "probe")]);
		for (const [index, { layer, hits, map }] of reference.cases.entries()) {
			// Asked with these parameters, one of each case for each side.
			const sides = [tested[index], trained[index]] as readonly unknown[] as ProbeSides;
			const { shots, seeds, l2, test: images } = reference;
			const [found] = linearProbe.finish(sides, { classes: 30, shots, seeds, l2: [l2] });
			expect(found?.layer).toBe(layer);
			const right = found?.seeds.map(({ accuracy }) => accuracy * images) ?? [];
			expect(right).toHaveLength(seeds);
			// An image on the edge between two classes may fall to the other side in float32.
			for (const [seed, count] of hits.entries()) expect(right[seed], layer).toBeCloseTo(count, map ? 0 : 6);
			expect(found?.map?.flat().length).toBe(map?.length);
			for (const [vector, share] of found?.map?.flat().entries() ?? [])
				expect(Math.abs(share - (map?.[vector] ?? Number.NaN)), layer).toBeLessThan(1 / images);
		}
	}, 120_000);

	async function measured(model: string, split: "test" | "probe") {
		const open = await openModel(model);
		const { name, version } = linearProbe;
		const [count, batchSize] = [split === "test" ? reference.test : reference.train, 64];
		const asked = reference.cases.map(({ layer, readout, patchFlatten }) => ({
			model: open.identity,
			metric: { name, version },
			parameters: { readout, patchFlatten },
			layers: [layer],
			images: { set: "leaves", split, digest: "", count, batchSize },
		}));
		return runPass(planPass(open, asked, "cpu"), leavesBatches(64, split, count, batchSize));
	}
});

function referenceOf(id: string): Reference {
	return JSON.parse(readFileSync(new URL(`../fixtures/linearProbe/${id}.json`, import.meta.url), "utf8"));
}
