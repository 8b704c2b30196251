/** The gradients of operators against PyTorch's in float64: norms, attention, activations at their kinks. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { AttributeLike } from "../../../src/onnx/emitter.ts";
import { interpret } from "../../../src/onnx/interpret.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { fromValues, numbers } from "../../../src/tensor/values.ts";
import { walkedModel } from "../../support/gradientRules.ts";

interface WrittenTensor {
	readonly type: "float64" | "int64";
	readonly shape: readonly number[];
	readonly values: readonly number[];
}

/** As autograd.py writes it. */
interface AutogradCase {
	readonly name: string;
	readonly operator: string;
	readonly opset: number;
	readonly domain: string;
	readonly attributes: Readonly<Record<string, AttributeLike>>;
	readonly inputs: readonly WrittenTensor[];
	/** Of the output, [2, ...its shape]. */
	readonly given: WrittenTensor;
	/** Of input 0, [2, ...its shape]. */
	readonly gradient: WrittenTensor;
}

const cases: readonly AutogradCase[] = JSON.parse(
	readFileSync(new URL("../../fixtures/nodes/autograd.json", import.meta.url), "utf8"),
);

describe("gradients are those of PyTorch", () => {
	test.each(cases.map((each) => [each.name, each] as const))("%s", (_, each) => {
		const inputs = each.inputs.map(tensorOf);
		const outputs = each.operator === "TopK" ? 2 : 1;
		const { model, given, found } = walkedModel({ ...each, inputs, outputs });
		const feeds = new Map([
			["x0", inputs[0] as Tensor], // every operator has an input
			[given, tensorOf(each.given)],
		]);
		const gradient = numbers(interpret(model, feeds).get(found) as Tensor); // its output
		const largest = Math.max(...each.gradient.values.map(Math.abs));
		expect(gradient.length).toBe(each.gradient.values.length);
		for (const [i, expected] of each.gradient.values.entries()) {
			// PyTorch has some constants of activations (a sixth, alpha of celu) in float32 even here.
			expect(Math.abs((gradient[i] as number) - expected) / largest, `element ${i}`).toBeLessThan(1e-7);
		}
	});
});

function tensorOf({ type, shape, values }: WrittenTensor): Tensor {
	return fromValues(type, shape, values);
}
