import { expect, it } from "vitest";
import { GraphWriter } from "../../src/architecture/graphWriter.ts";
import { rangesOf } from "../../src/checkpoint/byteRanges.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { float32s, fromFloat32s } from "../../src/tensor/values.ts";

/** A checkpoint of one matrix whose file may be written anew. */
function checkpoint() {
	const state = { file: fromFloat32s([2, 3], [1, 2, 3, 4, 5, 6]).bytes, reads: 0 };
	const weight: Tensor = {
		type: "float32",
		shape: [2, 3],
		get bytes() {
			state.reads++;
			return rangesOf(state.file).read(0, state.file.length);
		},
	};
	return { state, writer: new GraphWriter(new Map([["w", weight]])) };
}

it.each([
	["weight", "w", [2, 3], [1, 2, 3, 4, 5, 6]],
	["transposed", "w.transposed", [3, 2], [1, 4, 2, 5, 3, 6]],
	["perChannel", "w", [2, 3, 1, 1], [1, 2, 3, 4, 5, 6]],
] as const)("%s is read once, when it is written, whatever becomes of the file", (kind, name, shape, values) => {
	const { state, writer } = checkpoint();
	expect(writer[kind]("w")).toBe(name);
	state.file = fromFloat32s([2, 3], [0, 0, 0, 0, 0, 0]).bytes;
	const { initializers } = writer.finish("m", [1, 1], { name: "logits", width: 3 }).graph;
	const written = initializers.get(name);
	if (written === undefined) throw new Error("it is not there");
	expect(written.shape).toEqual(shape);
	for (let time = 0; time < 2; time++) expect([...float32s(written)]).toEqual(values);
	expect(state.reads).toBe(1);
});

it("nothing is widened or transposed before somebody asks for it", () => {
	// Too few bytes for its shape, which shows as soon as they are read as numbers.
	const broken: Tensor = { type: "float32", shape: [2, 3], bytes: new Uint8Array(4) };
	const writer = new GraphWriter(new Map([["w", broken]]));
	for (const kind of ["weight", "transposed", "perChannel"] as const) {
		const name = writer[kind]("w");
		const written = writer.finish("m", [1, 1], { name: "y", width: 1 }).graph.initializers.get(name);
		expect(written?.type).toBe("float32");
		expect(() => written?.bytes).toThrow(RangeError);
	}
});
