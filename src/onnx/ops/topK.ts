/** The k largest (or smallest) entries of an axis and their places; k is an attribute before opset 10. */
import { pick, stridesOf } from "../../tensor/strides.ts";
import { fromInt64s, numbers } from "../../tensor/values.ts";
import { emitZeros } from "./constants.ts";
import { expectCovered, type Operator } from "./operator.ts";

export const topK: Operator = {
	// The entries go back to their places, among zeros.
	gradient: (site) => {
		expectCovered(site, [0]);
		const { call, emit, seeds } = site;
		const gradient = site.upstream(0);
		if (gradient === null) return [];
		const places = call.output(1);
		if (places === "") call.fail("no gradient is known where the places are no output");
		const shape = call.shape(0);
		const axis = call.axis(call.integer("axis", -1), shape.length) + 1;
		const indices = emit.add("Expand", [places, emit.ints([seeds, ...site.outputShape(0)])]);
		const inputs = [emitZeros(emit, [seeds, ...shape]), indices, gradient];
		return [emit.add(emit.opset < 11 ? "Scatter" : "ScatterElements", inputs, { axis })];
	},
	shapes: (call) => {
		const input = call.shape(0);
		const axis = call.axis(call.integer("axis", -1), input.length);
		const k = call.opset < 10 ? call.integer("k", 1) : call.integers(1)?.[0];
		if (k === undefined) return null;
		if (!(k <= (input[axis] as number))) call.fail(`${k} of ${input[axis]} entries`);
		const chosen = input.with(axis, k);
		return [chosen, chosen];
	},
	evaluate: (call, [shape = []]) => {
		const input = call.tensor(0);
		const axis = call.axis(call.integer("axis", -1), shape.length);
		const sign = call.integer("largest", 1) === 1 ? -1 : 1;
		const [stride, side, k] = [stridesOf(shape)[axis] as number, input.shape[axis] as number, shape[axis] as number];
		const values = numbers(input);
		const found = Array.from({ length: numbers(input).length / side }, (_, line) => {
			const start = Math.floor(line / stride) * stride * side + (line % stride);
			const at = (place: number): number => values[start + place * stride] as number;
			// Of equal entries the first comes first: sorting keeps their order.
			const places = Array.from({ length: side }, (_, place) => place).sort((a, b) => sign * (at(a) - at(b)));
			return { start, places: places.slice(0, k) };
		});
		const chosen = Array.from({ length: found.length * k }, (_, i) => {
			const line = found[Math.floor(i / stride / k) * stride + (i % stride)];
			const place = line?.places[Math.floor(i / stride) % k] ?? 0;
			return { place, from: (line?.start ?? 0) + place * stride };
		});
		return [
			pick(
				input,
				shape,
				chosen.map(({ from }) => from),
			),
			fromInt64s(
				shape,
				chosen.map(({ place }) => BigInt(place)),
			),
		];
	},
};
