/**
 * A change to a graph as a value: new nodes, new constants, tensors that take the place of others, new outputs. It is
 * checked, then applied to give a new model; the model that was read is never edited.
 */
import type { Tensor } from "../tensor/tensor.ts";
import type { Model, Node, Value } from "./model.ts";

export interface Patch {
	/** What it is for, shown in errors. */
	readonly label: string;
	readonly nodes: readonly Node[];
	readonly initializers: ReadonlyMap<string, Tensor>;
	/** Whoever read the key reads the value instead (nodes of the patch itself excepted). */
	readonly replaced?: ReadonlyMap<string, string>;
	/** Added to the graph's outputs. */
	readonly outputs: readonly Value[];
	/** Opsets of other domains that the new nodes need. */
	readonly opsets?: ReadonlyMap<string, number>;
}

/**
 * @param outputs which of the graph's own outputs stay: all, or none (a session then computes only what the patches ask)
 * @throws SightlineError BAD_INPUT: a name made twice, an input that nobody makes, a cycle
 */
export declare function applyPatches(model: Model, patches: readonly Patch[], outputs: "keep" | "drop"): Model;
