/** The smallest model, y = relu(x): whether a device answers at all. */

import type { Model } from "../../onnx/model.ts";
import type { Device } from "./device.ts";
import { sessionModel } from "./sessionModel.ts";

const model: Model = {
	irVersion: 8n,
	producer: { name: "sightline", version: "" },
	opsets: new Map([["", 13]]),
	graph: {
		name: "probe",
		nodes: [{ name: "", operator: "Relu", domain: "", inputs: ["x"], outputs: ["y"], attributes: new Map() }],
		initializers: new Map(),
		inputs: [{ name: "x", type: "float32", shape: [4] }],
		outputs: [{ name: "y", type: "float32", shape: [4] }],
		values: [],
		rest: new Uint8Array(),
	},
	functions: [],
	metadata: new Map(),
	rest: new Uint8Array(),
};

/** @throws what the runtime says where the device is not there */
export async function probe(device: Device): Promise<void> {
	const session = await device.session("probe", () => sessionModel(model));
	const { outputs } = await session.run({ x: { shape: [4], data: Float32Array.of(-1, 0, 1, 2) } }, ["y"]);
	const answer = String(outputs.y?.data);
	if (answer !== "0,0,1,2") throw new Error(`relu of -1, 0, 1, 2 is answered with ${answer}`);
}
