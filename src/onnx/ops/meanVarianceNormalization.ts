/** Less the mean and over the deviation, both taken along the axes named: those but the channels, if none is. */
import { fromValues, numbers } from "../../tensor/values.ts";
import { emitNormalizationGradient, normalised } from "./normalization.ts";
import type { Call, Operator } from "./operator.ts";

export const meanVarianceNormalization: Operator = {
	shapes: (call) => [call.shape(0)],
	evaluate: (call, [shape = []]) => {
		const input = call.tensor(0);
		return [fromValues(input.type, shape, normalised(numbers(input), shape, axesOf(call), epsilon, "centred"))];
	},
	gradient: ({ call, emit, upstream }) => {
		const given = upstream(0);
		return [given && emitNormalizationGradient(emit, call.input(0), given, axesOf(call), epsilon, "centred")];
	},
};

/** ONNX adds 1e-9 to the deviation: the same where nothing varies, and as little elsewhere. */
const epsilon = 1e-18;

function axesOf(call: Call): readonly number[] {
	return (call.integerList("axes") ?? [0, 2, 3]).map((axis) => call.axis(axis, call.shape(0).length));
}
