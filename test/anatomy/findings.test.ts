/** How sure the parts of an anatomy are, and what a model's entry may settle. */
import { describe, expect, test } from "vitest";
import type { Anatomy, AnatomyOverrides, Finding } from "../../src/anatomy/anatomy.ts";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import type { Dimension, Model } from "../../src/onnx/model.ts";
import { standardForm } from "../../src/onnx/standard/standardForm.ts";
import { exportedModel } from "../support/exports.ts";
import { tinyModel } from "../support/tiny.ts";
import { tinyResnet, tinyVit } from "./models.ts";

const confidences = ({ findings }: Anatomy) =>
	Object.fromEntries(findings.map(({ part, confidence }) => [part, confidence]));
const foundIn = (name: string) => findAnatomy(standardForm(exportedModel(name)));
const findingOf = ({ findings }: Anatomy, part: Finding["part"]) => findings.find((each) => each.part === part);

function withSides(model: Model, shape: readonly Dimension[]): Model {
	const inputs = model.graph.inputs.map((input) => ({ ...input, shape }));
	return { ...model, graph: { ...model.graph, inputs } };
}

describe("it is certain", () => {
	test.each([
		["a ViT", tinyVit()],
		["a Mixer", tinyModel("mixer")],
		["a ResNet", tinyResnet()],
	])("what every part of %s is", (_name, model) => {
		const anatomy = findAnatomy(model);
		expect(new Set(anatomy.findings.map(({ confidence }) => confidence))).toEqual(new Set(["certain"]));
		expect(anatomy.findings.every(({ reason }) => /^[A-Z].*\.$/.test(reason))).toBe(true);
		const parts = anatomy.findings.map(({ part }) => part);
		expect(new Set(parts).size).toBe(parts.length);
	});
});

describe("it is said to be unsure", () => {
	test.each([
		[
			"which image size an open graph takes, where several work out",
			withSides(tinyResnet(), ["b", 3, "h", "w"]),
			"input",
			"guess",
		],
		["which it takes, where one alone does", withSides(tinyModel("vit"), ["b", 3, "h", "w"]), "input", "likely"],
		["what the blocks of VGG are", standardForm(exportedModel("vgg.timm.traced")), "blocks", "guess"],
		[
			"which blocks without a skip are blocks",
			standardForm(exportedModel("mobilenetv3.timm.traced")),
			"blocks",
			"likely",
		],
		[
			"what blocks are, beside others of convolutions",
			standardForm(exportedModel("maxvit.timm.traced")),
			"blocks",
			"likely",
		],
		[
			"what blocks are, beside attentions to one token",
			standardForm(exportedModel("crossvit.timm.traced")),
			"blocks",
			"likely",
		],
		[
			"what a CNN's are, beside an attention",
			standardForm(exportedModel("efficientformer.timm.traced")),
			"blocks",
			"likely",
		],
		[
			"whether a token that the classifier does not read is a class token",
			standardForm(exportedModel("beit.timm.traced")),
			"classToken",
			"likely",
		],
		[
			"how a map that is flattened whole is pooled",
			standardForm(exportedModel("vgg.torchvision.traced")),
			"pooling",
			"guess",
		],
	] as const)("%s", (_what, model, part, confidence) => {
		expect(confidences(findAnatomy(model))[part]).toBe(confidence);
	});
});

test("additions within an attention, as of SAM's relative positions, leave it certain what the blocks are", () => {
	expect(findingOf(foundIn("sam.timm.traced"), "blocks")?.confidence).toBe("certain");
});

test("convolutions in branches beside each other are counted in a remark, and those of one run are not", () => {
	expect(foundIn("squeezenet.torchvision.traced").remarks).toContain(
		"16 of 26 convolutions lie in branches beside each other; they are in no block.",
	);
	expect(foundIn("vgg.timm.traced").remarks.join()).not.toMatch(/branches beside/);
});

