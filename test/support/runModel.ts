import { Tensor as DeviceTensor, InferenceSession } from "onnxruntime-node";
import { encodeModel } from "../../src/onnx/encode.ts";
import type { Model, Value } from "../../src/onnx/model.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { float32s, fromFloat32s } from "../../src/tensor/values.ts";

/** Runs a float32 model on the CPU, with any tensors of its graph as outputs. */
export async function runModel(
	model: Model,
	inputs: Readonly<Record<string, Tensor>>,
	outputs: readonly string[],
): Promise<ReadonlyMap<string, Tensor>> {
	const { graph } = model;
	const named = outputs.map((name): Value => ({ name, type: "float32", shape: null }));
	const bytes = encodeModel({ ...model, graph: { ...graph, outputs: named } });
	const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
	try {
		const feeds = Object.entries(inputs).map(([name, tensor]) => [
			name,
			new DeviceTensor("float32", float32s(tensor), tensor.shape),
		]);
		const results = await session.run(Object.fromEntries(feeds));
		return new Map(
			outputs.map((name) => {
				const { dims, data } = results[name] as DeviceTensor; // every output asked for is given
				return [name, fromFloat32s(dims, data as Float32Array)]; // float32 in, float32 out
			}),
		);
	} finally {
		await session.release();
	}
}
