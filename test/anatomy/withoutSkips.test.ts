import { describe, expect, test } from "vitest";
import type { ResidualAddition } from "../../src/anatomy/anatomy.ts";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { type SkipChoice, withoutSkips } from "../../src/anatomy/withoutSkips.ts";
import { buildArchitecture } from "../../src/architecture/architecture.ts";
import { interpret } from "../../src/onnx/interpret.ts";
import type { Model } from "../../src/onnx/model.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { numbers } from "../../src/tensor/values.ts";
import { type TinyName, tinyArchitectures, tinyModel, tinyValues, tinyWeights } from "../support/tiny.ts";

const ablated = (name: TinyName, choices: readonly SkipChoice[]) => {
	const model = tinyModel(name);
	return withoutSkips(model, findAnatomy(model), choices);
};

/** Tensors of a run on the fixture's pixels, in float64. */
function valuesOf(name: TinyName, model: Model, tensors: readonly string[]): readonly (readonly number[])[] {
	const { input } = findAnatomy(tinyModel(name));
	const pixels = tinyValues(name).get("pixels");
	if (pixels === undefined) throw new Error("no pixels");
	const found = interpret(model, new Map([[input.tensor, pixels]]), tensors);
	return tensors.map((tensor) => Array.from(numbers(found.get(tensor) as Tensor))); // all wanted are given
}

/** Of every addition of the whole model, what stands in its place: the sum, or the branch alone. */
function placesOf(name: TinyName, model: Model): readonly string[] {
	return findAnatomy(tinyModel(name)).residuals.map((addition) => {
		const { block, kind, stream, branch, sum } = addition;
		const [before = [], added = [], after = []] = valuesOf(name, model, [stream, branch, sum]);
		const is = (expected: (at: number) => number) => after.every((value, at) => value === expected(at));
		const found = is((at) => (before[at] ?? 0) + (added[at] ?? 0))
			? "sum"
			: is((at) => added[at] ?? 0)
				? "branch"
				: "?";
		return `${block}.${kind} ${found}`;
	});
}

test.each([[[0]], [[1]], [[0, 1]]])(
	"without the skips of %j every layer is that of a ViT built without them from the same weights",
	(blocks) => {
		const { model, anatomy } = ablated(
			"vit",
			blocks.map((block) => ({ block, branch: "all" })),
		);
		const built = buildArchitecture({ ...tinyArchitectures.vit, withoutSkips: blocks }, tinyWeights("vit"));
		const own = findAnatomy(built);
		const names = anatomy.layers.map(({ name }) => name);
		expect(names).toEqual(own.layers.map(({ name }) => name));
		const tensors = (of: typeof own) => [...of.layers.map(({ tensor }) => tensor), of.output.tensor];
		expect(valuesOf("vit", model, tensors(anatomy))).toEqual(valuesOf("vit", built, tensors(own)));
	},
);

const choice = (block: number, branch: SkipChoice["branch"]): SkipChoice => ({ block, branch });

describe.each([
	["vit", [choice(0, "mlp")], ["0.attention sum", "0.mlp branch", "1.attention sum", "1.mlp sum"]],
	[
		"vit",
		[choice(1, "attention"), choice(0, "all")],
		["0.attention branch", "0.mlp branch", "1.attention branch", "1.mlp sum"],
	],
	["mixer", [choice(1, "tokenMixing")], ["0.tokenMixing sum", "0.mlp sum", "1.tokenMixing branch", "1.mlp sum"]],
	["resnet", [choice(0, "unit")], ["0.unit branch", "1.unit sum", "2.unit sum"]],
	["resnet", [choice(1, "all"), choice(2, "all")], ["0.unit sum", "1.unit branch", "2.unit branch"]],
] as const)("%s without %j", (name, choices, expected) => {
	const { model, anatomy } = ablated(name, choices);
	const whole = findAnatomy(tinyModel(name));

	test("has the branch alone where the skips were, by projection or not, and sums elsewhere", () => {
		expect(placesOf(name, model)).toEqual(expected);
	});

	test("keeps its layers and the other additions, and says in a remark what it lacks", () => {
		const isLeft = (_: ResidualAddition, at: number) => expected[at]?.endsWith(" sum");
		expect(anatomy).toEqual({
			...whole,
			residuals: whole.residuals.filter(isLeft),
			remarks: [...whole.remarks, expect.stringMatching(/^The skip of .* was removed\.$/)],
		});
	});
});

test("the graph and the anatomy that were given stay as they were", () => {
	const model = tinyModel("vit");
	const anatomy = findAnatomy(model);
	const nodes = structuredClone(model.graph.nodes);
	withoutSkips(model, anatomy, [choice(0, "all")]);
	expect(model.graph.nodes).toEqual(nodes);
	expect(anatomy).toEqual(findAnatomy(tinyModel("vit")));
});

test("a skip that is named twice is left out once", () => {
	const once = ablated("vit", [choice(0, "attention")]);
	expect(ablated("vit", [choice(0, "attention"), choice(0, "attention")])).toEqual(once);
	expect(once.anatomy.remarks.at(-1)).toBe("The skip of blocks.0 beside its attention was removed.");
});

test.each([
	["vit", choice(2, "all"), "block 2 has no skip that could be removed", "Blocks with skips: 0, 1."],
	["vit", choice(1, "unit"), 'no skip of block 1 "unit"', "There is: attention, mlp."],
	["resnet", choice(1, "attention"), 'no skip of block 1 "attention"', "There is: unit."],
] as const)("of %s %j is refused with those that are there", (name, given, message, hint) => {
	expect(() => ablated(name, [given])).toThrow(expect.objectContaining({ code: "NOT_FOUND", message, hint }));
});

test("of a model without any skip every block is refused", () => {
	const { model, anatomy } = ablated(
		"resnet",
		[0, 1, 2].map((block) => choice(block, "all")),
	);
	expect(() => withoutSkips(model, anatomy, [choice(1, "all")])).toThrow(
		expect.objectContaining({ hint: "This model has none at all." }),
	);
});
