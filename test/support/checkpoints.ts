/** The checkpoints of test/fixtures/checkpoints: names, shapes and configs of other libraries, seeded weights, and their logits. */
import { readFileSync } from "node:fs";
import type { Architecture } from "../../src/architecture/architecture.ts";
import { elementCount, type Tensor } from "../../src/tensor/tensor.ts";
import { fromFloat32s } from "../../src/tensor/values.ts";

export interface CheckpointCase {
	/** Shape, centre and spread by name. */
	readonly tensors: Readonly<Record<string, readonly [shape: readonly number[], centre: number, spread: number]>>;
	readonly config: unknown;
	/** What is asked for; null where the checkpoint's own size is meant. */
	readonly imageSize: readonly [height: number, width: number] | null;
	/** Of the images that the logits are of. */
	readonly side: readonly [height: number, width: number];
	/** [2, classes], float64. */
	readonly logits: readonly (readonly number[])[];
	/** Relative to the largest logit, in float64: larger where weights are folded and rounded to float32. */
	readonly tolerance: number;
	/** Where it is declared in place of being recognised. */
	readonly architecture?: Architecture;
	/** Of all blocks together. */
	readonly heads?: number | null;
}

export const checkpointCases: Readonly<Record<string, CheckpointCase>> = JSON.parse(
	readFileSync(fixture("checkpoints.json"), "utf8"),
).cases;

export function fixture(file: string): URL {
	return new URL(`../fixtures/checkpoints/${file}`, import.meta.url);
}

export function checkpointCase(name: string): CheckpointCase {
	const found = checkpointCases[name];
	if (found === undefined) throw new Error(`no case ${name}`);
	return found;
}

/** The weights that checkpoints.py gave the library's own model. */
export function checkpointWeights({ tensors }: Pick<CheckpointCase, "tensors">): Map<string, Tensor> {
	const names = Object.keys(tensors).sort();
	return new Map(
		names.map((name, index) => {
			const [shape, centre, spread] = tensors[name] ?? [[], 0, 0];
			const values = Float32Array.from(noise(index, elementCount(shape)), (value) => centre + spread * value);
			return [name, fromFloat32s(shape, values)];
		}),
	);
}

/** Two images [2, 3, height, width]. */
export function checkpointPixels([height, width]: readonly [number, number]): Tensor {
	return fromFloat32s([2, 3, height, width], Float32Array.from(noise(4095, 2 * 3 * height * width)));
}

/** Numbers in -1..1, as `noise` of checkpoints.py. */
function noise(tensor: number, count: number): Float64Array {
	const result = new Float64Array(count);
	for (let index = 0; index < count; index++) {
		let bits = (Math.imul(index, 2654435761) + tensor * 40503) >>> 0;
		bits ^= bits >>> 16;
		bits = Math.imul(bits, 0x85ebca6b);
		bits ^= bits >>> 13;
		bits = Math.imul(bits, 0xc2b2ae35);
		bits ^= bits >>> 16;
		result[index] = (bits >>> 0) / 2147483648 - 1;
	}
	return result;
}
