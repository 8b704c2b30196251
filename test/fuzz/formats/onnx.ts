/** ONNX graphs of several exporters, damaged as messages (a wrong wire, kind, shape or name) and as bytes. */
import type { Random } from "../../../src/numerics/random.ts";
import { encodeModel, encodeSplitModel } from "../../../src/onnx/encode.ts";
import type { Model } from "../../../src/onnx/model.ts";
import { exportedModel } from "../../support/exports.ts";
import { tinyModel } from "../../support/tiny.ts";
import { damagedBytes, joined } from "../bytes.ts";
import type { Files, Format } from "../format.ts";
import { messageBytes, parseMessage } from "../protobuf.ts";
import { damageGraph, nesting } from "./graphDamages.ts";
import { readModel } from "./readModel.ts";

const file = "model.onnx";
const data = "model.data";

/** Small, and of as many operators and habits as there are; the first ones are taken most. */
const models: readonly (() => Model)[] = [
	() => tinyModel("vit"),
	() => tinyModel("resnet"),
	() => tinyModel("resnet-classic"),
	() => tinyModel("mixer"),
	() => exportedModel("vit.handmade.microsoft"),
	() => exportedModel("vit.handmade.multihead"),
	() => exportedModel("vit.handmade.jax"),
	() => exportedModel("mobilenetv1.handmade.paddle"),
	() => exportedModel("vit.handmade.tensorflow"),
	() => exportedModel("vit.handmade.paddle"),
	() => exportedModel("vgg-bn.torchvision.opset9"),
	() => exportedModel("resnet18.transformers.exported"),
	() => exportedModel("convnext.timm.opset23"),
	() => exportedModel("vit.timm.opset23"),
	() => exportedModel("mobilenetv3.timm.qdq"),
	() => exportedModel("beit.transformers.exported"),
];

/** Encoded models by their place in the list, with the second file of those that have one. */
const encoded = new Map<number, { readonly bytes: Uint8Array; readonly beside: Uint8Array | null }>();

function encodedModel(index: number) {
	const known = encoded.get(index);
	if (known !== undefined) return known;
	const model = models[index]?.() ?? tinyModel("vit");
	const split = index % 4 === 3 ? encodeSplitModel(model, data) : null;
	const made = { bytes: split?.model ?? encodeModel(model), beside: split && joined(...split.data) };
	encoded.set(index, made);
	return made;
}

export const onnx: Format = {
	damaged(_seed, source) {
		const { bytes, beside } = encodedModel(Math.min(source.below(models.length), source.below(models.length)));
		const way = source.below(8);
		const damaged = way === 0 ? damagedBytes(bytes, source) : damagedGraph(bytes, source);
		const both = way === 1 ? damagedBytes(damaged, source) : damaged;
		const cut = beside !== null && source.below(6) === 0 ? beside.subarray(0, source.below(beside.length)) : beside;
		return { [file]: both, ...(cut === null ? {} : { [data]: cut }) } satisfies Files;
	},
	read: (folder, seed) => readModel(folder, [file], seed),
};

function damagedGraph(bytes: Uint8Array, source: Random): Uint8Array {
	const root = parseMessage("Model", bytes, nesting);
	damageGraph(root, source);
	return messageBytes(root);
}
