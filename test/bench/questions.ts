/**
 * What a model can be asked in one forward pass: CKA of all layers; and everything else beside it, accuracy, attention
 * distances, norms of skips, localisation of two layers, features for probes of every block.
 */
import { layersOf } from "../../src/anatomy/anatomy.ts";
import { imageSet } from "../../src/data/imageSets.ts";
import type { OpenModel } from "../../src/data/modelFile.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import type { Parameters } from "../../src/metrics/metric.ts";
import type { Measurement } from "../../src/plan/measurement.ts";

export function questions(open: OpenModel, count: number, batchSize: number): readonly [Measurement, ...Measurement[]] {
	const { anatomy } = open;
	const ask = asking(open, count, batchSize);
	const outputs = layersOf(anatomy, "blocks").map(({ name }) => name);
	const readout = anatomy.tokens?.classToken ? "cls" : "mean";
	const others = [
		ask("accuracy", {}),
		ask("attentionDistance", { variant: "paper" }),
		ask("residualNorms", {}),
		...outputs.slice(-2).map((layer) => ask("localization", { patchPx: "grid" }, [layer])),
		...outputs.map((layer) => ask("linearProbe", { readout, patchFlatten: false }, [layer])),
	];
	return [ask("linearCka", { tokens: "all" }, "all"), ...others.filter(applyTo(open))];
}

/** The same, and what is asked to look at single heads. */
export function allQuestions(open: OpenModel, count: number, batchSize: number): readonly Measurement[] {
	const ask = asking(open, count, batchSize);
	const heads = [ask("attentionEntropy", {}), ask("attentionMap", { query: "mean" })];
	return [...questions(open, count, batchSize), ...heads.filter(applyTo(open))];
}

function asking({ identity }: OpenModel, count: number, batchSize: number) {
	const images = { set: "leaves", split: "test", digest: imageSet("leaves").digest, count, batchSize };
	return (name: string, parameters: Parameters, layers: Measurement["layers"] = []): Measurement => ({
		model: identity,
		metric: { name, version: metricNamed(name).version },
		parameters,
		layers,
		images,
	});
}

const applyTo =
	({ anatomy }: OpenModel) =>
	({ metric }: Measurement): boolean =>
		metricNamed(metric.name).absence(anatomy) === null;
