import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { type Architecture, architectureTensorShapes, buildArchitecture } from "../../src/architecture/architecture.ts";
import { heWeights } from "../../src/architecture/heWeights.ts";
import type { OpenModel } from "../../src/data/modelFile.ts";
import { digestOf } from "../../src/plan/measurement.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { describePreprocessing, plusMinusOne } from "../../src/zoo/preprocessing.ts";

/** An untrained model, open: the same for the same id and architecture. */
export function untrained(id: string, architecture: Architecture): OpenModel {
	const model = buildArchitecture(architecture, untrainedWeights(id, architecture));
	const anatomy = findAnatomy(model);
	const preprocessing = plusMinusOne;
	return {
		entry: {
			id,
			title: `${id}, untrained`,
			source: { kind: "safetensors", file: `${id}.safetensors`, architecture },
			preprocessing,
			labels: "leaves",
			standsFor: null,
			analogyEnds: null,
			overrides: {},
			expected: null,
		},
		model,
		anatomy,
		identity: {
			id,
			digest: digestOf({ untrained: id, architecture }),
			anatomyVersion: anatomy.version,
			preprocessing: describePreprocessing(preprocessing),
			precision: "float32",
		},
		preprocessing,
		sha256: digestOf({ file: id }),
	};
}

/** Other weights for another id. */
export function untrainedWeights(id: string, architecture: Architecture): ReadonlyMap<string, Tensor> {
	return heWeights(architectureTensorShapes(architecture), Number.parseInt(digestOf(id).slice(0, 8), 16));
}
