/** What is measured: the embedded models, an untrained ResNet-50, and the real ViT-Tiny where it is at hand. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { architectureTensorShapes, buildArchitecture } from "../../src/architecture/architecture.ts";
import { heWeights } from "../../src/architecture/heWeights.ts";
import { resnet50 } from "../../src/architecture/resnet.ts";
import { type OpenModel, openModel } from "../../src/data/modelFile.ts";
import { describePreprocessing, symmetric } from "../../src/zoo/preprocessing.ts";
import { zoo } from "../../src/zoo/zoo.ts";

export interface Subject {
	readonly id: string;
	/** Images in a batch. */
	readonly batchSize: number;
	open(): Promise<OpenModel>;
}

const embedded = zoo.map(({ id }): Subject => ({ id, batchSize: 64, open: () => openModel(id) }));

/** Speed does not depend on what the weights are, as long as activations stay finite. */
const untrainedResnet50: Subject = { id: "resnet-50", batchSize: 32, open: async () => openUntrained() };

const vitTinyFile = join(process.env.SIGHTLINE_TEST_DATA ?? "", "models/vit-tiny-patch16-224/model.onnx");
const vitTiny: Subject = { id: "vit-tiny", batchSize: 64, open: () => openModel(vitTinyFile) };

export const subjects: readonly Subject[] = [
	...embedded,
	untrainedResnet50,
	...(existsSync(vitTinyFile) ? [vitTiny] : []),
];

function openUntrained(): OpenModel {
	const architecture = { family: "resnet", ...resnet50 } as const;
	const model = buildArchitecture(architecture, heWeights(architectureTensorShapes(architecture), 1));
	const anatomy = findAnatomy(model);
	const id = untrainedResnet50.id;
	const source = { kind: "onnx", file: `${id}.onnx` } as const;
	return {
		entry: {
			id,
			title: id,
			source,
			preprocessing: symmetric,
			labels: null,
			standsFor: null,
			overrides: {},
			expected: null,
		},
		model,
		anatomy,
		identity: {
			id,
			digest: "untrained, seed 1",
			anatomyVersion: anatomy.version,
			preprocessing: describePreprocessing(symmetric),
			precision: "float32",
		},
		preprocessing: symmetric,
	};
}
