/** Images of another size, by factors or by sides. Before opset 11 the factors are input 1, and Upsample's in 7 an attribute. */
import { numbers } from "../../tensor/values.ts";
import type { Operator } from "./operator.ts";

export const resize: Operator = {
	shapes: (call) => {
		const input = call.shape(0);
		const axes = call.integerList("axes")?.map((axis) => call.axis(axis, input.length)) ?? input.map((_, axis) => axis);
		const isUpsample = call.node.operator === "Upsample";
		const sizes = isUpsample || call.opset < 11 ? null : call.integers(3);
		if (sizes !== null && sizes.length > 0) {
			const policy = call.text("keep_aspect_ratio_policy", "stretch");
			const factors = axes.map((axis, i) => (sizes[i] ?? 1) / (input[axis] ?? 1));
			const factor = policy === "not_larger" ? Math.min(...factors) : Math.max(...factors);
			return [
				input.map((side, axis) => {
					const i = axes.indexOf(axis);
					if (i < 0) return side;
					return policy === "stretch" ? (sizes[i] ?? side) : Math.floor(factor * side + 0.5);
				}),
			];
		}
		const scales = call.constant(isUpsample || call.opset < 11 ? 1 : 2);
		const factors = scales === null ? call.numberList("scales") : [...numbers(scales)];
		if (factors === null || factors.length === 0) return null;
		return [input.map((side, axis) => Math.floor(side * (factors[axes.indexOf(axis)] ?? 1)))];
	},
};
