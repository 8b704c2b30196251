import { expect, test } from "vitest";
import { findAnatomy } from "../../../src/anatomy/findAnatomy.ts";
import { type Architecture, buildArchitecture } from "../../../src/architecture/architecture.ts";
import { recogniseCheckpoint } from "../../../src/architecture/recognise/recognise.ts";
import { interpret } from "../../../src/onnx/interpret.ts";
import type { Model } from "../../../src/onnx/model.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { fromValues, numbers } from "../../../src/tensor/values.ts";
import { checkpointCase, checkpointCases, checkpointPixels, checkpointWeights } from "../../support/checkpoints.ts";
import { runModel } from "../../support/runModel.ts";

const names = Object.keys(checkpointCases);

function built(name: string) {
	const { config, imageSize, architecture: declared, ...rest } = checkpointCase(name);
	const weights = checkpointWeights(rest);
	const { architecture, tensors } =
		declared === undefined
			? recogniseCheckpoint(weights, config, imageSize)
			: { architecture: declared, tensors: weights };
	const model = buildArchitecture(architecture, tensors);
	return { model, architecture, output: model.graph.outputs[0]?.name ?? "" };
}

/** The constants of a graph are float32; what they stand for is here in float64, as the libraries' own run has them. */
function exactConstants(architecture: Architecture): [string, Tensor][] {
	const scale = architecture.family === "vit" ? (architecture.width / architecture.heads) ** -0.5 : 1;
	const constants = {
		"gelu.root": Math.SQRT2,
		"geluTanh.cubic": 0.044715,
		"geluTanh.root": Math.sqrt(2 / Math.PI),
		"sigmoid.slope": 1.702,
		"attention.scale": scale,
	};
	return Object.entries(constants).map(([name, value]) => [name, fromValues("float64", [], [value])]);
}

/** And so are its attributes. */
function withExactEpsilons(model: Model): Model {
	const nodes = model.graph.nodes.map((node) => {
		const epsilon = node.attributes.get("epsilon");
		if (epsilon?.kind !== "float") return node;
		const exact = { kind: "float", value: Number(epsilon.value.toPrecision(6)) } as const;
		return { ...node, attributes: new Map([...node.attributes, ["epsilon", exact]]) };
	});
	return { ...model, graph: { ...model.graph, nodes } };
}

/** The largest difference over the largest logit; NaN if any value is. */
function relativeDifference(given: ArrayLike<number>, expected: readonly number[]): number {
	if (given.length !== expected.length) return Number.NaN;
	const largest = Math.max(...expected.map(Math.abs));
	return Math.max(...expected.map((value, index) => Math.abs(value - (given[index] ?? Number.NaN)))) / largest;
}

test.each(names)("%s gives the logits of the library it comes from, in float64 and in float32", async (name) => {
	const { side, logits, tolerance } = checkpointCase(name);
	const { model, architecture, output } = built(name);
	const pixels = checkpointPixels(side);
	const feeds = new Map([["pixels", pixels], ...exactConstants(architecture)]);
	const exact = interpret(withExactEpsilons(model), feeds).get(output);
	expect(relativeDifference(numbers(exact ?? pixels), logits.flat())).toBeLessThan(tolerance);
	const device = (await runModel(model, { pixels }, [output])).get(output);
	expect(relativeDifference(numbers(device ?? pixels), logits.flat())).toBeLessThan(1e-4);
	// Logits that are the same for every image would agree without being right.
	const [first = [], second = []] = logits;
	expect(relativeDifference(first, second)).toBeGreaterThan(0.01);
});

test.each(names.filter((name) => typeof checkpointCase(name).heads === "number"))(
	"the heads of %s are found in its graph",
	(name) => {
		const anatomy = findAnatomy(built(name).model);
		expect(anatomy.family).toBe("vit");
		expect(anatomy.attentions.reduce((sum, { heads }) => sum + heads, 0)).toBe(checkpointCase(name).heads);
	},
);
