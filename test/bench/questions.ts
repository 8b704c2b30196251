/** Everything that a report asks of a model in one pass: CKA of all layers, and the attention distance of each head. */

import { imageSet } from "../../src/data/imageSets.ts";
import type { OpenModel } from "../../src/data/modelFile.ts";
import { attentionDistance } from "../../src/metrics/attentionDistance.ts";
import { linearCka } from "../../src/metrics/linearCka.ts";
import type { Measurement } from "../../src/plan/measurement.ts";

export function questions(open: OpenModel, count: number, batchSize: number): Measurement[] {
	const images = { set: "leaves", split: "test", digest: imageSet("leaves").digest, count, batchSize };
	const ask = ({ name, version }: { name: string; version: number }, layers: Measurement["layers"]): Measurement => ({
		model: open.identity,
		metric: { name, version },
		parameters: {},
		layers,
		images,
	});
	const heads = open.anatomy.attentions.length > 0 ? [ask(attentionDistance, [])] : [];
	return [ask(linearCka, "all"), ...heads];
}
