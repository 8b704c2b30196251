/** The same network written otherwise has the same anatomy. */
import { describe, expect, test } from "vitest";
import type { Anatomy } from "../../src/anatomy/anatomy.ts";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { withoutSkips } from "../../src/anatomy/withoutSkips.ts";
import { decodeModel } from "../../src/onnx/decode.ts";
import { encodeModel } from "../../src/onnx/encode.ts";
import type { Model } from "../../src/onnx/model.ts";
import { tinyModel } from "../support/tiny.ts";
import { tinyResnet, tinyVit } from "./models.ts";
import {
	layerNormsDecomposed,
	operandsSwapped,
	renamed,
	sumInPlaceOfAdd,
	weightsAsConstants,
	withoutSkip,
} from "./mutations.ts";

const models: readonly (readonly [string, Model])[] = [
	["ViT", tinyVit()],
	["ViT without class token", tinyVit({ pooling: "gap" })],
	["Mixer", tinyModel("mixer")],
	["ResNet", tinyResnet()],
];

describe.each(models)("the anatomy of a %s is the same", (_name, model) => {
	const anatomy = findAnatomy(model);

	test("with the operands of sums and products swapped", () => {
		expect(findAnatomy(operandsSwapped(model))).toEqual(anatomy);
	});

	test("with Sum in place of Add", () => {
		expect(findAnatomy(sumInPlaceOfAdd(model))).toEqual(anatomy);
	});

	test("with other names of tensors and no names of nodes", () => {
		const { model: other, nameOf } = renamed(model);
		expect(findAnatomy(other)).toEqual(withNames(anatomy, nameOf));
	});

	test("with weights in Constant nodes", () => {
		expect(findAnatomy(weightsAsConstants(model))).toEqual(anatomy);
	});

	test("with LayerNorm spelled with arithmetic, by division or by reciprocal", () => {
		expect(findAnatomy(layerNormsDecomposed(model, "division"))).toEqual(anatomy);
		expect(findAnatomy(operandsSwapped(layerNormsDecomposed(model, "reciprocal")))).toEqual(anatomy);
	});
});

/** The anatomy with every tensor renamed. */
function withNames(anatomy: Anatomy, nameOf: (tensor: string) => string): Anatomy {
	return {
		...anatomy,
		blocks: anatomy.blocks.map((block) => ({ ...block, input: nameOf(block.input), output: nameOf(block.output) })),
		attentions: anatomy.attentions.map((each) => ({
			...each,
			weights: nameOf(each.weights),
			mixed: each.mixed && { ...each.mixed, tensor: nameOf(each.mixed.tensor) },
		})),
		residuals: anatomy.residuals.map((each) => ({
			...each,
			stream: nameOf(each.stream),
			branch: nameOf(each.branch),
			sum: nameOf(each.sum),
		})),
		layers: anatomy.layers.map((layer) => ({ ...layer, tensor: nameOf(layer.tensor) })),
	};
}

describe("a ViT trained without the skips of a block", () => {
	const model = tinyVit();
	const whole = findAnatomy(model);

	test.each([0, 1, 2])("keeps all its blocks and layers where block %i has none", (block) => {
		const cut = withoutSkip(
			withoutSkip(model, `blocks.${block}.output`, `blocks.${block}.mlp`),
			`blocks.${block}.+attention`,
			`blocks.${block}.attention`,
		);
		const anatomy = findAnatomy(cut);
		expect(anatomy.residuals).toHaveLength(4);
		expect(anatomy.layers.map(({ name }) => name)).toEqual(whole.layers.map(({ name }) => name));
		const tensors = (of: Anatomy) => new Map(of.layers.map(({ name, tensor }) => [name, tensor]));
		const expected = tensors(whole).set(`blocks.${block}.output`, `blocks.${block}.mlp`);
		expect(tensors(anatomy)).toEqual(expected);
		expect(anatomy.remarks).toEqual([`blocks.${block} has no skip beside its attention and its mlp.`]);
	});

	test.each([0, 1, 2])(
		"keeps all its blocks and layers where it was built and trained without those of block %i",
		(block) => {
			const anatomy = findAnatomy(tinyVit({ withoutSkips: [block] }));
			expect(anatomy.blocks).toHaveLength(3);
			expect(anatomy.residuals).toHaveLength(4);
			expect(anatomy.layers.map(({ name }) => name)).toEqual(whole.layers.map(({ name }) => name));
			expect(anatomy.remarks).toEqual([`blocks.${block} has no skip beside its attention and its mlp.`]);
		},
	);

	test.each([0, 1, 2])(
		"keeps all its blocks and layers where those of block %i were taken out and the file read again",
		(block) => {
			const ablated = withoutSkips(model, whole, [{ block, branch: "all" }]);
			const anatomy = findAnatomy(decodeModel(encodeModel(ablated.model)));
			expect(anatomy.blocks).toHaveLength(3);
			expect(anatomy.residuals).toHaveLength(4);
			expect(anatomy.layers.map(({ name }) => name)).toEqual(ablated.anatomy.layers.map(({ name }) => name));
			expect(anatomy.remarks).toEqual([`blocks.${block} has no skip beside its attention and its mlp.`]);
		},
	);
});
