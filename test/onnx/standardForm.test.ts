/** What is rewritten when a model is read computes what it did, in ONNX Runtime; and what is refused. */
import { describe, expect, test } from "vitest";
import { random } from "../../src/numerics/random.ts";
import type { Attribute, LocalFunction, Model, Node } from "../../src/onnx/model.ts";
import { channelsFirst } from "../../src/onnx/standard/channelsFirst.ts";
import { inlineFunctions } from "../../src/onnx/standard/inlineFunctions.ts";
import { unfuse } from "../../src/onnx/standard/unfuse.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { elementCount } from "../../src/tensor/tensor.ts";
import { fromFloat32s, numbers } from "../../src/tensor/values.ts";
import { graphOf, node } from "../anatomy/models.ts";
import { exportedModel } from "../support/exports.ts";
import { runModel } from "../support/runModel.ts";

function pixelsFor(model: Model): Tensor {
	const shape = (model.graph.inputs[0]?.shape ?? []).map((side) => (typeof side === "number" ? side : 2));
	const source = random(5, 5);
	return fromFloat32s(
		shape,
		Float32Array.from({ length: elementCount(shape) }, () => source.between(-1, 1)),
	);
}

async function logitsOf(model: Model, pixels: Tensor): Promise<readonly number[]> {
	const [{ name: input = "" } = {}, { name: output = "" } = {}] = [model.graph.inputs[0], model.graph.outputs[0]];
	return Array.from(numbers((await runModel(model, { [input]: pixels }, [output])).get(output) as Tensor)); // asked for
}

const operatorsOf = ({ graph }: Model) =>
	new Set(graph.nodes.map(({ domain, operator }) => (domain === "" ? operator : `${domain}.${operator}`)));

describe.each([
	["vit.handmade.microsoft", ["com.microsoft.Attention", "com.microsoft.SkipLayerNormalization"]],
	["vit.handmade.multihead", ["com.microsoft.MultiHeadAttention", "com.microsoft.SkipLayerNormalization"]],
	["vit.timm.opset23", ["Attention"]],
	["vit.transformers.optimised", ["com.microsoft.SkipLayerNormalization"]],
	["resnet50.timm.extended", ["com.microsoft.FusedConv"]],
	["mobilenetv3.timm.extended", ["com.microsoft.FusedConv"]],
])("%s without its fused nodes", (name, fused) => {
	const model = exportedModel(name);
	const plain = unfuse(model);

	test("has standard ones in their place", () => {
		expect([...operatorsOf(model)]).toEqual(expect.arrayContaining(fused));
		expect(fused.filter((operator) => operatorsOf(plain).has(operator))).toEqual([]);
	});

	test("gives the same logits", async () => {
		const pixels = pixelsFor(model);
		const [before, after] = [await logitsOf(model, pixels), await logitsOf(plain, pixels)];
		const scale = Math.max(...before.map(Math.abs));
		expect(scale).toBeGreaterThan(0);
		for (const [i, value] of after.entries()) expect(Math.abs(value - (before[i] ?? 0)) / scale).toBeLessThan(1e-5);
	});
});

test("a model without fused nodes is left as it is", () => {
	const model = exportedModel("vit.timm.traced");
	expect(unfuse(model)).toBe(model);
});

test("an attention whose keys are masked keeps its node", () => {
	const model = graphOf([
		node("Reshape", ["image", "sides"], ["tokens"]),
		{
			...node("Attention", ["tokens", "weights", "bias", "mask"], ["mixed"], { num_heads: 2 }),
			domain: "com.microsoft",
		},
	]);
	expect(unfuse(model).graph.nodes).toEqual(model.graph.nodes);
});

describe("a model whose functions are put in their place", () => {
	const model = exportedModel("vit.handmade.jax");

	test("gives the same logits, to the bit", async () => {
		const inlined = inlineFunctions(model);
		expect(inlined.functions).toEqual([]);
		expect([...operatorsOf(inlined)].filter((operator) => operator.startsWith("custom"))).toEqual([]);
		const pixels = pixelsFor(model);
		expect(await logitsOf(inlined, pixels)).toEqual(await logitsOf(model, pixels));
	});

	const unread = { rest: new Uint8Array() };
	const double = (name: string, called: string, attributes: Node["attributes"] = new Map()): LocalFunction => ({
		name,
		domain: "own",
		inputs: ["x"],
		outputs: ["y"],
		nodes: [
			{ ...node(called, ["x"], ["h"]), domain: called === "Relu" ? "" : "own", attributes },
			{ ...node(called, ["h"], ["y"]), domain: called === "Relu" ? "" : "own", attributes },
		],
		opsets: new Map([["", 17]]),
		...unread,
	});
	const calling = (functions: readonly LocalFunction[]): Model => ({
		...graphOf([{ ...node(functions[0]?.name ?? "", ["image"], ["out"]), domain: "own" }]),
		functions,
	});

	test("is refused where a function calls itself", () => {
		expect(() => inlineFunctions(calling([double("f", "f")]))).toThrow(/nested more than 64 deep, or call themselves/);
	});

	test("is refused where functions that call each other twice would fill the memory", () => {
		const chain = Array.from({ length: 40 }, (_, i) => double(`f${i}`, i === 39 ? "Relu" : `f${i + 1}`));
		expect(() => inlineFunctions(calling(chain))).toThrow(/come to more than 100000 nodes/);
	});

	test("is refused where a function is of another opset", () => {
		const other = { ...double("f", "Relu"), opsets: new Map([["", 9]]) };
		expect(() => inlineFunctions(calling([other]))).toThrow(/written in version 9 of "", the graph in 17/);
	});

	test("an attribute that the call leaves out has the function's own value, or none", () => {
		// AttributeProto: name (1), type (20), ref_attr_name (21).
		const bytes = new Uint8Array([10, 5, ...Buffer.from("alpha"), 0xa0, 1, 1, 0xaa, 1, 5, ...Buffer.from("slope")]);
		const reference: Attribute = { kind: "unread", value: bytes };
		const leaky = { ...double("f", "Relu", new Map([["alpha", reference]])) };
		const slopeOf = (functions: readonly LocalFunction[]) =>
			inlineFunctions(calling(functions)).graph.nodes.map(({ attributes }) => attributes.get("alpha"));
		expect(slopeOf([leaky])).toEqual([undefined, undefined]);
		const half: Attribute = { kind: "float", value: 0.5 };
		expect(slopeOf([{ ...leaky, defaults: new Map([["slope", half]]) }])).toEqual([half, half]);
	});
});

test("a model that takes its channels last gives the same logits for pixels with the channels first", async () => {
	const model = exportedModel("vit.handmade.tensorflow");
	const first = channelsFirst(model);
	expect(first.graph.inputs[0]).toMatchObject({ name: "pixels", shape: ["batch", 3, 32, 32] });
	const pixels = pixelsFor(first);
	const values = numbers(pixels);
	const [, channels = 0, rows = 0, columns = 0] = pixels.shape;
	const turned = Float32Array.from(values, (_, at) => {
		const channel = at % channels;
		const place = Math.floor(at / channels);
		const image = Math.floor(place / (rows * columns));
		return values[(image * channels + channel) * rows * columns + (place % (rows * columns))] ?? 0;
	});
	const last = fromFloat32s([2, rows, columns, channels], turned);
	expect(await logitsOf(first, pixels)).toEqual(await logitsOf(model, last));
});
