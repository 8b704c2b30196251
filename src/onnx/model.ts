/**
 * An ONNX model as plain, immutable values. What a field of the format means is said in onnx.proto; what is not
 * modelled here is kept as unread bytes (`rest`) and written back as it was.
 */
import type { ElementType, Tensor } from "../tensor/tensor.ts";

export interface Model {
	readonly irVersion: bigint;
	readonly producer: { readonly name: string; readonly version: string };
	/** Version by domain; "" is the standard domain ("ai.onnx" is read as ""). */
	readonly opsets: ReadonlyMap<string, number>;
	readonly graph: Graph;
	readonly functions: readonly LocalFunction[];
	readonly metadata: ReadonlyMap<string, string>;
	readonly rest: Uint8Array;
}

export interface Graph {
	readonly name: string;
	/** In topological order, as the format demands. */
	readonly nodes: readonly Node[];
	readonly initializers: ReadonlyMap<string, Tensor>;
	/** The true inputs: those that no initializer feeds. */
	readonly inputs: readonly Value[];
	readonly outputs: readonly Value[];
	/** What the file says of tensors between: names, types, shapes. Never needed, not always right. */
	readonly values: readonly Value[];
	readonly rest: Uint8Array;
}

/** A number, a name for an unknown number ("batch"), or nothing known. */
export type Dimension = number | string | null;

export interface Value {
	readonly name: string;
	readonly type: ElementType | null;
	/** null: rank unknown */
	readonly shape: readonly Dimension[] | null;
	/** Its notes, and a type that is no tensor. */
	readonly rest?: Uint8Array;
}

export interface Node {
	/** May be empty; never relied on. */
	readonly name: string;
	/** "Conv", "MatMul", ... */
	readonly operator: string;
	/** "" is the standard domain. */
	readonly domain: string;
	/** Tensor names; "" is an optional input left out. */
	readonly inputs: readonly string[];
	readonly outputs: readonly string[];
	readonly attributes: Attributes;
	readonly rest?: Uint8Array;
}

export type Attributes = ReadonlyMap<string, Attribute>;

export type Attribute =
	| { readonly kind: "float"; readonly value: number }
	| { readonly kind: "int"; readonly value: bigint }
	| { readonly kind: "string"; readonly value: string }
	| { readonly kind: "tensor"; readonly value: Tensor }
	| { readonly kind: "graph"; readonly value: Graph }
	| { readonly kind: "floats"; readonly value: readonly number[] }
	| { readonly kind: "ints"; readonly value: readonly bigint[] }
	| { readonly kind: "strings"; readonly value: readonly string[] }
	/** Anything else (sparse tensors, type protos, references to a function's attributes): kept as bytes. */
	| { readonly kind: "unread"; readonly value: Uint8Array };

/** A function that the model brings along (FunctionProto). */
export interface LocalFunction {
	readonly name: string;
	readonly domain: string;
	readonly inputs: readonly string[];
	readonly outputs: readonly string[];
	readonly nodes: readonly Node[];
	/** Attributes that a call may leave out, with the values they have then. */
	readonly defaults?: Attributes;
	readonly opsets: ReadonlyMap<string, number>;
	readonly rest: Uint8Array;
}
