/** A model that is looked at is not in training, so nothing is dropped; the mask, where it is asked for, is all true. */
import { elementCount } from "../../tensor/tensor.ts";
import { fromValues } from "../../tensor/values.ts";
import { type Call, expectCovered, type Operator } from "./operator.ts";

export const dropout: Operator = {
	shapes: (call) => call.node.outputs.map(() => call.shape(0)),
	evaluate: (call, [shape = []]) => {
		if (isTraining(call)) return null;
		const mask = fromValues("bool", shape, new Array<number>(elementCount(shape)).fill(1));
		return [call.tensor(0), mask].slice(0, call.node.outputs.length);
	},
	gradient: (site) => {
		expectCovered(site, [0]);
		if (isTraining(site.call)) site.call.fail("it drops at random: export the model for inference");
		return [site.upstream(0)];
	},
};

/** As an input says from opset 12 on. */
function isTraining(call: Call): boolean {
	return call.has(2) && call.integers(2)?.[0] !== 0;
}
