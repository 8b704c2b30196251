/** Which operators the walk back knows. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { operatorOf } from "../../src/onnx/ops/index.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { numbers } from "../../src/tensor/values.ts";
import { needsModels, node, realModel, realModels } from "../onnx/graphs.ts";
import { gradientModel, patternedGradients, patternedPixels } from "../support/gradientModel.ts";
import { runModel } from "../support/runModel.ts";
import { sharedData } from "../support/sharedData.ts";

/** As exports.py writes it: of each network and each way of exporting it, the operators. */
const exported: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = JSON.parse(
	readFileSync(new URL("../fixtures/exports/operators.json", import.meta.url), "utf8"),
);

/** Operators of "domain.Operator" or "Operator" that have neither a rule nor the word that there is none to have. */
function without(names: Iterable<string>): string[] {
	return [...names].filter((name) => {
		const [operator = "", ...domain] = name.split(".").reverse();
		return operatorOf(node(operator, [], [], {}, domain.reverse().join(".")))?.gradient === undefined;
	});
}

describe.each(Object.entries(exported))("%s", (_, ways) => {
	test.each(Object.entries(ways))("every operator has a rule or no gradient: %s", (_, operators) => {
		expect(operators.length).toBeGreaterThan(3);
		expect(without(operators)).toEqual([]);
	});
});

test("what is not known is found", () => {
	expect(without(["Conv", "Shape", "Dance", "some.domain.Relu", "com.microsoft.FusedConv"])).toEqual([
		"Dance",
		"some.domain.Relu",
	]);
});

describe.skipIf(sharedData === null)(`real models${needsModels}`, () => {
	test.each(realModels)("every operator of %s has a rule or no gradient", (name) => {
		const { nodes } = realModel(name).graph;
		expect(without(new Set(nodes.map(({ operator }) => operator)))).toEqual([]);
	});

	// Its weights are all alike and its activations are beyond float32: only whether the graph of its logits runs can be seen.
	test("light_resnet50 has gradients all the way, in a graph that ONNX Runtime runs", async () => {
		const walked = gradientModel(realModel("exports/light_resnet50"), "r174", 2, 1);
		const feeds = {
			[walked.pixels.name]: patternedPixels(walked.pixels.shape),
			[walked.given]: patternedGradients(walked.tensorShape, 2),
		};
		const found = (await runModel(walked.model, feeds, [walked.found])).get(walked.found) as Tensor; // asked for
		expect(found.shape).toEqual([2, 1, 3, 224, 224]);
		expect(numbers(found).some((each) => each !== 0)).toBe(true);
	});
});
