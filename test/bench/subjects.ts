/** What is measured: the embedded models, an untrained ResNet-50, and the real ViT-Tiny where it is at hand. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { resnet50 } from "../../src/architecture/resnet.ts";
import { type OpenModel, openModel } from "../../src/data/modelFile.ts";
import { untrained } from "../support/untrained.ts";

export interface Subject {
	readonly id: string;
	/** Images in a batch. */
	readonly batchSize: number;
	open(): Promise<OpenModel>;
}

/** The others are these architectures with other weights, or deeper. */
const embedded = ["vit-s", "vit-s-gap", "resnet-s"].map(
	(id): Subject => ({ id, batchSize: 64, open: () => openModel(id) }),
);

/** Speed does not depend on what the weights are, as long as activations stay finite. */
const untrainedResnet50: Subject = {
	...{ id: "resnet-50", batchSize: 32 },
	open: async () => untrained("resnet-50", { family: "resnet", ...resnet50 }),
};

const vitTinyFile = join(process.env.SIGHTLINE_TEST_DATA ?? "", "models/vit-tiny-patch16-224/model.onnx");
const vitTiny: Subject = { id: "vit-tiny", batchSize: 64, open: () => openModel(vitTinyFile) };

export const subjects: readonly Subject[] = [
	...embedded,
	untrainedResnet50,
	...(existsSync(vitTinyFile) ? [vitTiny] : []),
];
