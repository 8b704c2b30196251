/** Integers in place of floating-point numbers: the shapes are those of the operators they stand for. */
import { convolution } from "./convolution.ts";
import { Call, type Operator } from "./operator.ts";
import { matrixProduct } from "./product.ts";

/** The integers, their scale and their zero point. */
export const dynamicQuantize: Operator = { shapes: (call) => [call.shape(0), [], []] };

/** x, scale, zero, weights, scale, zero, ...: the weights are input 3. */
export const quantizedConvolution: Operator = { shapes: (call) => convolution.shapes(withOperands(call)) };
export const quantizedProduct: Operator = { shapes: (call) => matrixProduct.shapes(withOperands(call)) };

function withOperands(call: Call): Call {
	return new Call(call.node, call.opset, [call.shape(0), call.shape(3)], []);
}
