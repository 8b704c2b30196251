/** The gradients of operators that move, choose, repeat or interpolate elements. */
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { fromFloat32s, fromValues, int64Vector } from "../../../src/tensor/values.ts";
import { testRules } from "../../support/gradientRules.ts";
import { randomTensor } from "../graphs.ts";

const floats = (...shape: number[]): Tensor => randomTensor("float32", shape, shape.length + 1);
const ints = (...values: number[]): Tensor => int64Vector(values);
const indices = (shape: readonly number[], ...values: number[]): Tensor => fromValues("int64", shape, values);
const image = floats(2, 4, 7, 6);

testRules([
	{ operator: "Identity", inputs: [floats(2, 3)] },
	{ operator: "Reshape", inputs: [floats(2, 3, 4), ints(0, -1)] },
	{ operator: "Flatten", inputs: [floats(2, 3, 4)] },
	{ operator: "Squeeze", inputs: [floats(2, 1, 3), ints(1)] },
	{ operator: "Squeeze", inputs: [floats(2, 1, 3)], attributes: { axes: [1] }, opset: 9 },
	{ operator: "Unsqueeze", inputs: [floats(2, 3), ints(0, -1)] },
	{ operator: "Transpose", inputs: [floats(2, 3, 4)] },
	{ operator: "Transpose", inputs: [floats(2, 3, 4)], attributes: { perm: [1, 2, 0] } },
	{ operator: "Concat", inputs: [floats(2, 3), floats(2, 4)], attributes: { axis: 1 } },
	{ operator: "Concat", inputs: [floats(2, 3), floats(2, 4), floats(2, 1)], attributes: { axis: -1 }, at: 1 },
	...[0, 1].flatMap((output) => [
		{ operator: "Split", inputs: [floats(2, 6)], attributes: { axis: 1 }, outputs: 2, output, opset: 13 },
		{ operator: "Split", inputs: [floats(5, 3), ints(1, 4)], outputs: 2, output, opset: 13 },
		{ operator: "Split", inputs: [floats(5, 3)], attributes: { split: [1, 4] }, outputs: 2, output, opset: 9 },
	]),
	{ operator: "Slice", inputs: [floats(4, 6), ints(1), ints(3), ints(1)] },
	{ operator: "Slice", inputs: [floats(4, 6)], attributes: { starts: [1, -3], ends: [100, -1] }, opset: 9 },
	{ operator: "Slice", inputs: [floats(4, 7), ints(0, 1), ints(4, 7), ints(0, 1), ints(2, 3)] },
	{ operator: "Slice", inputs: [floats(4, 7), ints(-1, 5), ints(-100, 0), ints(0, 1), ints(-1, -2)] },
	{ operator: "Slice", inputs: [floats(2, 7), ints(6), ints(7), ints(1), ints(4)] },
	{ operator: "Gather", inputs: [floats(2, 5, 3), fromValues("int64", [], [0])], attributes: { axis: 1 } },
	{ operator: "Gather", inputs: [floats(2, 5, 3), fromValues("int64", [], [-2])], attributes: { axis: 1 }, opset: 9 },
	{ operator: "Gather", inputs: [floats(2, 5, 3), ints(1, 2, 3)], attributes: { axis: 1 } },
	{ operator: "Gather", inputs: [floats(2, 5, 3), ints(4, 0, 4)], attributes: { axis: 1 } },
	{ operator: "Gather", inputs: [floats(2, 5, 3), indices([2, 2], 2, 0, 0, 1)], attributes: { axis: -1 } },
	{ operator: "GatherElements", inputs: [floats(3, 4), indices([2, 4], 0, 1, 2, 0, -1, 0, 1, 1)] },
	{ operator: "GatherElements", inputs: [floats(3, 4), indices([2, 4], 0, 1, 2, 0, 0, 0, 1, 1)], opset: 18 },
	{ operator: "GatherND", inputs: [floats(3, 4, 5), indices([2, 2], 0, 1, 2, 3)] },
	{ operator: "GatherND", inputs: [floats(2, 4, 5), indices([2, 1], 0, -1)], attributes: { batch_dims: 1 } },
	{ operator: "Expand", inputs: [floats(3, 1), ints(2, 3, 4)] },
	{ operator: "Tile", inputs: [floats(2, 3), ints(2, 3)] },
	{ operator: "Pad", inputs: [floats(2, 3)], attributes: { pads: [0, 1, 2, 3] }, opset: 9 },
	{ operator: "Pad", inputs: [floats(2, 3), ints(0, 1, 2, -1)] },
	{ operator: "Pad", inputs: [floats(2, 3), ints(2, 1), null, ints(-1)], opset: 18 },
	...["reflect", "edge"].map((mode) => ({
		operator: "Pad",
		inputs: [floats(2, 4, 5), ints(0, 3, 2, 0, 1, 3)],
		attributes: { mode },
	})),
	{ operator: "Pad", inputs: [floats(2, 4), ints(0, 3, 0, 1)], attributes: { mode: "wrap" }, opset: 19 },
	...["DCR", "CRD"].map((mode) => ({
		operator: "DepthToSpace",
		inputs: [floats(2, 12, 3, 2)],
		attributes: { blocksize: 2, mode },
	})),
	{ operator: "SpaceToDepth", inputs: [floats(2, 3, 4, 6)], attributes: { blocksize: 2 } },
	...["nearest", "linear", "cubic"].flatMap((mode) => [
		{ operator: "Resize", inputs: [image, null, fromFloat32s([4], [1, 1, 2, 1.5])], attributes: { mode } },
		{ operator: "Resize", inputs: [image, null, null, ints(2, 4, 3, 9)], attributes: { mode } },
	]),
	...["asymmetric", "align_corners", "pytorch_half_pixel"].map((coordinate_transformation_mode) => ({
		operator: "Resize",
		inputs: [image, null, null, ints(2, 4, 3, 9)],
		attributes: { mode: "linear", coordinate_transformation_mode },
	})),
	{
		operator: "Resize",
		inputs: [image, null, null, ints(2, 4, 3, 4)],
		attributes: { mode: "linear", antialias: 1 },
		opset: 18,
	},
	{ operator: "Upsample", inputs: [image, fromFloat32s([4], [1, 1, 2, 3])], opset: 9 },
	{ operator: "Trilu", inputs: [floats(2, 3, 3)], attributes: { upper: 0 } },
	{ operator: "Trilu", inputs: [floats(3, 4), fromValues("int64", [], [1])] },
	{ operator: "CumSum", inputs: [floats(2, 4), fromValues("int64", [], [1])] },
	{
		operator: "CumSum",
		inputs: [floats(2, 4), fromValues("int64", [], [-2])],
		attributes: { exclusive: 1, reverse: 1 },
	},
]);
