/** Convolutions and products that take the activation after them along. */
import type { AttributeLike, Emitter } from "../emitter.ts";
import type { Attributes, Node } from "../model.ts";
import { type FusedNode, inputOf, type Unfused } from "./fusedNode.ts";

/** com.microsoft.FusedConv: a convolution, what is added to it, and an activation with its parameters in a list. */
export function activatedConvolution({ node, emit }: FusedNode): Unfused | null {
	const parameters = node.attributes.get("activation_params");
	const own = ["activation", "activation_params"];
	const convolved = emit.add("Conv", givenInputs(node, 3), asWritten(node.attributes, own));
	const added = inputOf(node, 3);
	const sum = added === "" ? convolved : emit.add("Add", [convolved, added]);
	const activated = activate(emit, node, sum, parameters?.kind === "floats" ? parameters.value : []);
	return activated === null ? null : new Map([[node.outputs[0] ?? "", activated]]);
}

/** com.microsoft.FusedGemm: a product and an activation, whose parameters are attributes. */
export function activatedProduct({ node, emit }: FusedNode): Unfused | null {
	const names = ["activation_alpha", "activation_beta", "activation_gamma"];
	const parameters = names.flatMap((name) => {
		const attribute = node.attributes.get(name);
		return attribute?.kind === "float" ? [attribute.value] : [];
	});
	const product = emit.add("Gemm", givenInputs(node, 3), asWritten(node.attributes, ["activation", ...names]));
	const activated = activate(emit, node, product, parameters);
	return activated === null ? null : new Map([[node.outputs[0] ?? "", activated]]);
}

/** The activation that a node names, of a tensor; null for one that is not known. */
function activate(emit: Emitter, node: Node, tensor: string, parameters: readonly number[]): string | null {
	const named = node.attributes.get("activation");
	const activation = named?.kind === "string" ? named.value : "";
	const [alpha, beta] = parameters;
	const float = (name: string, value: number | undefined): Record<string, AttributeLike> =>
		value === undefined ? {} : { [name]: { float: value } };
	switch (activation) {
		case "":
			return tensor;
		case "Relu":
		case "Sigmoid":
		case "Tanh":
			return emit.add(activation, [tensor]);
		case "LeakyRelu":
			return emit.add(activation, [tensor], float("alpha", alpha));
		case "HardSigmoid":
			return emit.add(activation, [tensor], { ...float("alpha", alpha), ...float("beta", beta) });
		case "Clip":
			return emit.opset < 11
				? emit.add(activation, [tensor], { ...float("min", alpha), ...float("max", beta) })
				: emit.add(activation, [
						tensor,
						...[alpha, beta].map((bound) => (bound === undefined ? "" : emit.float(bound))),
					]);
		default:
			return null;
	}
}

function givenInputs(node: Node, count: number): string[] {
	const inputs = node.inputs.slice(0, count);
	return inputs.slice(0, inputs.findLastIndex((input) => input !== "") + 1);
}

/** The attributes that a convolution or product has by itself, as the emitter takes them. */
function asWritten(attributes: Attributes, without: readonly string[]): Record<string, AttributeLike> {
	const written = [...attributes].flatMap(([name, attribute]): [string, AttributeLike][] => {
		if (without.includes(name)) return [];
		if (attribute.kind === "int" || attribute.kind === "string") return [[name, attribute.value]];
		if (attribute.kind === "float") return [[name, { float: attribute.value }]];
		return attribute.kind === "ints" ? [[name, attribute.value.map(Number)]] : [];
	});
	return Object.fromEntries(written);
}
