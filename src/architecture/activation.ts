/** What stands between the two layers of an MLP, as nodes that every opset has. */
import { fromFloat32s } from "../tensor/values.ts";
import type { GraphWriter } from "./graphWriter.ts";

export const activations = ["gelu", "geluTanh", "quickGelu", "silu", "relu"] as const;
export type Activation = (typeof activations)[number];

/** @returns `output`, shaped as the input */
export function activate(writer: GraphWriter, input: string, output: string, activation: Activation): string {
	switch (activation) {
		case "gelu":
			return gelu(writer, input, output);
		case "geluTanh":
			return geluTanh(writer, input, output);
		case "quickGelu":
			return gatedBySigmoid(writer, input, output, 1.702);
		case "silu":
			return gatedBySigmoid(writer, input, output, 1);
		case "relu":
			return writer.node("Relu", [input], output);
	}
}

/** x (1 + erf(x / sqrt 2)) / 2 (Hendrycks and Gimpel 2016, arXiv:1606.08415), which has no operator before opset 20. */
function gelu(writer: GraphWriter, input: string, output: string): string {
	const root = writer.constant("gelu.root", fromFloat32s([], [Math.SQRT2]));
	const one = writer.constant("gelu.one", fromFloat32s([], [1]));
	const half = writer.constant("gelu.half", fromFloat32s([], [0.5]));
	const scaled = writer.node("Div", [input, root], `${output}.scaled`);
	const erf = writer.node("Erf", [scaled], `${output}.erf`);
	const sum = writer.node("Add", [erf, one], `${output}.sum`);
	const product = writer.node("Mul", [input, sum], `${output}.product`);
	return writer.node("Mul", [product, half], output);
}

/** Its approximation, x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2: the default of JAX. */
function geluTanh(writer: GraphWriter, input: string, output: string): string {
	const scalar = (name: string, value: number) => writer.constant(`geluTanh.${name}`, fromFloat32s([], [value]));
	const part = (name: string) => `${output}.${name}`;
	const square = writer.node("Mul", [input, input], part("square"));
	const cube = writer.node("Mul", [square, input], part("cube"));
	const small = writer.node("Mul", [cube, scalar("cubic", 0.044715)], part("cubic"));
	const bent = writer.node("Add", [input, small], part("bent"));
	const scaled = writer.node("Mul", [bent, scalar("root", Math.sqrt(2 / Math.PI))], part("scaled"));
	const tanh = writer.node("Tanh", [scaled], part("tanh"));
	const sum = writer.node("Add", [tanh, scalar("one", 1)], part("sum"));
	const product = writer.node("Mul", [input, sum], part("product"));
	return writer.node("Mul", [product, scalar("half", 0.5)], output);
}

/** x sigmoid(slope x): with 1.702 the approximation of GELU that CLIP was trained with, with 1 SiLU. */
function gatedBySigmoid(writer: GraphWriter, input: string, output: string, slope: number): string {
	const factor = () => writer.constant("sigmoid.slope", fromFloat32s([], [slope]));
	const scaled = slope === 1 ? input : writer.node("Mul", [input, factor()], `${output}.scaled`);
	return writer.node("Mul", [input, writer.node("Sigmoid", [scaled], `${output}.sigmoid`)], output);
}
