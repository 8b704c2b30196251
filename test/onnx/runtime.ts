/** ONNX Runtime on the CPU as the other opinion: any graph, tensors of any type, nothing optimised away. */
import { Tensor as DeviceTensor, InferenceSession } from "onnxruntime-node";
import { encodeModel } from "../../src/onnx/encode.ts";
import type { Model } from "../../src/onnx/model.ts";
import { type ElementType, elementSizes, type Tensor } from "../../src/tensor/tensor.ts";
import { float32s, fromFloat32s, fromValues, int64s, isInteger, numbers } from "../../src/tensor/values.ts";

type Feeds = Readonly<Record<string, Tensor>>;

/** All outputs of a model. */
export function run(model: Model, feeds: Feeds): Promise<ReadonlyMap<string, Tensor>> {
	return runBytes(encodeModel(model), feeds);
}

export async function runBytes(bytes: Uint8Array | string, feeds: Feeds): Promise<ReadonlyMap<string, Tensor>> {
	const options: InferenceSession.SessionOptions = { graphOptimizationLevel: "disabled", logSeverityLevel: 4 };
	// The two signatures take the same options, but only one type each.
	const session = await (typeof bytes === "string"
		? InferenceSession.create(bytes, options)
		: InferenceSession.create(bytes, options));
	try {
		const given = Object.entries(feeds).filter(([name]) => session.inputNames.includes(name));
		const results = await session.run(Object.fromEntries(given.map(([name, tensor]) => [name, toDevice(tensor)])));
		return new Map(Object.entries(results).map(([name, result]) => [name, fromDevice(result)]));
	} finally {
		await session.release();
	}
}

/** Every tensor that the graph computes, at the given inputs. */
export function runAll(model: Model, feeds: Feeds): Promise<ReadonlyMap<string, Tensor>> {
	const computed = model.graph.nodes.flatMap((node) => node.outputs).filter((name) => name !== "");
	const outputs = [...new Set(computed)].map((name) => ({ name, type: null, shape: null }));
	return run({ ...model, graph: { ...model.graph, outputs } }, feeds);
}

function toDevice(tensor: Tensor): DeviceTensor {
	const { type, shape } = tensor;
	if (type === "float32") return new DeviceTensor("float32", float32s(tensor), shape);
	if (type === "float64") return new DeviceTensor("float64", numbers(tensor), shape);
	if (type === "int64") return new DeviceTensor("int64", BigInt64Array.from(int64s(tensor)), shape);
	if (type === "int32") return new DeviceTensor("int32", Int32Array.from(numbers(tensor)), shape);
	if (type === "uint8") return new DeviceTensor("uint8", Uint8Array.from(numbers(tensor)), shape);
	if (type === "bool") return new DeviceTensor("bool", Uint8Array.from(numbers(tensor)), shape);
	throw new Error(`tests feed no ${type}`);
}

function fromDevice({ type, dims, data }: DeviceTensor): Tensor {
	if (!(type in elementSizes)) throw new Error(`tests read no ${type}`);
	const elementType = type as ElementType; // checked above
	if (elementType === "float32") return fromFloat32s(dims, data as Float32Array); // as the runtime documents
	return fromValues(elementType, dims, data as ArrayLike<number | bigint>);
}

/**
 * The largest difference of two tensors' elements: relative for floating-point numbers beyond 1, infinite where a shape,
 * an integer, or what is no number differs.
 */
export function difference(a: Tensor, b: Tensor): number {
	const sameShape = a.shape.length === b.shape.length && a.shape.every((side, axis) => side === b.shape[axis]);
	if (a.type !== b.type || !sameShape) return Number.POSITIVE_INFINITY;
	if (isInteger(a.type)) {
		const expected = int64s(b);
		return int64s(a).every((element, i) => element === expected[i]) ? 0 : Number.POSITIVE_INFINITY;
	}
	const expected = numbers(b);
	return numbers(a).reduce((largest, element, i) => {
		const other = expected[i] ?? Number.NaN;
		if (Object.is(element, other)) return largest;
		const apart = Math.abs(element - other) / Math.max(1, Math.abs(other));
		return Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(largest, apart);
	}, 0);
}
