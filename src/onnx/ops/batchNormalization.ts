/**
 * Batch normalisation (Ioffe and Szegedy 2015, arXiv:1502.03167) with statistics from training, which are constants: a
 * scale and a shift for each channel.
 */
import { elementCount } from "../../tensor/tensor.ts";
import { fromValues, numbers } from "../../tensor/values.ts";
import { type Call, expectCovered, type Operator } from "./operator.ts";

export const batchNormalization: Operator = {
	shapes: (call) => {
		const [, channels = 1] = call.shape(0);
		if (call.shape(1)[0] !== channels) call.fail(`statistics of ${call.shape(1)[0]} channels for ${channels}`);
		// Outputs after the first, where training wants them, are statistics: one number a channel.
		return call.node.outputs.map((_, i) => (i === 0 ? call.shape(0) : [channels]));
	},
	evaluate: (call, [shape = []]) => {
		if (isTraining(call)) return null;
		const [scale, bias, mean, variance] = [1, 2, 3, 4].map((i) => numbers(call.tensor(i)));
		const epsilon = epsilonOf(call);
		const inner = elementCount(shape.slice(2));
		const channels = shape[1] ?? 1;
		const at = (values: Float64Array | undefined, channel: number): number => values?.[channel] ?? Number.NaN;
		const values = numbers(call.tensor(0)).map((x, i) => {
			const channel = Math.floor(i / inner) % channels;
			const spread = Math.sqrt(at(variance, channel) + epsilon);
			return (at(scale, channel) * (x - at(mean, channel))) / spread + at(bias, channel);
		});
		return [fromValues(call.tensor(0).type, shape, values)];
	},
	gradient: (site) => {
		expectCovered(site, [0]);
		const { call, emit } = site;
		if (isTraining(call))
			call.fail("no gradient is known through statistics of the batch: export the model for inference");
		const given = site.upstream(0);
		const spread = emit.add("Sqrt", [emit.add("Add", [call.input(4), emit.float(epsilonOf(call))])]);
		return [given && { tensor: given, factors: emit.add("Div", [call.input(1), spread]) }];
	},
};

const epsilonOf = (call: Call): number => call.number("epsilon", 1e-5);

/** Whether the statistics are those of the batch: as an attribute says from opset 14 on, and further outputs before. */
function isTraining(call: Call): boolean {
	return call.integer("training_mode", 0) === 1 || call.node.outputs.slice(1).some((output) => output !== "");
}
