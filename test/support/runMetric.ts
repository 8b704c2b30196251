/** Runs a metric by itself: its nodes on the CPU, over tensors that are given instead of a model's. */
import type { Anatomy, Attention, Block, Layer, ResidualAddition, TokenLayout } from "../../src/anatomy/anatomy.ts";
import type { BatchRecord, DeviceTensor, Parameters, Recorder, Records } from "../../src/metrics/metric.ts";
import { type AttributeLike, attributesOf, createEmitter } from "../../src/onnx/emitter.ts";
import type { Model, Node } from "../../src/onnx/model.ts";
import { applyPatches } from "../../src/onnx/patch.ts";
import { inferShapes } from "../../src/onnx/shapes.ts";
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
	readonly residuals?: readonly ResidualAddition[];
	readonly tokens?: TokenLayout | null;
	readonly classes?: number;
	readonly parameters?: Parameters;
	readonly blocks?: readonly Block[];
	/** What stands between the given tensors and those that the metric reads, where that is not nothing. */
	readonly graph?: { readonly nodes: readonly Node[]; readonly initializers: ReadonlyMap<string, Tensor> };
}

export function anatomyOf(given: Given): Anatomy {
	const { layers = [], attentions = [], residuals = [], blocks = [], tokens = null, classes = 3 } = given;
	return {
		version: 1,
		family: tokens === null ? "cnn" : "vit",
		input: { tensor: "pixels", channels: 3, height: 8, width: 8 },
		output: { tensor: "logits", classes },
		blocks,
		attentions,
		residuals,
		layers,
		tokens,
		pooling: null,
		parameters: 0,
		findings: [],
		remarks: [],
	};
}

export function layer(name: string, shape: readonly number[]): Layer {
	return { name, kind: "output", tensor: name, block: null, shape };
}

/** A node of `Given.graph` with one output. */
export function node(
	operator: string,
	inputs: readonly string[],
	output: string,
	attributes: Readonly<Record<string, AttributeLike>> = {},
): Node {
	return { name: "", operator, domain: "", inputs, outputs: [output], attributes: attributesOf(attributes) };
}

/** The records of a metric over batches, all of the first batch's shapes. */
export async function recordsOf(metric: Recorder, given: Given, batches: readonly GivenBatch[]): Promise<Records> {
	const [first] = batches;
	if (first === undefined) throw new Error("no batches");
	const batchSize = Object.values(first.tensors)[0]?.shape[0] ?? 0;
	const { layers = [], parameters = { tokens: "all", variant: "paper" } } = given;
	const site = { anatomy: anatomyOf(given), parameters, layers, batchSize };
	const model = modelWithInputs(first.tensors, given.graph);
	const emit = createEmitter(model, "metric");
	const shapes = new Map(Object.entries(first.tensors).map(([name, tensor]) => [name, tensor.shape]));
	const { shapes: known, constants } = inferShapes(model, shapes);
	const shape = (tensor: string) => known.get(tensor) ?? [];
	const outputs = metric.nodes({ ...site, emit, model, constants, provider: "cpu", shape });
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

/** The given tensors as inputs, each handed on as it is, and what is made of them. */
function modelWithInputs(
	tensors: Readonly<Record<string, Tensor>>,
	{ nodes, initializers }: NonNullable<Given["graph"]> = { nodes: [], initializers: new Map() },
): Model {
	const inputs = Object.entries(tensors).map(([name, { shape }]) => ({ name, type: "float32", shape }) as const);
	const none = new Uint8Array(0);
	return {
		irVersion: 8n,
		producer: { name: "test", version: "" },
		opsets: new Map([["", 17]]),
		graph: {
			name: "given",
			nodes,
			initializers,
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
