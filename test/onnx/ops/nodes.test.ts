/** Operators against the node tests of ONNX itself. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { interpret } from "../../../src/onnx/interpret.ts";
import type { Attribute } from "../../../src/onnx/model.ts";
import type { ElementType, Tensor } from "../../../src/tensor/tensor.ts";
import { fromValues, isInteger } from "../../../src/tensor/values.ts";
import { modelOf, value } from "../graphs.ts";
import { difference } from "../runtime.ts";

interface WrittenTensor {
	readonly type: ElementType;
	readonly shape: readonly number[];
	/** Numbers, and words for what is infinite or no number. */
	readonly values: readonly (number | string)[];
}

type WrittenAttribute =
	| number
	| string
	| readonly number[]
	| { readonly float: number }
	| { readonly floats: readonly number[] }
	| { readonly tensor: WrittenTensor };

/** As nodes.py writes it. */
interface NodeCase {
	readonly name: string;
	readonly operator: string;
	readonly opset: number;
	readonly attributes: Readonly<Record<string, WrittenAttribute>>;
	readonly inputs: readonly (WrittenTensor | null)[];
	readonly outputs: readonly WrittenTensor[];
}

const cases = ["moving", "functions", "norms"].flatMap((name): readonly NodeCase[] =>
	JSON.parse(readFileSync(new URL(`../../fixtures/nodes/${name}.json`, import.meta.url), "utf8")),
);

describe.each([...new Set(cases.map(({ operator }) => operator))])("%s", (operator) => {
	test.each(cases.filter((each) => each.operator === operator).map((each) => [each.name, each] as const))(
		"%s has the values of the specification",
		(_, { opset, attributes, inputs, outputs }) => {
			const names = outputs.map((_, i) => `y${i}`);
			const model = modelOf({
				nodes: [
					{
						name: "",
						operator,
						domain: "",
						inputs: inputs.map((input, i) => (input === null ? "" : `x${i}`)),
						outputs: names,
						attributes: new Map(Object.entries(attributes).map(([name, each]) => [name, attributeOf(each)])),
					},
				],
				outputs: names.map((name) => value(name, null)),
				opset,
			});
			const feeds = inputs.flatMap((input, i) => (input === null ? [] : [[`x${i}`, tensorOf(input)] as const]));
			const found = interpret(model, new Map(feeds));
			for (const [i, output] of outputs.entries()) {
				const given = found.get(`y${i}`) as Tensor; // all outputs are given
				const type = isInteger(given.type) ? given.type : "float64";
				expect(type === "float64" ? "floating" : type).toBe(isInteger(output.type) ? output.type : "floating");
				expect(difference(given, fromValues(type, output.shape, output.values.map(Number)))).toBeLessThanOrEqual(2e-6);
			}
		},
	);
});

function tensorOf({ type, shape, values }: WrittenTensor): Tensor {
	return fromValues(type, shape, type === "int64" ? values.map(BigInt) : values.map(Number));
}

function attributeOf(written: WrittenAttribute): Attribute {
	if (typeof written === "number") return { kind: "int", value: BigInt(written) };
	if (typeof written === "string") return { kind: "string", value: written };
	if ("float" in written) return { kind: "float", value: written.float };
	if ("floats" in written) return { kind: "floats", value: written.floats };
	if ("tensor" in written) return { kind: "tensor", value: tensorOf(written.tensor) };
	return { kind: "ints", value: written.map(BigInt) };
}
