/** The real models: counts from their publishers, from the papers, or by hand from the printed graph. */
import { describe, expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { summarize } from "../../src/anatomy/summary.ts";
import { rebatch } from "../../src/onnx/rebatch.ts";
import { dataFolder, needsData, realModel } from "./models.ts";

describe.skipIf(dataFolder === undefined)(`the anatomy of real models${needsData}`, () => {
	test("ViT-Tiny, a PyTorch export with decomposed LayerNorm and GELU", () => {
		const anatomy = findAnatomy(realModel("vit-tiny-patch16-224/model"));
		const summary = summarize(anatomy);
		expect(summary).toMatchObject({
			family: "vit",
			blocks: 12,
			layers: { all: 75, blocks: 12 },
			attentions: 12,
			headsPerAttention: 3,
			residualAdditions: 24,
			tokenGrid: [14, 14],
			classToken: true,
			pooling: "cls",
			parameters: 5_717_416,
			classes: 1000,
			input: { channels: 3, height: 224, width: 224 },
			remarks: [],
		});
		expect(anatomy.tokens).toEqual({ grid: [14, 14], patchPx: 16, classToken: true, count: 197 });
		expect(summary.layerNames.all.slice(0, 8)).toEqual([
			"patchEmbedding",
			"positionEmbedding",
			"blocks.0.norm1",
			"blocks.0.attention",
			"blocks.0.norm2",
			"blocks.0.mlpHidden",
			"blocks.0.mlp",
			"blocks.0.output",
		]);
		expect(summary.layerNames.all.at(-1)).toBe("norm");
		// Where this exporter, whose names are not read, put the parts of a block.
		const tensors = new Map(anatomy.layers.map(({ name, tensor }) => [name, tensor]));
		expect(tensors.get("blocks.7.norm1")).toBe("/blocks.7/norm1/Add_1_output_0");
		expect(tensors.get("blocks.7.attention")).toBe("/blocks.7/attn/proj/Add_output_0");
		expect(tensors.get("blocks.7.mlpHidden")).toBe("/blocks.7/mlp/Mul_1_output_0");
		expect(tensors.get("blocks.7.mlp")).toBe("/blocks.7/mlp/fc2/Add_output_0");
		expect(tensors.get("blocks.7.output")).toBe("/blocks.7/Add_1_output_0");
		expect(tensors.get("patchEmbedding")).toBe("/patch_embed/Transpose_output_0");
		expect(anatomy.attentions[7]?.weights).toBe("/blocks.7/attn/Softmax_output_0");
		const shapes = new Map(anatomy.layers.map(({ name, shape }) => [name, shape]));
		expect(shapes.get("patchEmbedding")).toEqual([196, 192]);
		expect(shapes.get("blocks.0.mlpHidden")).toEqual([197, 768]);
	});

	test("a ViT with BatchNorm in place of LayerNorm, a class token and yet the mean of all tokens, opset 9", () => {
		const anatomy = findAnatomy(realModel("exports/pgd_2_3_16"));
		expect(summarize(anatomy)).toMatchObject({
			family: "vit",
			blocks: 2,
			layers: { all: 15, blocks: 2 },
			attentions: 2,
			headsPerAttention: 3,
			residualAdditions: 4,
			tokenGrid: [2, 2],
			classToken: true,
			pooling: "gap",
			// Patches 48*3*256+48, token 48, positions 5*48; a block 4*(48*48+48) + 2*48*96+96+48 + 2*2*48; norm 96, head 490.
			parameters: 36_912 + 48 + 240 + 2 * (9_408 + 9_360 + 192) + 96 + 490,
		});
		const shapes = new Map(anatomy.layers.map(({ name, shape }) => [name, shape]));
		expect(shapes.get("blocks.1.norm2")).toEqual([5, 48]);
		expect(shapes.get("norm")).toEqual([48]);
	});

	test.each([
		// Published: 0.27 M parameters; with folded norms a bias takes the place of a norm's scale and shift.
		["cifar10-resnets/resnet20_cifar10_op11_keepbn", [3, 3, 3], "basic", 47, 269_722, "gap", 0],
		["cifar10-resnets/resnet20_cifar10_op13", [3, 3, 3], "basic", 28, 269_034, "gap", 0],
		["cifar10-resnets/resnet56_cifar10_op13", [9, 9, 9], "basic", 82, 850_986, "gap", 0],
		["exports/resnet_4b", [2, 2], "basic", 15, 123_734, null, 2],
		// torchvision's count of ResNet-50.
		["exports/light_resnet50", [3, 4, 6, 3], "bottleneck", 122, 25_557_032, "gap", 4],
	] as const)("%s", (path, stages, kind, layers, parameters, pooling, projections) => {
		const anatomy = findAnatomy(realModel(path));
		const units = stages.reduce((sum, count) => sum + count, 0);
		expect(summarize(anatomy)).toMatchObject({
			family: "cnn",
			blocks: units,
			unitsPerStage: stages,
			layers: { all: layers, blocks: units },
			attentions: 0,
			headsPerAttention: null,
			residualAdditions: units,
			tokenGrid: null,
			classToken: null,
			pooling,
			parameters,
		});
		expect(new Set(anatomy.blocks.map((block) => block.kind))).toEqual(new Set([kind]));
		expect(anatomy.residuals.filter(({ projected }) => projected)).toHaveLength(projections);
		expect(anatomy.residuals.every((residual) => residual.kind === "unit")).toBe(true);
	});

	test.each(["cifar10-resnets/resnet20_cifar10_op11_keepbn", "exports/resnet_4b", "exports/light_resnet50"])(
		"%s has the same anatomy with its batch fixed to 1 and re-batched",
		(path) => {
			const model = realModel(path);
			expect(findAnatomy(rebatch(model))).toEqual(findAnatomy(model));
		},
	);

	test("a softmax at the end of a classifier is no attention, and the logits are read before it", () => {
		const anatomy = findAnatomy(realModel("exports/light_resnet50"));
		expect(anatomy.attentions).toEqual([]);
		expect(anatomy.output).toEqual({ tensor: "r174", classes: 1000 });
	});
});
