/**
 * Writes new nodes next to a graph: names them, collects them, and knows how each operator is spelled in the model's
 * opset, so that what a metric adds is legal in any model. What is collected becomes a patch.
 */
import { SightlineError } from "../errors.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { fromFloat32s, fromValues, int64Vector } from "../tensor/values.ts";
import type { Attribute, Attributes, Model, Node } from "./model.ts";
import { elementTypeNumbers } from "./proto.ts";

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
	/** Adds a node and returns its first output's name; that of the same node, if there already is one. */
	add(
		operator: string,
		inputs: readonly string[],
		attributes?: Readonly<Record<string, AttributeLike>>,
		options?: EmitOptions,
	): string;
	/** Adds a constant and returns its name; that of the same constant, if there already is one. */
	constant(tensor: Tensor): string;
	/** A float32 scalar or an int64 vector, constant. */
	float(value: number): string;
	ints(values: readonly number[]): string;
	/** Operators whose axes moved from attribute to input: at 13 (ReduceSum, Squeeze, Unsqueeze) or 18 (the other Reduce*). */
	reduce(
		operator: "ReduceSum" | "ReduceMean" | "ReduceMax" | "ReduceProd" | "ReduceSumSquare",
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
	/** 1 if left out. The others are named as the first, followed by ".1", ".2", ... */
	readonly outputs?: number;
}

/**
 * @param prefix stands before every name that is made; unique among the patches of one model
 * @throws SightlineError BAD_INPUT for models older than opset 9
 */
export function createEmitter(model: Model, prefix: string): Emitter {
	const opset = model.opsets.get("") ?? 0;
	if (opset < oldestOpset) {
		throw new SightlineError("BAD_INPUT", `the model is written in opset ${opset}; ${oldestOpset} or later is needed`, {
			hint: "Convert it with onnx.version_converter, or export it again.",
		});
	}
	const nodes: Node[] = [];
	const initializers = new Map<string, Tensor>();
	const shared = new Map<string, string>();
	const added = new Map<string, string>();

	const constant = (tensor: Tensor): string => {
		const words = contentOf(tensor);
		const known = shared.get(words);
		if (known !== undefined) return known;
		const name = `${prefix}/constant${initializers.size}`;
		initializers.set(name, tensor);
		shared.set(words, name);
		return name;
	};
	const add: Emitter["add"] = (operator, inputs, attributes = {}, { domain = "", outputs = 1 } = {}) => {
		const words = JSON.stringify([domain, operator, inputs, attributes, outputs], inWords);
		const known = added.get(words);
		if (known !== undefined) return known;
		const name = `${prefix}/${operator}${nodes.length}`;
		added.set(words, name);
		const others = Array.from({ length: outputs - 1 }, (_, i) => `${name}.${i + 1}`);
		nodes.push({ name, operator, domain, inputs, outputs: [name, ...others], attributes: attributesOf(attributes) });
		return name;
	};
	const ints = (values: readonly number[]): string => constant(int64Vector(values));

	/** @param since the opset in which the axes became an input */
	const withAxes = (
		operator: string,
		since: number,
		input: string,
		axes: readonly number[],
		attributes: Readonly<Record<string, AttributeLike>> = {},
	): string => {
		// Counting from the end became legal in opset 11 only.
		if (axes.some((axis) => !(axis >= 0))) {
			throw new SightlineError("BAD_INPUT", `${operator} with axes ${axes.join(", ")}: they count from 0`);
		}
		return opset >= since
			? add(operator, [input, ints(axes)], attributes)
			: add(operator, [input], { ...attributes, axes });
	};

	return {
		opset,
		nodes,
		initializers,
		add,
		constant,
		// What float32 would round is written in float64 and cast: devices fold that into a constant, and an interpreter in
		// which casts round nothing has all of its digits.
		float: (value) =>
			Math.fround(value) === value
				? constant(fromFloat32s([], [value]))
				: add("Cast", [constant(fromValues("float64", [], [value]))], { to: elementTypeNumbers.float32 }),
		ints,
		reduce: (operator, input, axes, keepDimensions) =>
			withAxes(operator, operator === "ReduceSum" ? 13 : 18, input, axes, { keepdims: keepDimensions ? 1 : 0 }),
		squeeze: (input, axes) => withAxes("Squeeze", 13, input, axes),
		unsqueeze: (input, axes) => withAxes("Unsqueeze", 13, input, axes),
		slice: (input, axis, from, to) =>
			opset >= 10
				? add("Slice", [input, ints([from]), ints([to]), ints([axis])])
				: add("Slice", [input], { starts: [from], ends: [to], axes: [axis] }),
		reshape: (input, shape) => add("Reshape", [input, ints(shape)]),
	};
}

/** The first opset in which all that is emitted here exists. */
const oldestOpset = 9;

/** What makes two constants one. */
function contentOf({ type, shape, bytes }: Tensor): string {
	return `${type} ${shape} ${new TextDecoder("latin1").decode(bytes)}`;
}

/** For JSON, which has neither bigint nor infinity, and would write bytes as an object. */
function inWords(_: string, value: unknown): unknown {
	if (value instanceof Uint8Array) return value.join();
	return typeof value === "bigint" || typeof value === "number" ? `${value}` : value;
}

/** Attributes as they stand in a node. */
export function attributesOf(attributes: Readonly<Record<string, AttributeLike>>): Attributes {
	return new Map(Object.entries(attributes).map(([name, value]) => [name, attributeOf(value)]));
}

function attributeOf(value: AttributeLike): Attribute {
	if (typeof value === "string") return { kind: "string", value };
	if (typeof value === "number" || typeof value === "bigint") return { kind: "int", value: BigInt(value) };
	if ("float" in value) return { kind: "float", value: value.float };
	if ("tensor" in value) return { kind: "tensor", value: value.tensor };
	return { kind: "ints", value: value.map(BigInt) };
}
