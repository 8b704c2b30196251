/** Who writes checkpoints, each with its own names: what every one of these readers is given and gives. */
import { SightlineError } from "../../errors.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Architecture } from "../architecture.ts";
import type { Config } from "./config.ts";

/** Writes a family's checkpoints under names that no other has. */
export interface Source {
	/** In words, for messages: "transformers (ViT, DeiT, ...)". */
	readonly title: string;
	/** Whether the names are this source's. */
	matches(names: ReadonlySet<string>): boolean;
	read(given: Given): Recognised;
}

export interface Given {
	readonly tensors: ReadonlyMap<string, Tensor>;
	/** What config.json says; empty where there is none. */
	readonly config: Config;
	/** What the model shall be built for, in pixels; null: what the checkpoint is for. */
	readonly imageSize: readonly [height: number, width: number] | null;
}

export interface Recognised {
	readonly architecture: Architecture;
	/** Under the names that the architecture's builder wants; made when they are read, and not kept. */
	readonly tensors: ReadonlyMap<string, Tensor>;
	/** What was taken for granted, in sentences. */
	readonly remarks: readonly string[];
}

/**
 * A tensor that must be there, with so many axes.
 * @throws SightlineError BAD_INPUT naming it
 */
export function need(tensors: ReadonlyMap<string, Tensor>, name: string, axes: number): Tensor {
	const tensor = tensors.get(name);
	if (tensor === undefined) throw new SightlineError("BAD_INPUT", `the tensor ${name} is missing`);
	return withAxes(name, tensor, axes);
}

/** @throws SightlineError BAD_INPUT where the tensor has another number of axes, or one without elements */
export function withAxes(name: string, tensor: Tensor, axes: number): Tensor {
	if (tensor.shape.length === axes && tensor.shape.every((side) => side > 0)) return tensor;
	throw new SightlineError("BAD_INPUT", `${name} is [${tensor.shape.join(", ")}], expected ${axes} sides from 1`);
}

/** What is known of and yet not built. */
export function notBuilt(what: string, instead: string): SightlineError {
	return new SightlineError("BAD_INPUT", `${what}, which is not built here`, { hint: instead });
}

/** How many there are of blocks.0, blocks.1, ...: the first index that no name has where the pattern keeps it. */
export function countOf(names: Iterable<string>, pattern: RegExp): number {
	const found = new Set<number>();
	for (const name of names) found.add(Number(pattern.exec(name)?.[1] ?? Number.NaN));
	let count = 0;
	while (found.has(count)) count++;
	return count;
}
