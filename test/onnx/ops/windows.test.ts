/** The gradients of convolutions and poolings. */
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { testRules } from "../../support/gradientRules.ts";
import { randomTensor } from "../graphs.ts";

const floats = (...shape: number[]): Tensor => randomTensor("float32", shape, shape.length + 1);
const image = floats(2, 4, 7, 6);

testRules([
	{ operator: "Conv", inputs: [image, floats(6, 4, 3, 3), floats(6)] },
	{ operator: "Conv", inputs: [image, floats(6, 4, 3, 2)], attributes: { pads: [1, 0, 2, 1] } },
	{ operator: "Conv", inputs: [image, floats(6, 4, 1, 1)], attributes: { pads: [1, 1, 1, 1] } },
	{ operator: "Conv", inputs: [image, floats(6, 4, 1, 1)], attributes: { strides: [2, 2] } },
	{ operator: "Conv", inputs: [image, floats(6, 4, 3, 3)], attributes: { strides: [2, 2], pads: [1, 1, 1, 1] } },
	{ operator: "Conv", inputs: [image, floats(6, 4, 2, 2)], attributes: { strides: [3, 4] } },
	{ operator: "Conv", inputs: [image, floats(6, 4, 3, 3)], attributes: { strides: [2, 1], dilations: [2, 1] } },
	{ operator: "Conv", inputs: [image, floats(6, 4, 3, 3)], attributes: { dilations: [2, 2], pads: [2, 2, 2, 2] } },
	{ operator: "Conv", inputs: [image, floats(6, 2, 3, 3)], attributes: { group: 2 } },
	{ operator: "Conv", inputs: [image, floats(6, 2, 3, 3)], attributes: { group: 2, strides: [2, 2] } },
	{ operator: "Conv", inputs: [image, floats(4, 1, 3, 3)], attributes: { group: 4, pads: [1, 1, 1, 1] } },
	{ operator: "Conv", inputs: [image, floats(8, 1, 3, 3)], attributes: { group: 4, strides: [2, 2] } },
	...["SAME_UPPER", "SAME_LOWER", "VALID"].flatMap((padding) => [
		{ operator: "Conv", inputs: [image, floats(6, 4, 2, 3)], attributes: { auto_pad: padding } },
		{ operator: "Conv", inputs: [image, floats(6, 4, 4, 3)], attributes: { auto_pad: padding, strides: [2, 2] } },
	]),
	{ operator: "Conv", inputs: [floats(2, 3, 9), floats(4, 3, 3)], attributes: { strides: [2], pads: [1, 1] } },
	{ operator: "Conv", inputs: [floats(2, 3, 9), floats(4, 3, 3)] },
	{ operator: "Conv", inputs: [floats(1, 2, 4, 5, 4), floats(3, 2, 2, 3, 2)], attributes: { strides: [1, 2, 2] } },
	{ operator: "Conv", inputs: [floats(1, 2, 4, 5, 4), floats(3, 2, 2, 3, 2)] },
	{ operator: "ConvTranspose", inputs: [image, floats(4, 3, 3, 3)] },
	{
		operator: "ConvTranspose",
		inputs: [image, floats(4, 3, 3, 3), floats(3)],
		attributes: { strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 1] },
	},
	{ operator: "ConvTranspose", inputs: [image, floats(4, 2, 2, 3)], attributes: { group: 2, strides: [2, 3] } },
	{
		operator: "ConvTranspose",
		inputs: [image, floats(4, 3, 3, 3)],
		attributes: { strides: [2, 2], output_shape: [14, 13] },
	},
	{
		operator: "ConvTranspose",
		inputs: [image, floats(4, 3, 3, 3)],
		attributes: { strides: [2, 2], auto_pad: "SAME_UPPER" },
	},
	{ operator: "ConvTranspose", inputs: [image, floats(4, 3, 3, 3)], attributes: { dilations: [2, 2] } },
	{
		operator: "FusedConv",
		domain: "com.microsoft",
		inputs: [image, floats(6, 4, 3, 3), floats(6)],
		attributes: { activation: "Relu" },
	},
	...[0, 3].map((at) => ({
		operator: "FusedConv",
		domain: "com.microsoft",
		inputs: [image, floats(6, 4, 3, 3), floats(6), floats(2, 6, 5, 4)],
		attributes: { activation: "Relu" },
		at,
	})),
	{ operator: "FusedConv", domain: "com.microsoft", inputs: [image, floats(6, 4, 3, 3)] },
	{ operator: "MaxPool", inputs: [image], attributes: { kernel_shape: [2, 2], strides: [2, 2] } },
	{ operator: "MaxPool", inputs: [image], attributes: { kernel_shape: [2, 2], strides: [2, 2] }, opset: 9 },
	{ operator: "MaxPool", inputs: [image], attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] } },
	{ operator: "MaxPool", inputs: [image], attributes: { kernel_shape: [3, 2], strides: [2, 3], ceil_mode: 1 } },
	{ operator: "MaxPool", inputs: [image], attributes: { kernel_shape: [3, 3], dilations: [2, 2], pads: [1, 1, 1, 1] } },
	{
		operator: "MaxPool",
		inputs: [image],
		attributes: { kernel_shape: [3, 3], auto_pad: "SAME_UPPER", strides: [2, 2] },
	},
	{ operator: "MaxPool", inputs: [floats(2, 3, 9)], attributes: { kernel_shape: [3], strides: [2] } },
	{ operator: "MaxPool", inputs: [floats(1, 2, 4, 5, 4)], attributes: { kernel_shape: [2, 3, 2] } },
	{ operator: "AveragePool", inputs: [image], attributes: { kernel_shape: [2, 2], strides: [2, 2] } },
	...[0, 1].flatMap((count_include_pad) => [
		{
			operator: "AveragePool",
			inputs: [image],
			attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1], count_include_pad },
		},
		{
			operator: "AveragePool",
			inputs: [floats(1, 2, 8, 7)],
			attributes: { kernel_shape: [3, 2], strides: [2, 2], ceil_mode: 1, count_include_pad },
			opset: 19,
		},
	]),
	{ operator: "AveragePool", inputs: [image], attributes: { kernel_shape: [3, 2], auto_pad: "SAME_LOWER" } },
	{ operator: "AveragePool", inputs: [floats(2, 3, 9)], attributes: { kernel_shape: [3], strides: [3] } },
	{ operator: "GlobalAveragePool", inputs: [image] },
	{ operator: "GlobalMaxPool", inputs: [image] },
	{ operator: "GlobalMaxPool", inputs: [floats(2, 3, 5)] },
]);
