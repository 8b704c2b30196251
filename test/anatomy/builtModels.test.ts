/** Graphs of our own builder, whose tensors bear the names that anatomy must come to without reading them. */
import { describe, expect, test } from "vitest";
import type { Anatomy } from "../../src/anatomy/anatomy.ts";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { summarize } from "../../src/anatomy/summary.ts";
import { architectureTensorShapes } from "../../src/architecture/architecture.ts";
import { resnet50, resnetTensorShapes } from "../../src/architecture/resnet.ts";
import { vitTensorShapes } from "../../src/architecture/vitTensors.ts";
import { elementCount } from "../../src/tensor/tensor.ts";
import { tinyArchitectures, tinyModel } from "../support/tiny.ts";
import { tinyResnet, tinyResnetConfig, tinyVit, tinyVitConfig } from "./models.ts";

function count(shapes: Iterable<readonly [string, readonly number[]]>): number {
	return [...shapes]
		.filter(([name]) => !name.includes("running_"))
		.reduce((sum, [, shape]) => sum + elementCount(shape), 0);
}

function expectNamesAsBuilt(anatomy: Anatomy): void {
	expect(anatomy.layers.map(({ tensor }) => tensor)).toEqual(anatomy.layers.map(({ name }) => name));
}

describe("the anatomy of a built ViT", () => {
	test("with a class token", () => {
		const anatomy = findAnatomy(tinyVit());
		expectNamesAsBuilt(anatomy);
		expect(summarize(anatomy)).toMatchObject({
			family: "vit",
			blocks: 3,
			layers: { all: 6 * 3 + 3, blocks: 3 },
			attentions: 3,
			headsPerAttention: 2,
			residualAdditions: 6,
			tokenGrid: [3, 3],
			classToken: true,
			patchPx: 8,
			pooling: "cls",
			parameters: count(vitTensorShapes(tinyVitConfig)),
			classes: 5,
			remarks: [],
		});
		expect(anatomy.residuals[3]).toEqual({
			block: 1,
			kind: "mlp",
			stream: "blocks.1.+attention",
			branch: "blocks.1.mlp",
			sum: "blocks.1.output",
			projected: false,
		});
		expect(anatomy.attentions[2]).toEqual({
			block: 2,
			heads: 2,
			weights: "blocks.2.attention.weights",
			layout: "batch,heads,query,key",
			mixed: { tensor: "blocks.2.attention.heads", headWidth: 6 },
		});
		expect(anatomy.blocks[1]).toEqual({
			index: 1,
			kind: "encoder",
			stage: null,
			input: "blocks.0.output",
			output: "blocks.1.output",
		});
	});

	test("with global average pooling and no class token", () => {
		const anatomy = findAnatomy(tinyVit({ pooling: "gap" }));
		expectNamesAsBuilt(anatomy);
		expect(anatomy.tokens).toEqual({ grid: [3, 3], patchPx: 8, classToken: false, count: 9 });
		expect(anatomy.pooling).toBe("gap");
		expect(anatomy.layers).toHaveLength(6 * 3 + 3);
		expect(anatomy.remarks).toEqual([]);
	});
});

test("the anatomy of a built Mixer", () => {
	const anatomy = findAnatomy(tinyModel("mixer"));
	expectNamesAsBuilt(anatomy);
	expect(summarize(anatomy)).toMatchObject({
		family: "mixer",
		blocks: 2,
		layers: { all: 6 * 2 + 2, blocks: 2 },
		attentions: 0,
		residualAdditions: 4,
		tokenGrid: [4, 4],
		classToken: false,
		patchPx: 8,
		pooling: "gap",
		parameters: count(architectureTensorShapes(tinyArchitectures.mixer)),
		remarks: [],
	});
	expect(anatomy.residuals[2]).toEqual({
		block: 1,
		kind: "tokenMixing",
		stream: "blocks.0.output",
		branch: "blocks.1.tokenMixing",
		sum: "blocks.1.+tokenMixing",
		projected: false,
	});
});

describe("the anatomy of a built ResNet", () => {
	test("of two stages", () => {
		const anatomy = findAnatomy(tinyResnet());
		expectNamesAsBuilt(anatomy);
		expect(summarize(anatomy)).toMatchObject({
			family: "cnn",
			blocks: 3,
			layers: { all: 7 * 3 + 2 * 2 + 2, blocks: 3 },
			unitsPerStage: [2, 1],
			attentions: 0,
			residualAdditions: 3,
			pooling: "gap",
			parameters: count(resnetTensorShapes(tinyResnetConfig)),
			remarks: [],
		});
		expect(anatomy.residuals[2]).toEqual({
			block: 2,
			kind: "unit",
			stream: "blocks.2.projectionNorm",
			branch: "blocks.2.norm3",
			sum: "blocks.2.+unit",
			projected: true,
		});
		expect(anatomy.blocks[2]).toMatchObject({ kind: "bottleneck", stage: 1, input: "blocks.1.output" });
	});

	test("of the size of ResNet-50 has 122 layers", () => {
		const { imageSide: _side, ...rest } = resnet50;
		const anatomy = findAnatomy(
			tinyResnet({ ...rest, imageSide: 64, width: 4, stem: { kernel: 7, width: 8, pooling: true } }),
		);
		expectNamesAsBuilt(anatomy);
		expect(anatomy.layers).toHaveLength(122);
		expect(summarize(anatomy).unitsPerStage).toEqual([3, 4, 6, 3]);
	});
});
