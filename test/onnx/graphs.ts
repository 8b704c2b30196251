/** Small models for the tests of the ONNX core, and the real ones of SIGHTLINE_TEST_DATA. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { random } from "../../src/numerics/random.ts";
import { decodeModel } from "../../src/onnx/decode.ts";
import { type AttributeLike, attributesOf } from "../../src/onnx/emitter.ts";
import type { Dimension, Model, Node, Value } from "../../src/onnx/model.ts";
import { type ElementType, elementCount, type Tensor } from "../../src/tensor/tensor.ts";
import { fromValues } from "../../src/tensor/values.ts";
import { sharedData } from "../support/sharedData.ts";

/** What a test that needs the real models says in its name where they are missing. */
export const needsModels = sharedData === null ? " (skipped: SIGHTLINE_TEST_DATA names no folder of real models)" : "";

export const realModels = [
	"vit-tiny-patch16-224/model",
	"cifar10-resnets/resnet20_cifar10_op11_keepbn",
	"cifar10-resnets/resnet20_cifar10_op13",
	"cifar10-resnets/resnet56_cifar10_op13",
	"exports/resnet_4b",
	"exports/pgd_2_3_16",
	"exports/light_resnet50",
] as const;

export function realBytes(name: string): Uint8Array {
	return readFileSync(join(sharedData ?? "", "models", `${name}.onnx`));
}

export function realModel(name: string): Model {
	return decodeModel(realBytes(name));
}

export function node(
	operator: string,
	inputs: readonly string[],
	outputs: readonly string[],
	attributes: Readonly<Record<string, AttributeLike>> = {},
	domain = "",
): Node {
	return { name: "", operator, domain, inputs, outputs, attributes: attributesOf(attributes) };
}

export function value(name: string, type: ElementType | null, shape: readonly Dimension[] | null = null): Value {
	return { name, type, shape };
}

interface Parts {
	readonly nodes: readonly Node[];
	readonly inputs?: readonly Value[];
	readonly outputs: readonly Value[];
	readonly initializers?: Readonly<Record<string, Tensor>>;
	readonly opset?: number;
}

export function modelOf({ nodes, inputs = [], outputs, initializers = {}, opset = 17 }: Parts): Model {
	return {
		irVersion: 8n,
		producer: { name: "test", version: "1" },
		opsets: new Map([
			["", opset],
			["com.microsoft", 1],
		]),
		graph: {
			name: "test",
			nodes,
			initializers: new Map(Object.entries(initializers)),
			inputs,
			outputs,
			values: [],
			rest: new Uint8Array(),
		},
		functions: [],
		metadata: new Map(),
		rest: new Uint8Array(),
	};
}

/** Numbers in [-2, 2); integers from -4 to 3, or what their type has of them. */
export function randomTensor(type: ElementType, shape: readonly number[], seed = 1): Tensor {
	const source = random(seed, 1);
	const isInteger = type.includes("int") || type === "bool";
	const low = type.startsWith("u") || type === "bool" ? 0 : -4;
	const values = Array.from({ length: elementCount(shape) }, () =>
		isInteger ? Math.floor(source.between(low, 4)) : source.between(-2, 2),
	);
	return fromValues(type, shape, values);
}
