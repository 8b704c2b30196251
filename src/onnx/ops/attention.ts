/**
 * Attention as one node that takes queries, keys and values, in the standard opset (since 23) and as ONNX Runtime's
 * optimiser writes it. Shapes are known of all forms; evaluation and gradients of those that models of images have: all
 * tokens see all, perhaps with a bias of the scores.
 */
import { elementCount, type Tensor } from "../../tensor/tensor.ts";
import { fromValues, isInteger, numbers } from "../../tensor/values.ts";
import { stretched } from "./normalization.ts";
import { type Call, expectCovered, type Gradient, type GradientSite, type Operator, type Shape } from "./operator.ts";
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

/** Queries, keys and values as [batch, heads, tokens, width] or [batch, tokens, heads * width]. */
export const attention: Operator = {
	shapes: (call) => {
		const query = call.shape(0);
		const value = call.shape(2);
		if (query.length === 4) return [query.with(3, value.at(-1) ?? 0)];
		if (query.length !== 3) call.fail("queries are [batch, heads, tokens, width] or [batch, tokens, heads * width]");
		const heads = call.integer("q_num_heads", 1);
		const widthOfHead = (value.at(-1) ?? 0) / call.integer("kv_num_heads", heads);
		return [query.with(-1, heads * widthOfHead)];
	},
	terms: (call) => elementCount(call.shape(1)),
	evaluate: (call, [shape = []]) => evaluated(call, shape, standardForm(call)),
	gradient: (site) => gradients(site, standardForm(site.call)),
};

/** com.microsoft.MultiHeadAttention: query, key, value [batch, tokens, width]; or packed [batch, tokens, heads, 3, width]. */
export const multiHeadAttention: Operator = {
	shapes: (call) => {
		const query = call.shape(0);
		const [batch = 0, tokens = 0, heads = 0, , width = 0] = query;
		if (query.length === 5) return [[batch, tokens, heads * width]];
		if (query.length !== 3 || !call.has(2)) return null;
		const value = call.shape(2);
		// Values may come as [batch, heads, tokens, width] already.
		return [query.with(-1, value.length === 4 ? (value[1] ?? 0) * (value[3] ?? 0) : (value.at(-1) ?? 0))];
	},
	terms: (call) => elementCount(call.shape(1)),
	evaluate: (call, [shape = []]) => evaluated(call, shape, microsoftForm(call)),
	gradient: (site) => gradients(site, microsoftForm(site.call)),
};

/** What there is besides queries, keys and values: the number of heads, and which inputs are biases. */
interface Form {
	readonly heads: number;
	readonly scale: number;
	/** Input with the bias of the scores, which stretches to [batch, heads, queries, keys]. */
	readonly scoreBias: number | null;
	/** Input with a bias of queries, keys and values, one after the other. */
	readonly inputBias: number | null;
}

/** Or why the form is not covered. */
function standardForm(call: Call): Form | string {
	const [query, key] = [call.shape(0), call.shape(1)];
	const isSplit = query.length === 4;
	const heads = isSplit ? (query[1] ?? 1) : call.integer("q_num_heads", 1);
	const keyHeads = isSplit ? (key[1] ?? 1) : call.integer("kv_num_heads", 1);
	if (keyHeads !== heads) return `${heads} heads of queries share ${keyHeads} of keys`;
	if (call.integer("is_causal", 0) === 1) return "tokens see those before them only";
	if (["left_window_size", "right_window_size"].some((name) => call.node.attributes.has(name)))
		return "tokens see those around them only";
	if (call.number("softcap", 0) !== 0) return "the scores are capped";
	if ([4, 5, 6].some((i) => call.has(i))) return "there are keys of earlier calls";
	if (call.node.outputs.slice(1).some((name) => name !== "")) return "it has further outputs";
	const mask = call.constant(3);
	if (call.has(3) && (mask === null || isInteger(mask.type) || mask.shape.at(-1) !== key.at(-2)))
		return "the mask is no constant that is added to all scores";
	const width = (query.at(-1) ?? 0) / (isSplit ? 1 : heads);
	return { heads, scale: scaleOf(call.number("scale", 0), width), scoreBias: call.has(3) ? 3 : null, inputBias: null };
}

function microsoftForm(call: Call): Form | string {
	const query = call.shape(0);
	const heads = call.integer("num_heads", 1);
	if (query.length !== 3 || !call.has(1) || !call.has(2)) return "queries, keys and values are packed";
	if (call.integer("unidirectional", 0) === 1) return "tokens see those before them only";
	if (call.has(4)) return "keys are masked";
	if (call.node.inputs.slice(6).some((name) => name !== "")) return "there are keys of earlier calls";
	if (call.node.outputs.slice(1).some((name) => name !== "")) return "it has further outputs";
	if (call.has(3) && call.shape(1).length !== 3) return "keys that are split already have a bias";
	const scale = scaleOf(call.number("scale", 0), (query.at(-1) ?? 0) / heads);
	return { heads, scale, scoreBias: call.has(5) ? 5 : null, inputBias: call.has(3) ? 3 : null };
}

function evaluated(call: Call, shape: Shape, form: Form | string): readonly Tensor[] | null {
	if (typeof form === "string") return null;
	const bias = form.inputBias === null ? null : numbers(call.tensor(form.inputBias));
	const [query, key, value] = operandsOf(call).map(({ i, from, width }) => {
		const values = numbers(call.tensor(i));
		const own = bias === null ? values : values.map((x, at) => x + (bias[from + (at % width)] as number));
		return headsOf(own, call.shape(i), form.heads);
	}) as [Heads, Heads, Heads]; // one of each
	const [batch = 0, heads = 0, queries = 0] = query.shape;
	const scores = [batch, heads, queries, key.shape[2] as number];
	const scoreBias = form.scoreBias === null ? null : stretched(call.tensor(form.scoreBias), scores);
	const found = attend(query, key, value, form.scale, scoreBias);
	return [fromValues(call.tensor(0).type, shape, shape.length === 4 ? found.values : joined(found))];
}

function gradients(site: GradientSite, form: Form | string): ReturnType<Gradient> {
	const { call, emit, seeds } = site;
	if (typeof form === "string") return call.fail(`no gradient is known where ${form}`);
	expectCovered(site, [0, 1, 2]);
	const given = site.upstream(0);
	if (given === null) return [];
	const [query, key, value] = operandsOf(call).map(({ i, from, width }) => {
		const part = form.inputBias === null ? null : emit.slice(call.input(form.inputBias), 0, from, from + width);
		const own = part === null ? call.input(i) : emit.add("Add", [call.input(i), part]);
		return emitHeads(emit, own, call.shape(i), form.heads);
	}) as [string, string, string]; // one of each
	const scoreBias = form.scoreBias === null ? null : call.input(form.scoreBias);
	const gradient = emitSplitGradient(emit, given, seeds, site.outputShape(0), form.heads);
	const found = emitAttentionGradients(emit, { query, key, value }, form.scale, scoreBias, gradient);
	return [found.query, found.key, found.value].map((each, i) =>
		site.needs(i) ? emitJoined(emit, each, seeds, call.shape(i)) : null,
	);
}

/** Inputs 0, 1 and 2, each with where its part of a common bias begins, and how long that is. */
function operandsOf(call: Call): readonly { readonly i: number; readonly from: number; readonly width: number }[] {
	const widths = [0, 1, 2].map((i) => call.shape(i).at(-1) ?? 0);
	return widths.map((width, i) => ({ i, width, from: widths.slice(0, i).reduce((a, b) => a + b, 0) }));
}
