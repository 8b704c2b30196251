import { expect, test } from "vitest";
import { heWeights } from "../../src/architecture/heWeights.ts";
import { buildResnet, resnet50, resnetTensorShapes } from "../../src/architecture/resnet.ts";
import { buildVit } from "../../src/architecture/vit.ts";
import type { VitConfig } from "../../src/architecture/vitConfig.ts";
import { vitTensorShapes } from "../../src/architecture/vitTensors.ts";
import { elementCount, type Tensor } from "../../src/tensor/tensor.ts";
import { float32s, fromFloat32s, int64Vector } from "../../src/tensor/values.ts";
import { tinyArchitectures, tinyWeights } from "../support/tiny.ts";

const { vit, resnet } = tinyArchitectures;

test("a tensor that is missing is named, with its shape and its near miss", () => {
	const weights = new Map(tinyWeights("vit"));
	weights.set("blocks.1.attn.qkw.weight", take(weights, "blocks.1.attn.qkv.weight"));
	weights.delete("blocks.1.attn.qkv.weight");
	expect(() => buildVit(vit, weights)).toThrow(
		expect.objectContaining({
			message: "vit of width 16 and depth 2: the tensor blocks.1.attn.qkv.weight [48, 16] is missing",
			hint: expect.stringContaining("blocks.1.attn.qkw.weight"),
		}),
	);
});

test("a tensor too many is named, and how many there are", () => {
	const weights = new Map([...tinyWeights("vit"), ["fc_norm.weight", fromFloat32s([16], new Float32Array(16))]]);
	expect(() => buildVit(vit, weights)).toThrow("there is no place for the tensor fc_norm.weight [16]");
	expect(() => buildVit({ ...vit, depth: 1 }, weights)).toThrow(/no place for .*, as for 12 others/);
});

test("a tensor of another shape is named with both shapes", () => {
	expect(() => buildVit({ ...vit, classes: 7 }, tinyWeights("vit"))).toThrow(
		"head.weight is [5, 16], expected [7, 16]",
	);
	expect(() => buildResnet({ ...resnet, stem: { ...resnet.stem, kernel: 7 } }, tinyWeights("resnet"))).toThrow(
		"resnet of width 2, units 2+1: conv1.weight is [4, 3, 3, 3], expected [4, 3, 7, 7]",
	);
});

test("a tensor of integers is no weight", () => {
	const weights = new Map([...tinyWeights("resnet"), ["fc.bias", int64Vector([1, 2, 3, 4, 5])]]);
	expect(() => buildResnet(resnet, weights)).toThrow("fc.bias is int64, expected one of float32");
});

test("the counters that PyTorch keeps beside BatchNorm are passed over", () => {
	const weights = new Map([...tinyWeights("resnet"), ["bn1.num_batches_tracked", int64Vector([3])]]);
	expect(buildResnet(resnet, weights)).toEqual(buildResnet(resnet, tinyWeights("resnet")));
});

test("patches that do not tile the image and heads that do not share the width are refused", () => {
	expect(() => buildVit({ ...vit, patch: 7 }, tinyWeights("vit"))).toThrow("32 is no multiple of 7");
	expect(() => buildVit({ ...vit, heads: 3 }, tinyWeights("vit"))).toThrow("16 is no multiple of 3");
});

test.each([
	[{ pooling: "cls+gap", classToken: false }, 'the pooling is "cls+gap", but there is no class token'],
	[{ relativePositions: true, registers: 1 }, "relative positions go with a class token and no further one"],
	[{ distillation: "head", finalNorm: "pooled" }, "a head of distillation goes with"],
	[{ imageSide: [32, 36] }, "36 is no multiple of 8"],
	[{ imageSide: 2048 }, "256 x 256 patches are more than 16384"],
	[{ withoutSkips: [2] }, "there is no block 2 to leave without skips"],
] as const satisfies readonly (readonly [Partial<VitConfig>, string])[])(
	"a ViT with %j is refused",
	(change, message) => {
		expect(() => buildVit({ ...vit, ...change }, tinyWeights("vit"))).toThrow(message);
	},
);

test("the classic ResNet-50 has torchvision's tensors: 25 557 032 parameters, 161 of them and 106 statistics", () => {
	const shapes = [...resnetTensorShapes(resnet50)];
	const parameters = shapes.filter(([name]) => !name.includes("running_"));
	expect(parameters.reduce((sum, [, shape]) => sum + elementCount(shape), 0)).toBe(25_557_032);
	expect([parameters.length, shapes.length]).toEqual([161, 267]);
});

test("ViT-Ti/16 has timm's tensors: 5 717 416 parameters", () => {
	const base = { imageSide: 224, patch: 16, width: 192, depth: 12, heads: 3, mlpRatio: 4, classes: 1000 } as const;
	const shapes = vitTensorShapes({ ...base, pooling: "cls", normEpsilon: 1e-6 });
	expect([...shapes.values()].reduce((sum, shape) => sum + elementCount(shape), 0)).toBe(5_717_416);
});

test("He weights depend on the seed alone, have variance 2 / fan-in, and norms start as the identity", () => {
	const shapes = resnetTensorShapes(resnet50);
	const weights = heWeights(shapes, 1);
	expect(heWeights(new Map([...shapes].slice(0, 6)), 1)).toEqual(new Map([...weights].slice(0, 6)));
	expect(heWeights(new Map([...shapes].slice(0, 1)), 2)).not.toEqual(new Map([...weights].slice(0, 1)));
	const convolution = float32s(take(weights, "layer4.0.conv2.weight"));
	const variance = convolution.reduce((sum, value) => sum + value * value, 0) / convolution.length;
	// 2.4 million values: the variance of a uniform sample is off by 0.06 % at one standard error.
	expect((variance * 512 * 9) / 2).toBeCloseTo(1, 2);
	expect(new Set(float32s(take(weights, "bn1.weight")))).toEqual(new Set([1]));
	expect(new Set(float32s(take(weights, "bn1.running_var")))).toEqual(new Set([1]));
	expect(new Set(float32s(take(weights, "bn1.running_mean")))).toEqual(new Set([0]));
});

function take(weights: ReadonlyMap<string, Tensor>, name: string): Tensor {
	const tensor = weights.get(name);
	if (tensor === undefined) throw new Error(`no ${name}`);
	return tensor;
}
