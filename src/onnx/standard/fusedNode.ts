import type { Tensor } from "../../tensor/tensor.ts";
import type { Emitter } from "../emitter.ts";
import type { Node } from "../model.ts";

/** A fused node, and what it takes to spell it out. */
export interface FusedNode {
	readonly node: Node;
	readonly emit: Emitter;
	/** A weight's value; null for what is computed. */
	constant(tensor: string): Tensor | null;
	/** The node that makes a tensor; null for inputs and weights. */
	producer(tensor: string): Node | null;
}

/** Of each output of the fused node, the new tensor that takes its place. */
export type Unfused = ReadonlyMap<string, string>;

/** An input's name; "" where it is left out. */
export const inputOf = ({ inputs }: Node, index: number): string => inputs[index] ?? "";

export function integerOf({ attributes }: Node, name: string, otherwise: number): number {
	const attribute = attributes.get(name);
	return attribute?.kind === "int" ? Number(attribute.value) : otherwise;
}

export function numberOf({ attributes }: Node, name: string, otherwise: number): number {
	const attribute = attributes.get(name);
	return attribute?.kind === "float" ? attribute.value : otherwise;
}
