/** Runs a metric by itself: its nodes on the CPU, over tensors that are given instead of a model's. */
import type { Anatomy, Attention, Layer, TokenLayout } from "../../src/anatomy/anatomy.ts";
import type { BatchRecord, DeviceTensor, Parameters, Recorder, Records } from "../../src/metrics/metric.ts";
import { createEmitter } from "../../src/onnx/emitter.ts";
import type { Model } from "../../src/onnx/model.ts";
import { applyPatches } from "../../src/onnx/patch.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { float32s } from "../../src/tensor/values.ts";
import { runModel } from "./runModel.ts";

/** A batch of what the metric reads, [batchSize, ...] by tensor name. */
export interface GivenBatch {
	readonly tensors: Readonly<Record<string, Tensor>>;
	/** All of a full batch if left out. */
	readonly images?: number;
	/** -1 if left out. */
	readonly labels?: readonly number[];
}

export interface Given {
	readonly layers?: readonly Layer[];
	readonly attentions?: readonly Attention[];
	readonly tokens?: TokenLayout | null;
	readonly classes?: number;
	readonly parameters?: Parameters;
}

export function anatomyOf({ layers = [], attentions = [], tokens = null, classes = 3 }: Given): Anatomy {
	return {
		version: 1,
		family: tokens === null ? "cnn" : "vit",
		input: { tensor: "pixels", channels: 3, height: 8, width: 8 },
		output: { tensor: "logits", classes },
		blocks: [],
		attentions,
		residuals: [],
		layers,
		tokens,
		pooling: null,
		parameters: 0,
		remarks: [],
	};
}

export function layer(name: string, shape: readonly number[]): Layer {
	return { name, kind: "output", tensor: name, block: null, shape };
}

/** The records of a metric over batches, all of the first batch's shapes. */
export async function recordsOf(metric: Recorder, given: Given, batches: readonly GivenBatch[]): Promise<Records> {
	const [first] = batches;
	if (first === undefined) throw new Error("no batches");
	const batchSize = Object.values(first.tensors)[0]?.shape[0] ?? 0;
	const { layers = [], parameters = {} } = given;
	const site = { anatomy: anatomyOf(given), parameters, layers, batchSize };
	const model = modelWithInputs(first.tensors);
	const emit = createEmitter(model, "metric");
	const shape = (tensor: string) => first.tensors[tensor]?.shape ?? [];
	const outputs = metric.nodes({ ...site, emit, model, constants: new Map(), provider: "cpu", shape });
	const opsets = new Map([["com.microsoft", 1]]);
	const patched = applyPatches(model, [{ label: metric.name, ...emit, outputs: [], opsets }], "drop");

	const records: BatchRecord[] = [];
	for (const [index, { tensors, images = batchSize, labels }] of batches.entries()) {
		const found = await runModel(patched, tensors, Object.values(outputs));
		const named = Object.entries(outputs).map(([name, tensor]): [string, DeviceTensor] => {
			const value = found.get(tensor);
			if (value === undefined) throw new Error(`no ${tensor}`);
			return [name, { shape: value.shape, data: float32s(value) }];
		});
		const batch = { index, images, labels: Int32Array.from(labels ?? new Array(images).fill(-1)) };
		records.push({ index, images, values: metric.record(Object.fromEntries(named), batch, site) });
	}
	return { ...site, records };
}

/** Nothing but inputs, each handed on as it is. */
function modelWithInputs(tensors: Readonly<Record<string, Tensor>>): Model {
	const inputs = Object.entries(tensors).map(([name, { shape }]) => ({ name, type: "float32", shape }) as const);
	const none = new Uint8Array(0);
	return {
		irVersion: 8n,
		producer: { name: "test", version: "" },
		opsets: new Map([["", 17]]),
		graph: {
			name: "given",
			nodes: [],
			initializers: new Map(),
			inputs,
			outputs: [],
			values: [],
			rest: none,
		},
		functions: [],
		metadata: new Map(),
		rest: none,
	};
}
