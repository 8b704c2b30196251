/** Norms that take the addition before them along. */
import { type FusedNode, inputOf, numberOf, type Unfused } from "./fusedNode.ts";

/** com.microsoft.Skip(Simplified)LayerNormalization: (input + skip + bias), normalised; its fourth output is that sum. */
export function skipNormalization(
	norm: "LayerNormalization" | "SimplifiedLayerNormalization",
): (fused: FusedNode) => Unfused | null {
	return ({ node, emit, producer }) => {
		const [input, skip, scale] = [0, 1, 2].map((index) => inputOf(node, index)) as [string, string, string]; // three
		// The root mean square has no centre, hence no shift: there the bias stands one place before.
		const [shift, bias] = norm === "LayerNormalization" ? [inputOf(node, 3), inputOf(node, 4)] : ["", inputOf(node, 3)];
		const [output = "", mean = "", inverse = "", sum = ""] = node.outputs;
		if (mean !== "" || inverse !== "") return null;
		// The bias is that of the product which ends the branch.
		const isProduct = (tensor: string) => ["MatMul", "Gemm"].includes(producer(tensor)?.operator ?? "");
		const [stream, branch] = isProduct(input) && !isProduct(skip) ? [skip, input] : [input, skip];
		const added = emit.add("Add", [stream, bias === "" ? branch : emit.add("Add", [branch, bias])]);
		const epsilon = { float: numberOf(node, "epsilon", 1e-12) };
		const inputs = [added, scale, ...(shift === "" ? [] : [shift])];
		const normed = emit.add(norm, inputs, { axis: -1, epsilon });
		return new Map([[output, normed], ...(sum === "" ? [] : [[sum, added] as const])]);
	};
}
