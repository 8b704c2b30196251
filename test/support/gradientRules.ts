/**
 * The gradients of operators: what a rule adds against central differences of the evaluation, and against itself in
 * float32 on ONNX Runtime. Both seeds are other gradients.
 */
import { describe, expect, test } from "vitest";
import type { AttributeLike } from "../../src/onnx/emitter.ts";
import { interpret } from "../../src/onnx/interpret.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { fromValues, numbers } from "../../src/tensor/values.ts";
import { modelOf, node, randomTensor, value } from "../onnx/graphs.ts";
import { run } from "../onnx/runtime.ts";
import { type GradientModel, gradientModel } from "./gradientModel.ts";

export interface Rule {
	readonly operator: string;
	/** The first is the input that gradients are wanted for, unless `at` says another. */
	readonly inputs: readonly (Tensor | null)[];
	readonly at?: number;
	readonly attributes?: Readonly<Record<string, AttributeLike>>;
	readonly opset?: number;
	readonly outputs?: number;
	/** The output whose gradients are given. */
	readonly output?: number;
	readonly domain?: string;
}

const seeds = 2;

/** The input that gradients are wanted for is the graph's, the others are constants. */
export function walkedModel({
	operator,
	inputs,
	at = 0,
	attributes,
	opset = 17,
	outputs = 1,
	output = 0,
	domain,
}: Rule): GradientModel {
	const names = Array.from({ length: outputs }, (_, i) => `y${i}`);
	const own = inputs[at];
	if (own === null || own === undefined) throw new Error(`${operator} has no input ${at}`);
	const constants = inputs.flatMap((input, i) => (input === null || i === at ? [] : [[`x${i}`, input] as const]));
	const model = modelOf({
		nodes: [
			node(
				operator,
				inputs.map((input, i) => (input === null ? "" : `x${i}`)),
				names,
				attributes,
				domain,
			),
		],
		inputs: [value(`x${at}`, "float32", own.shape)],
		initializers: Object.fromEntries(constants),
		outputs: names.map((name) => value(name, null)),
		opset,
	});
	return gradientModel(model, `y${output}`, seeds, own.shape[0] ?? 1);
}

function title({ operator, inputs, at = 0, attributes = {}, opset = 17, output = 0 }: Rule): string {
	const given = inputs.map((input) => (input === null ? "none" : `[${input.shape.join()}]`)).join(", ");
	return `${operator}(${given}) ${JSON.stringify(attributes)} in opset ${opset}: input ${at} from output ${output}`;
}

/** Makes the tests of a list of rules. */
export function testRules(rules: readonly Rule[]): void {
	describe.each(rules.map((rule) => [title(rule), rule] as const))("%s", (_, rule) => {
		const { at = 0, output = 0 } = rule;
		const walked = walkedModel(rule);
		const x = rule.inputs[at] as Tensor; // checked by walkedModel
		const given = randomTensor("float32", [seeds, ...walked.tensorShape], 7);
		const feeds = { [`x${at}`]: x, [walked.given]: given };

		test("is the slope of the evaluation", () => {
			const found = numbers(interpret(walked.model, new Map(Object.entries(feeds))).get(walked.found) as Tensor); // its output
			const values = numbers(x);
			const weights = numbers(given);
			const moved = (i: number, step: number): Float64Array => {
				const input = fromValues("float64", x.shape, values.with(i, (values[i] as number) + step));
				return numbers(
					interpret(walked.model, new Map([[`x${at}`, input]]), [`y${output}`]).get(`y${output}`) as Tensor,
				);
			};
			const step = 1e-5;
			const largest = largestOf(found);
			for (let i = 0; i < values.length; i++) {
				const [above, below] = [moved(i, step), moved(i, -step)];
				for (let seed = 0; seed < seeds; seed++) {
					const rise = above.reduce(
						(sum, y, k) => sum + (weights[seed * above.length + k] as number) * (y - (below[k] as number)),
						0,
					);
					const error = (found[seed * values.length + i] as number) - rise / (2 * step);
					expect(Math.abs(error) / largest, `element ${i}`).toBeLessThan(1e-7);
				}
			}
		});

		test("runs on ONNX Runtime, with the same gradients", async () => {
			const expected = interpret(walked.model, new Map(Object.entries(feeds))).get(walked.found) as Tensor; // its output
			const found = (await run(walked.model, feeds)).get(walked.found) as Tensor; // as above
			expect(found.shape).toEqual([seeds, ...x.shape]);
			const errors = numbers(expected).map((each, i) => each - (numbers(found)[i] as number));
			expect(largestOf(errors) / largestOf(numbers(expected))).toBeLessThan(1e-4);
		});
	});
}

function largestOf(values: Float64Array): number {
	return values.reduce((largest, each) => Math.max(largest, Math.abs(each)), 0);
}
