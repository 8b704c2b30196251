/** In graphs of other programs, too, the named tensors hold what their names say, by running them. */
import { describe, expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { random } from "../../src/numerics/random.ts";
import { standardForm } from "../../src/onnx/standard/standardForm.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { elementCount } from "../../src/tensor/tensor.ts";
import { fromFloat32s, numbers } from "../../src/tensor/values.ts";
import { exportedModel } from "../support/exports.ts";
import { runModel } from "../support/runModel.ts";

describe.each([
	"vit.timm.opset23",
	"vit.handmade.microsoft",
	"vit.handmade.jax",
	"vit-postnorm.torch.traced",
	"cait.timm.traced",
	"dinov2.transformers.exported",
	"swin.timm.exported",
	"swinv2.timm.traced",
	"convnext.transformers.traced",
	"bit.timm.traced",
	"mobilenetv3.keras.traced",
	"efficientnet.torchvision.exported",
	"densenet.timm.traced",
	"vgg.keras.traced",
	"eva02.timm.traced",
	"sam.timm.traced",
	"maxvit.timm.traced",
	"tnt.timm.traced",
	"mobilevit.timm.traced",
	"crossvit.timm.traced",
])("in %s", (name) => {
	const model = standardForm(exportedModel(name));
	const anatomy = findAnatomy(model);
	const { channels, height, width, tensor: input } = anatomy.input;
	const images = 2;

	test("sums are stream plus branch, layers have their shapes, and attention weights sum to 1 over the keys", async () => {
		const source = random(3, 3);
		const shape = [images, channels, height, width];
		const pixels = Float32Array.from({ length: elementCount(shape) }, () => source.between(-1, 1));
		const wanted = new Set([
			...anatomy.residuals.flatMap(({ stream, branch, sum }) => [stream, branch, sum]),
			...anatomy.attentions.map(({ weights }) => weights),
			...anatomy.layers.map(({ tensor }) => tensor),
			anatomy.output.tensor,
		]);
		const values = await runModel(model, { [input]: fromFloat32s(shape, pixels) }, [...wanted]);
		const given = (tensor: string) => values.get(tensor) as Tensor; // all wanted are given

		expect(given(anatomy.output.tensor).shape).toEqual([images, anatomy.output.classes]);
		for (const { tensor, shape: own } of anatomy.layers) expect(given(tensor).shape).toEqual([images, ...own]);
		for (const { stream, branch, sum } of anatomy.residuals) {
			const [a, b, c] = [stream, branch, sum].map((tensor) => numbers(given(tensor)));
			const scale = c?.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) ?? 0;
			const worst = c?.reduce((most, value, i) => Math.max(most, Math.abs(value - (a?.[i] ?? 0) - (b?.[i] ?? 0))), 0);
			expect((worst ?? 1) / scale).toBeLessThan(1e-6);
		}
		for (const { weights, heads, layout, windows = 1 } of anatomy.attentions) {
			const { shape: own } = given(weights);
			const keys = own.at(-1) ?? 0;
			expect(own.slice(0, -2).reduce((a, b) => a * b, 1)).toBe(images * heads * windows);
			expect(layout.split(",")).toHaveLength(own.length);
			const all = numbers(given(weights));
			for (let row = 0; row < all.length; row += keys) {
				const total = all.subarray(row, row + keys).reduce((sum, weight) => sum + weight, 0);
				expect(Math.abs(total - 1)).toBeLessThan(1e-5);
			}
		}
	});
});

test("a dense layer's output is what it read, and its own maps behind that", async () => {
	const model = standardForm(exportedModel("densenet.torchvision.exported"));
	const { blocks, layers, input } = findAnatomy(model);
	const pixels = fromFloat32s([1, 3, 64, 64], new Float32Array(3 * 64 * 64).fill(0.5));
	const [block] = blocks;
	const own = layers.find(({ name }) => name === "blocks.0.conv2")?.tensor ?? "";
	const names = [block?.input ?? "", own, block?.output ?? ""];
	const found = await runModel(model, { [input.tensor]: pixels }, names);
	const [read, made, joined] = names.map((tensor) => Array.from(numbers(found.get(tensor) as Tensor))); // all wanted are given
	expect(joined).toEqual([...(read ?? []), ...(made ?? [])]);
});
