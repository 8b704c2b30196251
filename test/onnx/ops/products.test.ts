/** The gradients of matrix products and of Einstein's summation. */
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { testRules } from "../../support/gradientRules.ts";
import { randomTensor } from "../graphs.ts";

const floats = (...shape: number[]): Tensor => randomTensor("float32", shape, shape.length + 1);

testRules([
	{ operator: "MatMul", inputs: [floats(2, 3, 4), floats(4, 5)] },
	{ operator: "MatMul", inputs: [floats(2, 3, 4), floats(4, 5)], at: 1 },
	{ operator: "MatMul", inputs: [floats(2, 3, 4, 5), floats(2, 3, 5, 4)] },
	{ operator: "MatMul", inputs: [floats(2, 3, 4, 5), floats(2, 3, 5, 4)], at: 1 },
	{ operator: "MatMul", inputs: [floats(3, 1, 4, 5), floats(2, 5, 4)] },
	{ operator: "MatMul", inputs: [floats(3, 1, 4, 5), floats(2, 5, 4)], at: 1 },
	{ operator: "MatMul", inputs: [floats(6, 4), floats(2, 4, 5)], at: 1 },
	{ operator: "MatMul", inputs: [floats(4), floats(2, 4, 5)] },
	{ operator: "MatMul", inputs: [floats(4), floats(2, 4, 5)], at: 1 },
	{ operator: "MatMul", inputs: [floats(2, 3, 4), floats(4)] },
	{ operator: "MatMul", inputs: [floats(2, 3, 4), floats(4)], at: 1 },
	{ operator: "MatMul", inputs: [floats(4), floats(4)] },
	...[0, 1, 2].flatMap((at) => [
		{ operator: "Gemm", inputs: [floats(3, 4), floats(4, 5), floats(5)], at },
		{
			operator: "Gemm",
			inputs: [floats(4, 3), floats(5, 4), floats(3, 1)],
			attributes: { transA: 1, transB: 1, alpha: { float: 0.5 }, beta: { float: 2 } },
			at,
		},
	]),
	{ operator: "Gemm", inputs: [floats(3, 4), floats(5, 4)], attributes: { transB: 1 } },
	...[0, 1].flatMap((at) => [
		{
			operator: "FusedMatMul",
			domain: "com.microsoft",
			inputs: [floats(2, 3, 4), floats(2, 5, 4)],
			attributes: { transB: 1, alpha: { float: 0.25 } },
			at,
		},
		{
			operator: "FusedMatMul",
			domain: "com.microsoft",
			inputs: [floats(3, 2, 4), floats(5, 2, 4)],
			attributes: { transB: 1, transBatchA: 1, transBatchB: 1 },
			at,
		},
		{
			operator: "FusedMatMul",
			domain: "com.microsoft",
			inputs: [floats(2, 4, 3), floats(2, 4, 5)],
			attributes: { transA: 1 },
			at,
		},
	]),
	...["Relu", "LeakyRelu", "Sigmoid", "Tanh", "HardSigmoid"].map((activation) => ({
		operator: "FusedGemm",
		domain: "com.microsoft",
		inputs: [floats(3, 4), floats(4, 5), floats(5)],
		attributes: { activation, activation_alpha: { float: 0.2 }, activation_beta: { float: 0.5 } },
	})),
	...[0, 1].flatMap((at) => [
		{ operator: "Einsum", inputs: [floats(2, 3, 4), floats(2, 5, 4)], attributes: { equation: "bij, bkj -> bik" }, at },
		{ operator: "Einsum", inputs: [floats(2, 3, 4), floats(4, 5)], attributes: { equation: "...ij,jk->...ik" }, at },
		{ operator: "Einsum", inputs: [floats(2, 1, 4), floats(2, 3, 4)], attributes: { equation: "bij,bij->bij" }, at },
		{ operator: "Einsum", inputs: [floats(3, 4), floats(4, 5)], attributes: { equation: "ij,jk" }, at },
		{ operator: "Einsum", inputs: [floats(2, 3, 4), floats(3)], attributes: { equation: "bhd,h->bdh" }, at },
	]),
]);
