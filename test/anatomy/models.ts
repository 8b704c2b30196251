/** Models for the tests of anatomy: small ones built here, the real ones of SIGHTLINE_TEST_DATA, and small graphs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildResnet, type ResnetConfig, resnetTensorShapes } from "../../src/architecture/resnet.ts";
import { buildVit } from "../../src/architecture/vit.ts";
import type { VitConfig } from "../../src/architecture/vitConfig.ts";
import { vitTensorShapes } from "../../src/architecture/vitTensors.ts";
import { random } from "../../src/numerics/random.ts";
import { decodeModel } from "../../src/onnx/decode.ts";
import type { Attribute, Dimension, Model, Node } from "../../src/onnx/model.ts";
import { elementCount, type Tensor } from "../../src/tensor/tensor.ts";
import { fromFloat32s } from "../../src/tensor/values.ts";

export const dataFolder = process.env.SIGHTLINE_TEST_DATA;

/** What a test that needs the real models says in its name where they are missing. */
export const needsData =
	dataFolder === undefined ? " (skipped: SIGHTLINE_TEST_DATA names no folder of real models)" : "";

export function realModel(path: string): Model {
	return decodeModel(readFileSync(join(dataFolder ?? "", "models", `${path}.onnx`)));
}

export const tinyVitConfig: VitConfig = {
	imageSide: 24,
	patch: 8,
	width: 12,
	depth: 3,
	heads: 2,
	mlpRatio: 3,
	pooling: "cls",
	classes: 5,
	normEpsilon: 1e-6,
};

export const tinyResnetConfig: ResnetConfig = {
	imageSide: 16,
	stem: { kernel: 3, width: 8, pooling: false },
	width: 4,
	units: [2, 1],
	classes: 5,
	normEpsilon: 1e-5,
};

export function tinyVit(changes: Partial<VitConfig> = {}): Model {
	const config = { ...tinyVitConfig, ...changes };
	return buildVit(config, randomTensors(vitTensorShapes(config)));
}

export function tinyResnet(changes: Partial<ResnetConfig> = {}): Model {
	const config = { ...tinyResnetConfig, ...changes };
	return buildResnet(config, randomTensors(resnetTensorShapes(config)));
}

/** Every weight in [0.1, 0.5): positive, so that a variance is one, and nowhere the identity that a fresh norm is. */
function randomTensors(shapes: Iterable<readonly [string, readonly number[]]>): Map<string, Tensor> {
	const source = random(1, 1);
	return new Map(
		[...shapes].map(([name, shape]) => {
			const values = Float32Array.from({ length: elementCount(shape) }, () => source.between(0.1, 0.5));
			return [name, fromFloat32s(shape, values)];
		}),
	);
}

/** A node, written in a line; attributes are integers or lists of them. */
export function node(
	operator: string,
	inputs: readonly string[],
	outputs: readonly string[],
	attributes: Readonly<Record<string, number | readonly number[]>> = {},
): Node {
	const read = Object.entries(attributes).map(([name, value]): [string, Attribute] => [
		name,
		typeof value === "number" ? { kind: "int", value: BigInt(value) } : { kind: "ints", value: value.map(BigInt) },
	]);
	return { name: "", operator, domain: "", inputs, outputs, attributes: new Map(read) };
}

/** A model of these nodes: "image" in, the last node's first output out. Weights are given as shapes. */
export function graphOf(
	nodes: readonly Node[],
	weights: Readonly<Record<string, readonly number[]>> = {},
	image: readonly Dimension[] = ["batch", 3, 8, 8],
): Model {
	return {
		irVersion: 8n,
		producer: { name: "test", version: "" },
		opsets: new Map([["", 17]]),
		graph: {
			name: "test",
			nodes,
			initializers: randomTensors(Object.entries(weights)),
			inputs: [{ name: "image", type: "float32", shape: image }],
			outputs: [{ name: nodes.at(-1)?.outputs[0] ?? "", type: "float32", shape: null }],
			values: [],
			rest: new Uint8Array(),
		},
		functions: [],
		metadata: new Map(),
		rest: new Uint8Array(),
	};
}
