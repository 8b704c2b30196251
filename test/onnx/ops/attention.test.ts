/** The gradients of attention as one node, its values against ONNX Runtime's, and which forms are refused. */
import { describe, expect, test } from "vitest";
import { interpret } from "../../../src/onnx/interpret.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { int64Vector, numbers } from "../../../src/tensor/values.ts";
import { type Rule, testRules, walkedModel } from "../../support/gradientRules.ts";
import { modelOf, node, randomTensor, value } from "../graphs.ts";
import { run } from "../runtime.ts";

const floats = (...shape: number[]): Tensor => randomTensor("float32", shape, shape.length + 1);

const domain = "com.microsoft";
const threeHeads = { q_num_heads: 3, kv_num_heads: 3 };

const fused: readonly Rule[] = [
	{ inputs: [floats(2, 4, 6), floats(6, 18), floats(18)], attributes: { num_heads: 3 } },
	{ inputs: [floats(2, 4, 6), floats(6, 18), floats(18)], attributes: { num_heads: 1, scale: { float: 0.3 } } },
	{
		inputs: [floats(2, 4, 5), floats(5, 20), floats(20)],
		attributes: { num_heads: 2, qkv_hidden_sizes: [6, 6, 8] },
	},
	{
		inputs: [floats(2, 4, 6), floats(6, 18), floats(18), null, null, floats(1, 3, 4, 4)],
		attributes: { num_heads: 3 },
	},
].map((rule) => ({ operator: "Attention", domain, ...rule }));

const multiHead: readonly Rule[] = [
	...[0, 1, 2].flatMap((at) => [
		{ inputs: [floats(2, 4, 6), floats(2, 5, 6), floats(2, 5, 6)], attributes: { num_heads: 3 }, at },
		{
			inputs: [floats(2, 4, 6), floats(2, 4, 6), floats(2, 4, 6), floats(18)],
			attributes: { num_heads: 2, scale: { float: 0.3 } },
			at,
		},
	]),
	{
		inputs: [floats(2, 4, 6), floats(2, 3, 5, 2), floats(2, 3, 5, 2)],
		attributes: { num_heads: 3 },
	},
	{
		inputs: [floats(2, 4, 6), floats(2, 5, 6), floats(2, 5, 6), null, null, floats(1, 3, 4, 5)],
		attributes: { num_heads: 3 },
	},
].map((rule) => ({ operator: "MultiHeadAttention", domain, ...rule }));

const standard: readonly Rule[] = [
	...[0, 1, 2].flatMap((at) => [
		{ inputs: [floats(2, 3, 4, 2), floats(2, 3, 5, 2), floats(2, 3, 5, 3)], at },
		{ inputs: [floats(2, 4, 6), floats(2, 5, 6), floats(2, 5, 9)], attributes: threeHeads, at },
	]),
	{
		inputs: [floats(2, 3, 4, 2), floats(2, 3, 5, 2), floats(2, 3, 5, 2), floats(4, 5)],
		attributes: { scale: { float: 0.3 } },
	},
	{ inputs: [floats(2, 3, 4, 2), floats(2, 3, 5, 2), floats(2, 3, 5, 2), floats(2, 1, 4, 5)], at: 1, opset: 24 },
].map((rule) => ({ operator: "Attention", opset: 23, ...rule }));

const rules = [...fused, ...multiHead, ...standard];

testRules(rules);

describe("values", () => {
	test.each(rules.map((rule, i) => [`${rule.domain ?? "standard"} ${rule.operator} ${i}`, rule] as const))(
		"%s has those of ONNX Runtime",
		async (_, { operator, inputs, attributes = {}, opset = 17, domain = "" }) => {
			const names = inputs.map((input, i) => (input === null ? "" : `x${i}`));
			const given = inputs.flatMap((input, i) => (input === null ? [] : [[`x${i}`, input] as const]));
			const model = modelOf({
				nodes: [node(operator, names, ["y"], attributes, domain)],
				inputs: given.map(([name, { type, shape }]) => value(name, type, shape)),
				outputs: [value("y", null)],
				opset,
			});
			const constants = { ...model, graph: { ...model.graph, inputs: [], initializers: new Map(given) } };
			const found = numbers(interpret(constants, new Map()).get("y") as Tensor); // its output
			const expected = numbers((await run(model, Object.fromEntries(given))).get("y") as Tensor); // as above
			expect(found.length).toBe(expected.length);
			for (const [i, each] of found.entries()) expect(each).toBeCloseTo(expected[i] as number, 5);
		},
	);
});

describe("forms that models of images have not are refused by name", () => {
	const heads = floats(1, 2, 3, 2);
	const tokens = floats(1, 3, 4);
	const cases: readonly (readonly [string, RegExp, Rule])[] = [
		[
			"causal",
			/those before them/,
			{ operator: "Attention", opset: 23, inputs: [heads, heads, heads], attributes: { is_causal: 1 } },
		],
		[
			"shared keys",
			/4 heads of queries share 2 of keys/,
			{ operator: "Attention", opset: 23, inputs: [floats(1, 4, 3, 2), heads, heads] },
		],
		[
			"capped scores",
			/capped/,
			{ operator: "Attention", opset: 23, inputs: [heads, heads, heads], attributes: { softcap: { float: 2 } } },
		],
		[
			"causal, fused",
			/those before them/,
			{
				operator: "Attention",
				domain,
				inputs: [tokens, floats(4, 12), floats(12)],
				attributes: { num_heads: 2, unidirectional: 1 },
			},
		],
		[
			"masked keys, fused",
			/masked/,
			{
				operator: "Attention",
				domain,
				inputs: [tokens, floats(4, 12), floats(12), int64Vector([3])],
				attributes: { num_heads: 2 },
			},
		],
		[
			"turned queries",
			/turned by their positions/,
			{
				operator: "Attention",
				domain,
				inputs: [tokens, floats(4, 12), floats(12)],
				attributes: { num_heads: 2, do_rotary: 1 },
			},
		],
		[
			"packed",
			/packed/,
			{ operator: "MultiHeadAttention", domain, inputs: [floats(1, 3, 2, 3, 2)], attributes: { num_heads: 2 } },
		],
		[
			"masked keys",
			/masked/,
			{
				operator: "MultiHeadAttention",
				domain,
				inputs: [tokens, tokens, tokens, null, int64Vector([3])],
				attributes: { num_heads: 2 },
			},
		],
	];
	test.each(cases)("%s", (_, message, rule) => {
		expect(() => walkedModel(rule)).toThrow(message);
	});
});
