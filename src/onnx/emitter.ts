/**
 * Writes new nodes next to a graph: names them, collects them, and knows how each operator is spelled in the model's
 * opset, so that what a metric adds is legal in any model. What is collected becomes a patch.
 */
import type { Tensor } from "../tensor/tensor.ts";
import type { Attribute, Node } from "./model.ts";

/** An attribute as one writes it: an integer number or bigint is an int, `{ float: 1 }` a float. */
export type AttributeLike =
	| number
	| bigint
	| string
	| readonly number[]
	| { readonly float: number }
	| { readonly tensor: Tensor };

export interface Emitter {
	/** The version of the standard opset the nodes are written for. */
	readonly opset: number;
	/** Adds a node with one output and returns that output's name. */
	add(
		operator: string,
		inputs: readonly string[],
		attributes?: Readonly<Record<string, AttributeLike>>,
		options?: EmitOptions,
	): string;
	/** Adds a constant and returns its name. */
	constant(tensor: Tensor): string;
	/** A constant float32 scalar or int64 vector. */
	float(value: number): string;
	ints(values: readonly number[]): string;
	/** Operators whose axes moved from attribute to input: at 13 (ReduceSum, Squeeze, Unsqueeze) or 18 (the other Reduce*). */
	reduce(
		operator: "ReduceSum" | "ReduceMean" | "ReduceMax" | "ReduceSumSquare",
		input: string,
		axes: readonly number[],
		keepDimensions: boolean,
	): string;
	squeeze(input: string, axes: readonly number[]): string;
	unsqueeze(input: string, axes: readonly number[]): string;
	slice(input: string, axis: number, from: number, to: number): string;
	reshape(input: string, shape: readonly number[]): string;
	/** What was added so far. */
	readonly nodes: readonly Node[];
	readonly initializers: ReadonlyMap<string, Tensor>;
}

export interface EmitOptions {
	readonly domain?: string;
	readonly outputs?: number;
}

export type { Attribute };