test("a mean over stacked branches' logits is no pooling", () => {
	expect(foundIn("crossvit.timm.traced").pooling).toBe("cls");
});

describe("an entry settles", () => {
	const settled = (model: Model, overrides: AnatomyOverrides) => findAnatomy(model, overrides);

	test("the class token", () => {
		const anatomy = settled(standardForm(exportedModel("beit.timm.traced")), { classToken: false });
		expect(anatomy.tokens).toMatchObject({ classToken: false, count: 17 });
		expect(findingOf(anatomy, "classToken")?.confidence).toBe("certain");
	});

	test("the number of tokens before the patches, with the grid that is left", () => {
		const model = tinyVit({ imageSide: 32 });
		expect(settled(model, { tokensBeforePatches: 1 }).tokens?.grid).toEqual([4, 4]);
		expect(settled(model, { tokensBeforePatches: 8 }).tokens).toMatchObject({
			grid: [3, 3],
			classToken: true,
			count: 17,
		});
	});

	test("the grid", () => {
		const { tokens } = settled(tinyVit(), { grid: [1, 9] });
		expect(tokens).toMatchObject({ grid: [1, 9], count: 10 });
	});

	test("the heads, where they are those of the graph", () => {
		const anatomy = settled(tinyVit(), { heads: 2 });
		expect(anatomy.attentions.map(({ heads }) => heads)).toEqual([2, 2, 2]);
	});

	test("the input's size", () => {
		const anatomy = settled(withSides(tinyResnet(), ["b", 3, "h", "w"]), { imageSize: [48, 40] });
		expect(anatomy.input).toMatchObject({ height: 48, width: 40 });
		expect(findingOf(anatomy, "input")?.confidence).toBe("certain");
	});

	test("the output tensor", () => {
		const anatomy = settled(tinyVit(), { output: "norm" });
		expect(anatomy.output).toEqual({ tensor: "norm", classes: 12 });
		expect(anatomy.remarks).toEqual([]);
	});
});

describe("an entry that the graph contradicts is refused:", () => {
	test.each([
		[
			"heads",
			tinyVit(),
			{ heads: 3 },
			"overrides.heads is 3, but the attention weights of blocks.0 [2, 2, 10, 10] are those of 2",
		],
		["a grid", tinyVit(), { grid: [4, 4] }, "overrides.grid is 4 x 4, but 16 patches are not the 10 tokens there are"],
		[
			"a grid with other tokens",
			tinyVit(),
			{ grid: [3, 3], tokensBeforePatches: 2 },
			"overrides.grid is 3 x 3, but 9 patches and 2 before them are not the 10 tokens there are",
		],
		[
			"a number of other tokens",
			tinyVit(),
			{ tokensBeforePatches: 3 },
			"overrides.tokensBeforePatches is 3, but of 10 tokens that leaves 7, no grid in the proportions of 24 x 24 px",
		],
		[
			"a class token",
			tinyVit({ pooling: "gap" }),
			{ classToken: true },
			"overrides.classToken is true, but all 9 tokens are those of 3 x 3 patches",
		],
		[
			"heads of a CNN",
			tinyResnet(),
			{ heads: 2 },
			"overrides.heads is declared, but no attention was found in this model",
		],
		[
			"tokens of a CNN",
			tinyResnet(),
			{ classToken: true },
			"overrides.classToken is declared, but no tokens were found in this model",
		],
		["an output", tinyVit(), { output: "logit" }, 'no tensor overrides.output "logit"'],
	] as const)("%s", (_what, model, overrides, message) => {
		expect(() => findAnatomy(model, overrides)).toThrow(expect.objectContaining({ message, hint: expect.any(String) }));
	});
});

test("a head that pools the tokens by attention is no block, and that is said", () => {
	const anatomy = foundIn("siglip.timm.traced");
	expect(anatomy.blocks).toHaveLength(12);
	expect(anatomy.remarks.join()).toContain("An attention behind the last block pools the tokens");
});
