/**
 * com.microsoft.Attention, as ONNX Runtime's optimiser writes self-attention: tokens [batch, tokens, width] by weights
 * [width, query + key + value], and attention over what comes out. The shape is known of all forms; evaluation and gradient
 * of the plain one: all tokens see all, perhaps with a bias of the scores.
 */
import { elementCount } from "../../tensor/tensor.ts";
import { fromValues, numbers } from "../../tensor/values.ts";
import { stretched } from "./normalization.ts";
import { type Call, expectCovered, type Operator } from "./operator.ts";
import {
	attend,
	emitAttentionGradients,
	emitHeads,
	emitJoined,
	emitSplitGradient,
	type Heads,
	headsOf,
	joined,
	scaleOf,
} from "./scaledDotProduct.ts";

export const fusedAttention: Operator = {
	shapes: (call) => {
		if (call.shape(0).length !== 3) call.fail("tokens are [batch, tokens, width]");
		return [call.shape(0).with(-1, partsOf(call)[2].width)];
	},
	terms: (call) => elementCount(call.shape(0)) + elementCount(call.shape(1)),
	evaluate: (call, [shape = []]) => {
		if (uncovered(call) !== null) return null;
		const [batch = 0, tokens = 0] = call.shape(0);
		const heads = call.integer("num_heads", 1);
		const projected = projectedBy(call);
		const all = projected.length / (batch * tokens);
		const [query, key, value] = partsOf(call).map(({ from, width }) => {
			const values = Array.from({ length: batch * tokens }, (_, row) => [
				...projected.subarray(row * all + from, row * all + from + width),
			]);
			return headsOf(Float64Array.from(values.flat()), [batch, tokens, width], heads);
		}) as [Heads, Heads, Heads]; // one of each
		const bias = call.has(scoreBias) ? stretched(call.tensor(scoreBias), [batch, heads, tokens, tokens]) : null;
		const found = attend(query, key, value, scale(call), bias);
		return [fromValues(call.tensor(0).type, shape, joined(found))];
	},
	gradient: (site) => {
		const { call, emit, seeds } = site;
		const reason = uncovered(call);
		if (reason !== null) call.fail(`no gradient is known where ${reason}`);
		expectCovered(site, [0]);
		const given = site.upstream(0);
		if (given === null) return [];
		const [batch = 0, tokens = 0] = call.shape(0);
		const heads = call.integer("num_heads", 1);
		const product = emit.add("MatMul", [call.input(0), call.input(1)]);
		const projected = call.has(2) ? emit.add("Add", [product, call.input(2)]) : product;
		const parts = partsOf(call);
		const [query, key, value] = parts.map(({ from, width }) =>
			emitHeads(emit, emit.slice(projected, 2, from, from + width), [batch, tokens, width], heads),
		) as [string, string, string]; // one of each
		const gradient = emitSplitGradient(emit, given, seeds, site.outputShape(0), heads);
		const bias = call.has(scoreBias) ? call.input(scoreBias) : null;
		const found = emitAttentionGradients(emit, { query, key, value }, scale(call), bias, gradient);
		const all = [found.query, found.key, found.value].map((each, i) =>
			emitJoined(emit, each, seeds, [batch, tokens, parts[i]?.width ?? 0]),
		);
		const turned = emit.add("Transpose", [call.input(1)], { perm: [1, 0] });
		return [emit.add("MatMul", [emit.add("Concat", all, { axis: 3 }), turned])];
	},
};

/** The input that is added to the scores. */
const scoreBias = 5;

/** Why evaluation and gradient do not cover the form; null if they do. */
function uncovered(call: Call): string | null {
	if (call.has(3)) return "keys are masked";
	if (call.has(4) || call.has(6) || call.output(1) !== "") return "there are keys of earlier calls";
	if (call.integer("unidirectional", 0) === 1) return "tokens see those before them only";
	if (call.integer("do_rotary", 0) === 1) return "queries and keys are turned by their positions";
	return null;
}

interface Part {
	readonly from: number;
	readonly width: number;
}

/** Where queries, keys and values lie in what the weights give. */
function partsOf(call: Call): readonly [query: Part, key: Part, value: Part] {
	const third = (call.shape(1)[1] ?? 0) / 3;
	const [query = 0, key = 0, value = 0] = call.integerList("qkv_hidden_sizes") ?? [third, third, third];
	return [
		{ from: 0, width: query },
		{ from: query, width: key },
		{ from: query + key, width: value },
	];
}

function scale(call: Call): number {
	return scaleOf(call.number("scale", 0), partsOf(call)[0].width / call.integer("num_heads", 1));
}

/** Tokens by weights, plus the bias: [batch * tokens, query + key + value], flat. */
function projectedBy(call: Call): Float64Array {
	const [inputs, weights] = [numbers(call.tensor(0)), numbers(call.tensor(1))];
	const [inner = 0, outer = 0] = call.shape(1);
	const bias = call.has(2) ? numbers(call.tensor(2)) : null;
	return Float64Array.from({ length: (inputs.length / inner) * outer }, (_, i) => {
		const [row, column] = [Math.floor(i / outer), i % outer];
		let sum = bias?.[column] ?? 0;
		for (let k = 0; k < inner; k++) {
			sum += (inputs[row * inner + k] as number) * (weights[k * outer + column] as number);
		}
		return sum;
	});
}
