/**
 * What a model can be asked in one forward pass: CKA of all layers; and everything else beside it, attention distances, norms
 * of skips, localisation of two layers, features for probes of every block.
 */
import { layersOf } from "../../src/anatomy/anatomy.ts";
import { imageSet } from "../../src/data/imageSets.ts";
import type { OpenModel } from "../../src/data/modelFile.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import type { Parameters } from "../../src/metrics/metric.ts";
import type { Measurement } from "../../src/plan/measurement.ts";

export function questions(open: OpenModel, count: number, batchSize: number): Measurement[] {
	const { anatomy } = open;
	const images = { set: "leaves", split: "test", digest: imageSet("leaves").digest, count, batchSize };
	const ask = (name: string, parameters: Parameters, layers: Measurement["layers"] = []): Measurement => ({
		model: open.identity,
		metric: { name, version: metricNamed(name).version },
		parameters,
		layers,
		images,
	});
	const outputs = layersOf(anatomy, "blocks").map(({ name }) => name);
	const readout = anatomy.tokens?.classToken ? "cls" : "mean";
	const asked = [
		ask("linearCka", { tokens: "all" }, "all"),
		ask("attentionDistance", { variant: "paper" }),
		ask("residualNorms", {}),
		...outputs.slice(-2).map((layer) => ask("localization", { patchPx: "grid" }, [layer])),
		...outputs.map((layer) => ask("linearProbe", { readout, patchFlatten: false }, [layer])),
	];
	return asked.filter(({ metric }) => metricNamed(metric.name).absence(anatomy) === null);
}
