/** Entries added at both ends of axes (taken away, where negative). */
import type { Operator } from "./operator.ts";

export const pad: Operator = {
	shapes: (call) => {
		const input = call.shape(0);
		// An attribute before opset 11; from 18 on for some axes only.
		const pads = call.opset < 11 ? call.integerList("pads") : call.integers(1);
		const chosen = call.integers(3);
		if (pads === null || (call.has(3) && chosen === null)) return null;
		const axes = chosen?.map((axis) => call.axis(axis, input.length)) ?? input.map((_, axis) => axis);
		if (pads.length !== 2 * axes.length) call.fail(`${pads.length} paddings for ${axes.length} axes`);
		return [
			input.map((side, axis) => {
				const i = axes.indexOf(axis);
				return i < 0 ? side : side + (pads[i] ?? 0) + (pads[i + axes.length] ?? 0);
			}),
		];
	},
};
