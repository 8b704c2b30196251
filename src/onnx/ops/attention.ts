/** Attention as one node, in the standard opset (since 23) and as ONNX Runtime's optimiser writes it. */
import type { Operator } from "./operator.ts";

/** Queries, keys and values as [batch, heads, tokens, width] or [batch, tokens, heads * width]. */
export const attention: Operator = {
	shapes: (call) => {
		const query = call.shape(0);
		const value = call.shape(2);
		if (query.length === 4) return [query.with(3, value.at(-1) ?? 0)];
		const heads = call.integer("q_num_heads", 1);
		const widthOfHead = (value.at(-1) ?? 0) / call.integer("kv_num_heads", heads);
		return [query.with(-1, heads * widthOfHead)];
	},
};

/** com.microsoft.Attention: tokens [batch, tokens, width] by weights [width, query + key + value]. */
export const fusedAttention: Operator = {
	shapes: (call) => {
		const width = call.integerList("qkv_hidden_sizes")?.[2] ?? (call.shape(1)[1] ?? 0) / 3;
		return [call.shape(0).with(-1, width)];
	},
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
};
