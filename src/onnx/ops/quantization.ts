/**
 * Integers in place of floating-point numbers. Rounding is a step: its derivative is 0 wherever there is one, and passing
 * gradients straight through it instead would be those of another model. So there is no gradient, and that is said.
 */
import { type ElementType, elementCount, type Tensor } from "../../tensor/tensor.ts";
import { fromValues, numbers } from "../../tensor/values.ts";
import { elementTypeOf } from "../proto.ts";
import { convolution } from "./convolution.ts";
import { roundToEven } from "./functions.ts";
import { stretched } from "./normalization.ts";
import { Call, type Gradient, type Operator, type Shape } from "./operator.ts";
import { matrixProduct } from "./product.ts";

const refusal: Gradient = ({ call }) =>
	call.fail("rounding has no slope, so no gradient is known: ask the model that was quantised instead");

/** round(x / scale) + zero point, cut to what the type holds. */
export const quantize: Operator = {
	shapes: (call) => [call.shape(0)],
	evaluate: (call, [shape = []]) => {
		const named = elementTypeOf(call.integer("output_dtype", 0));
		const type = call.constant(2)?.type ?? named ?? "uint8";
		const [range, parameters] = [ranges[type], parametersOf(call)];
		if (range === undefined || parameters === null) return null;
		const { scale, zero } = parameters;
		const values = numbers(call.tensor(0)).map((x, i) =>
			cut(roundToEven(x / (scale[i] as number)) + (zero?.[i] ?? 0), range),
		);
		return [fromValues(type, shape, values)];
	},
	gradient: refusal,
};

/** (x - zero point) scale. */
export const dequantize: Operator = {
	shapes: (call) => [call.shape(0)],
	evaluate: (call, [shape = []]) => {
		const parameters = parametersOf(call);
		if (parameters === null) return null;
		const { scale, zero } = parameters;
		const values = numbers(call.tensor(0)).map((x, i) => (x - (zero?.[i] ?? 0)) * (scale[i] as number));
		return [fromValues(call.tensor(1).type, shape, values)];
	},
	gradient: refusal,
};

/** To uint8 by the range of the tensor itself, 0 included: the integers, their scale and their zero point. */
export const dynamicQuantize: Operator = {
	shapes: (call) => [call.shape(0), [], []],
	evaluate: (call, [shape = []]) => {
		const input = call.tensor(0);
		const values = numbers(input);
		const low = values.reduce((a, b) => Math.min(a, b), 0);
		const high = values.reduce((a, b) => Math.max(a, b), 0);
		const scale = (high - low) / 255;
		const zero = cut(roundToEven(-low / scale), [0, 255]);
		const quantized = values.map((x) => cut(roundToEven(x / scale) + zero, [0, 255]));
		return [
			fromValues("uint8", shape, quantized),
			fromValues(input.type, [], [scale]),
			fromValues("uint8", [], [zero]),
		];
	},
	gradient: refusal,
};

/** x, scale, zero, weights, scale, zero, ...: the weights are input 3. */
export const quantizedConvolution: Operator = {
	shapes: (call) => convolution.shapes(withOperands(call)),
	gradient: refusal,
};
export const quantizedProduct: Operator = {
	shapes: (call) => matrixProduct.shapes(withOperands(call)),
	gradient: refusal,
};

function withOperands(call: Call): Call {
	return new Call(call.node, call.opset, [call.shape(0), call.shape(3)], []);
}

type Range = readonly [low: number, high: number];

const ranges: Partial<Record<ElementType, Range>> = {
	int8: [-128, 127],
	uint8: [0, 255],
	int16: [-32768, 32767],
	uint16: [0, 65535],
};

const cut = (value: number, [low, high]: Range): number => Math.min(high, Math.max(low, value));

/** Scale and zero point of every element: one for all, or one for each entry of an axis. null where blocks have their own. */
function parametersOf(call: Call): { scale: Float64Array; zero: Float64Array | null } | null {
	const shape = call.shape(0);
	const { shape: own } = call.tensor(1);
	const isOne = elementCount(own) === 1;
	if (!isOne && own.length !== 1) return null;
	const axis = isOne ? 0 : call.axis(call.integer("axis", 1), shape.length);
	const along: Shape = isOne ? [] : shape.map((side, i) => (i === axis ? side : 1));
	const everywhere = (tensor: Tensor): Float64Array => stretched({ ...tensor, shape: along }, shape);
	return { scale: everywhere(call.tensor(1)), zero: call.has(2) ? everywhere(call.tensor(2)) : null };
}
