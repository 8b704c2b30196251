/** The operators that are known, by domain and name. */
import type { Node } from "../model.ts";
import { attention, fusedAttention, multiHeadAttention } from "./attention.ts";
import { cast, castLike } from "./cast.ts";
import { concat } from "./concat.ts";
import { constant, constantOfShape, range, shapeOf, size } from "./constants.ts";
import { convolution, convolutionTranspose } from "./convolution.ts";
import { depthToSpace, spaceToDepth } from "./depthSpace.ts";
import { einsum } from "./einsum.ts";
import { elementwiseOperators } from "./elementwise.ts";
import { expand, tile } from "./expand.ts";
import { gather, gatherElements, gatherNd } from "./gather.ts";
import { allSameShape, batchNormalization, layerNormalization, sameShape } from "./normalization.ts";
import type { Operator } from "./operator.ts";
import { pad } from "./pad.ts";
import { globalPooling, pooling } from "./pooling.ts";
import { fusedMatrixProduct, generalProduct, matrixProduct } from "./product.ts";
import { dynamicQuantize, quantizedConvolution, quantizedProduct } from "./quantization.ts";
import { reduceOperators } from "./reduce.ts";
import { flatten, identity, reshape, squeeze, unsqueeze } from "./reshape.ts";
import { resize } from "./resize.ts";
import { slice } from "./slice.ts";
import { split } from "./split.ts";
import { topK } from "./topK.ts";
import { transpose } from "./transpose.ts";

/** The rules of a node's operator; null if it is not known. */
export function operatorOf(node: Node): Operator | null {
	const operators = byDomain.get(node.domain);
	return operators !== undefined && Object.hasOwn(operators, node.operator) ? (operators[node.operator] ?? null) : null;
}

const standard: Readonly<Record<string, Operator>> = {
	...elementwiseOperators,
	...reduceOperators,
	Attention: attention,
	AveragePool: pooling,
	BatchNormalization: batchNormalization,
	Cast: cast,
	CastLike: castLike,
	Concat: concat,
	Constant: constant,
	ConstantOfShape: constantOfShape,
	Conv: convolution,
	ConvInteger: convolution,
	ConvTranspose: convolutionTranspose,
	CumSum: sameShape,
	DepthToSpace: depthToSpace,
	DequantizeLinear: sameShape,
	Dropout: allSameShape,
	DynamicQuantizeLinear: dynamicQuantize,
	Einsum: einsum,
	Expand: expand,
	EyeLike: sameShape,
	Flatten: flatten,
	Gather: gather,
	GatherElements: gatherElements,
	GatherND: gatherNd,
	Gemm: generalProduct,
	GlobalAveragePool: globalPooling,
	GlobalLpPool: globalPooling,
	GlobalMaxPool: globalPooling,
	GroupNormalization: sameShape,
	Hardmax: sameShape,
	Identity: identity,
	InstanceNormalization: sameShape,
	LRN: sameShape,
	LayerNormalization: layerNormalization,
	LogSoftmax: sameShape,
	LpNormalization: sameShape,
	LpPool: pooling,
	MatMul: matrixProduct,
	MatMulInteger: matrixProduct,
	MaxPool: pooling,
	MeanVarianceNormalization: sameShape,
	Pad: pad,
	QLinearConv: quantizedConvolution,
	QLinearMatMul: quantizedProduct,
	QuantizeLinear: sameShape,
	RMSNormalization: sameShape,
	Range: range,
	Reshape: reshape,
	Resize: resize,
	ScatterElements: sameShape,
	ScatterND: sameShape,
	Shape: shapeOf,
	Size: size,
	Slice: slice,
	Softmax: sameShape,
	SpaceToDepth: spaceToDepth,
	Split: split,
	Squeeze: squeeze,
	Tile: tile,
	TopK: topK,
	Transpose: transpose,
	Trilu: sameShape,
	Unsqueeze: unsqueeze,
	Upsample: resize,
};

/** What ONNX Runtime's optimiser and quantiser put in place of standard operators, and what metrics use of it. */
const microsoft: Readonly<Record<string, Operator>> = {
	Attention: fusedAttention,
	BiasGelu: sameShape,
	DequantizeLinear: sameShape,
	DynamicQuantizeLinear: dynamicQuantize,
	FastGelu: sameShape,
	FusedConv: convolution,
	FusedGemm: generalProduct,
	FusedMatMul: fusedMatrixProduct,
	Gelu: sameShape,
	MultiHeadAttention: multiHeadAttention,
	QuantizeLinear: sameShape,
	QuickGelu: sameShape,
	SkipLayerNormalization: sameShape,
};

const byDomain: ReadonlyMap<string, Readonly<Record<string, Operator>>> = new Map([
	["", standard],
	["com.microsoft", microsoft],
]);
