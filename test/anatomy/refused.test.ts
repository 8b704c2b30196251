/** Graphs without the parts that are looked for: what is said of them. */
import { describe, expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { SightlineError } from "../../src/errors.ts";
import { graphOf, node, tinyVit } from "./models.ts";

const conv = (input: string, output: string, weight: string) =>
	node("Conv", [input, weight], [output], { pads: [1, 1, 1, 1] });
const weights = { w0: [3, 3, 3, 3], w1: [3, 3, 3, 3], w2: [3, 3, 3, 3] };

function refusal(run: () => unknown): SightlineError {
	try {
		run();
	} catch (error) {
		if (error instanceof SightlineError) return error;
		throw error;
	}
	throw new Error("nothing was refused");
}

describe("a graph is refused", () => {
	test("without attention, residual additions and a chain of convolutions, saying what was seen and expected", () => {
		const chain = graphOf(
			[
				conv("image", "a", "w0"),
				node("Relu", ["a"], ["b"]),
				conv("b", "c", "w1"),
				node("GlobalAveragePool", ["c"], ["d"]),
			],
			weights,
		);
		const error = refusal(() => findAnatomy(chain));
		expect(error.code).toBe("BAD_INPUT");
		expect(error.message).toBe(
			"neither an attention nor a residual addition was found; expected a ViT, a Mixer or a CNN. " +
				"The image runs through 4 nodes: 2 Conv, 1 Relu, 1 GlobalAveragePool.",
		);
		expect(error.hint).toContain("VGG");
	});

	test("without an image input", () => {
		const text = graphOf([node("Relu", ["image"], ["a"])], {}, ["batch", 128]);
		expect(refusal(() => findAnatomy(text))).toMatchObject({
			code: "BAD_INPUT",
			message: "no input takes images [batch, channels, height, width]; seen: image [batch, 128]",
		});
	});

	test("with the channels last", () => {
		const last = graphOf([node("Relu", ["image"], ["a"])], {}, ["batch", 224, 224, 3]);
		expect(refusal(() => findAnatomy(last)).message).toContain("puts the channels last");
	});
});

describe("no residual addition is", () => {
	test("a sum of two branches of equal rank, which is remarked on", () => {
		const graph = graphOf(
			[
				conv("image", "a", "w0"),
				node("Relu", ["a"], ["r"]),
				conv("r", "b", "w1"),
				conv("r", "c", "w2"),
				node("Add", ["b", "c"], ["inception"]),
				conv("inception", "d", "w0"),
				node("Relu", ["d"], ["e"]),
				conv("e", "f", "w1"),
				node("Add", ["f", "inception"], ["residual"]),
				node("GlobalAveragePool", ["residual"], ["out"]),
			],
			weights,
		);
		const anatomy = findAnatomy(graph);
		expect(anatomy.residuals.map(({ sum }) => sum)).toEqual(["residual"]);
		expect(anatomy.remarks.join()).toContain("of which neither is a stream, hence not residual: 1.");
	});

	test("the sum within a GELU by tanh", () => {
		const scaled = (output: string, input: string) => node("Mul", [input, "factor"], [output]);
		const gelu = [
			node("Mul", ["a", "a"], ["square"]),
			node("Mul", ["square", "a"], ["cube"]),
			scaled("small", "cube"),
			node("Add", ["a", "small"], ["inner"]),
			node("Tanh", ["inner"], ["tanh"]),
			node("Add", ["tanh", "factor"], ["shifted"]),
			node("Mul", ["a", "shifted"], ["gelu"]),
		];
		const graph = graphOf(
			[conv("image", "a", "w0"), ...gelu, conv("gelu", "b", "w1"), node("Add", ["b", "image"], ["sum"])],
			{ ...weights, factor: [] },
		);
		expect(findAnatomy(graph).residuals.map(({ sum }) => sum)).toEqual(["sum"]);
	});
});

describe("a declared class token", () => {
	test("that the token count contradicts is remarked on", () => {
		const anatomy = findAnatomy(tinyVit(), { classToken: false });
		expect(anatomy.tokens?.classToken).toBe(false);
		expect(anatomy.remarks).toEqual(["The class token is declared absent, but there are 10 tokens for 9 patches."]);
	});
});
