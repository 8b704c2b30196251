/** Untrained models in the place of those that queries name and that are not there: as deep as the trained ones, thin. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Architecture } from "../../src/architecture/architecture.ts";
import { writeSafetensors } from "../../src/checkpoint/safetensors.ts";
import { plusMinusOne } from "../../src/zoo/preprocessing.ts";
import { untrainedWeights } from "./untrained.ts";

const common = { imageSide: 64, classes: 30, normEpsilon: 1e-6 } as const;
const vit = { family: "vit", ...common, patch: 8, width: 24, depth: 6, heads: 6, mlpRatio: 2, pooling: "cls" } as const;
const stem = { kernel: 3, width: 8, pooling: false } as const;

/** By what the id begins with; the first that fits. */
const architectures: readonly (readonly [start: string, architecture: Architecture])[] = [
	["vit-s-gap", { ...vit, pooling: "gap" }],
	["vit-s-noskip-early", { ...vit, withoutSkips: [1] }],
	["vit-s-noskip-middle", { ...vit, withoutSkips: [3] }],
	["vit-s-noskip-late", { ...vit, withoutSkips: [4] }],
	["vit-l", { ...vit, depth: 12, heads: 8 }],
	["vit", vit],
	["mixer", { family: "mixer", ...common, patch: 8, width: 24, depth: 6, tokenRatio: 0.5, mlpRatio: 2 }],
	["resnet", { family: "resnet", ...common, stem, width: 4, units: [2, 2, 2, 2] }],
];

/**
 * Writes the weights of a model into a folder: the same for the same id, others for any other.
 * @returns its entry for the sightline.json of that folder
 */
export async function writeStandIn(folder: string, id: string): Promise<object> {
	const architecture = architectures.find(([start]) => id.startsWith(start))?.[1];
	if (architecture === undefined) throw new Error(`${id}: its family cannot be told from its id`);
	const file = `${id}.safetensors`;
	await writeFile(join(folder, file), writeSafetensors(untrainedWeights(id, architecture)));
	const source = { kind: "safetensors", file, architecture };
	return { id, title: `${id}, untrained`, source, preprocessing: plusMinusOne, labels: "leaves" };
}
