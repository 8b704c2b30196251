/** The operators that are known, by domain and name. */
import type { Node } from "../model.ts";
import { arithmeticOperators } from "./arithmetic.ts";
import { attention, multiHeadAttention } from "./attention.ts";
import { batchNormalization } from "./batchNormalization.ts";
import { cast, castLike } from "./cast.ts";
import { choiceOperators } from "./choices.ts";
import { comparisonOperators } from "./comparison.ts";
import { concat } from "./concat.ts";
import { constant, constantOfShape, eyeLike, range, shapeOf, size } from "./constants.ts";
import { convolution, convolutionTranspose, fusedConvolution } from "./convolution.ts";
import { cumulativeSum } from "./cumulativeSum.ts";
import { depthToSpace, spaceToDepth } from "./depthSpace.ts";
import { dropout } from "./dropout.ts";
import { einsum } from "./einsum.ts";
import { expand, tile } from "./expand.ts";
import { functionOperators } from "./functions.ts";
import { fusedAttention } from "./fusedAttention.ts";
import { gateOperators, microsoftGates } from "./gates.ts";
import { gather, gatherElements, gatherNd } from "./gather.ts";
import { groupNormalization, instanceNormalization } from "./groupNormalization.ts";
import { layerNormalization, rmsNormalization, skipLayerNormalization } from "./layerNormalization.ts";
import { localResponseNormalization } from "./localResponseNormalization.ts";
import { lpNormalization } from "./lpNormalization.ts";
import { globalMaxPooling, maxPooling } from "./maxPooling.ts";
import { meanVarianceNormalization } from "./meanVarianceNormalization.ts";
import type { Operator } from "./operator.ts";
import { pad } from "./pad.ts";
import { averagePooling, globalAveragePooling, globalNormPooling, normPooling } from "./pooling.ts";
import { fusedGeneralProduct, fusedMatrixProduct, generalProduct, matrixProduct } from "./product.ts";
import { dequantize, dynamicQuantize, quantize, quantizedConvolution, quantizedProduct } from "./quantization.ts";
import { rectifierOperators } from "./rectifiers.ts";
import { reduceOperators } from "./reduce.ts";
import { flatten, identity, reshape, squeeze, unsqueeze } from "./reshape.ts";
import { resize } from "./resize.ts";
import { scatterElements, scatterNd } from "./scatter.ts";
import { slice } from "./slice.ts";
import { hardmax, logSoftmax, softmax } from "./softmax.ts";
import { split } from "./split.ts";
import { topK } from "./topK.ts";
import { transpose } from "./transpose.ts";
import { triangle } from "./triangle.ts";

/** The rules of a node's operator; null if it is not known. */
export function operatorOf(node: Node): Operator | null {
	const operators = byDomain.get(node.domain);
	return operators !== undefined && Object.hasOwn(operators, node.operator) ? (operators[node.operator] ?? null) : null;
}

const standard: Readonly<Record<string, Operator>> = {
	...arithmeticOperators,
	...choiceOperators,
	...comparisonOperators,
	...functionOperators,
	...gateOperators,
	...rectifierOperators,
	...reduceOperators,
	Attention: attention,
	AveragePool: averagePooling,
	BatchNormalization: batchNormalization,
	Cast: cast,
	CastLike: castLike,
	Concat: concat,
	Constant: constant,
	ConstantOfShape: constantOfShape,
	Conv: convolution,
	ConvInteger: convolution,
	ConvTranspose: convolutionTranspose,
	CumSum: cumulativeSum,
	DepthToSpace: depthToSpace,
	DequantizeLinear: dequantize,
	Dropout: dropout,
	DynamicQuantizeLinear: dynamicQuantize,
	Einsum: einsum,
	Expand: expand,
	EyeLike: eyeLike,
	Flatten: flatten,
	Gather: gather,
	GatherElements: gatherElements,
	GatherND: gatherNd,
	Gemm: generalProduct,
	GlobalAveragePool: globalAveragePooling,
	GlobalLpPool: globalNormPooling,
	GlobalMaxPool: globalMaxPooling,
	GroupNormalization: groupNormalization,
	Hardmax: hardmax,
	Identity: identity,
	InstanceNormalization: instanceNormalization,
	LRN: localResponseNormalization,
	LayerNormalization: layerNormalization,
	LogSoftmax: logSoftmax,
	LpNormalization: lpNormalization,
	LpPool: normPooling,
	MatMul: matrixProduct,
	MatMulInteger: matrixProduct,
	MaxPool: maxPooling,
	MeanVarianceNormalization: meanVarianceNormalization,
	Pad: pad,
	QLinearConv: quantizedConvolution,
	QLinearMatMul: quantizedProduct,
	QuantizeLinear: quantize,
	RMSNormalization: rmsNormalization,
	Range: range,
	Reshape: reshape,
	Resize: resize,
	Scatter: scatterElements,
	ScatterElements: scatterElements,
	ScatterND: scatterNd,
	Shape: shapeOf,
	// ONNX Runtime's optimiser writes it into the standard domain.
	SimplifiedLayerNormalization: rmsNormalization,
	Size: size,
	Slice: slice,
	Softmax: softmax,
	SpaceToDepth: spaceToDepth,
	Split: split,
	Squeeze: squeeze,
	Tile: tile,
	TopK: topK,
	Transpose: transpose,
	Trilu: triangle,
	Unsqueeze: unsqueeze,
	Upsample: resize,
};

/** What ONNX Runtime's optimiser and quantiser put in place of standard operators, and what metrics use of it. */
const microsoft: Readonly<Record<string, Operator>> = {
	...microsoftGates,
	Attention: fusedAttention,
	DequantizeLinear: dequantize,
	DynamicQuantizeLinear: dynamicQuantize,
	FusedConv: fusedConvolution,
	FusedGemm: fusedGeneralProduct,
	FusedMatMul: fusedMatrixProduct,
	MultiHeadAttention: multiHeadAttention,
	QuantizeLinear: quantize,
	SkipLayerNormalization: skipLayerNormalization,
};

const byDomain: ReadonlyMap<string, Readonly<Record<string, Operator>>> = new Map([
	["", standard],
	["com.microsoft", microsoft],
]);
