/** ResNets of version 1 under the names of torchvision, which timm shares, and of Hugging Face's transformers. */
import { SightlineError } from "../../errors.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ResnetConfig } from "../resnet.ts";
import { renamed } from "./rename.ts";
import { countOf, type Given, need, notBuilt, type Recognised, type Source } from "./source.ts";

export const torchvisionResnet: Source = {
	title: "torchvision and timm (resnet)",
	matches: (names) => names.has("conv1.weight") && names.has("layer1.0.conv1.weight"),
	read: (given) => described(given.tensors, given, 3),
};

export const huggingFaceResnet: Source = {
	title: "transformers (ResNet)",
	matches: (names) => [...names].some((name) => /(?:^|\.)embedder\.embedder\.convolution\.weight$/.test(name)),
	read(given) {
		const { config } = given;
		if (config.flag("downsample_in_first_stage") === true) {
			throw notBuilt("its first stage has a stride", "Export it to ONNX; a graph needs no recognition.");
		}
		const activation = config.text("hidden_act") ?? "relu";
		if (activation !== "relu") throw notBuilt(`its activation is "${activation}"`, '"relu" is.');
		const stridedKernel = config.flag("downsample_in_bottleneck") === true ? 1 : 3;
		return described(renamed(given.tensors, stageRules), given, stridedKernel);
	},
};

/** Stages and layers count from 0 there, stages and convolutions from 1 at torchvision: a rule for each. */
const stageRules = [
	[/^(?:\w+\.)?embedder\.embedder\.convolution\./, "conv1."],
	[/^(?:\w+\.)?embedder\.embedder\.normalization\./, "bn1."],
	...[0, 1, 2, 3, 4, 5, 6, 7].flatMap((stage) => {
		const unit = String.raw`^(?:\w+\.)?encoder\.stages\.${stage}\.layers\.(\d+)\.`;
		const target = `layer${stage + 1}.$1`;
		return [
			[new RegExp(`${unit}shortcut\\.convolution\\.`), `${target}.downsample.0.`],
			[new RegExp(`${unit}shortcut\\.normalization\\.`), `${target}.downsample.1.`],
			...[0, 1, 2].flatMap((layer) => [
				[new RegExp(`${unit}layer\\.${layer}\\.convolution\\.`), `${target}.conv${layer + 1}.`] as const,
				[new RegExp(`${unit}layer\\.${layer}\\.normalization\\.`), `${target}.bn${layer + 1}.`] as const,
			]),
		] as const;
	}),
	[/^classifier\.1\./, "fc."],
] as const;

/** Channels double with each: published networks have four, and further ones find no place. */
export const mostStages = 8;

/** @param tensors under torchvision's names */
function described(tensors: ReadonlyMap<string, Tensor>, given: Given, stridedKernel: 1 | 3): Recognised {
	const names = [...tensors.keys()];
	const { config } = given;
	const [stemWidth = 0, channels = 0, kernel = 0] = need(tensors, "conv1.weight", 4).shape;
	if (channels !== 3) throw notBuilt(`it takes images of ${channels} channels`, "Models of RGB images are.");
	if (kernel !== 7) {
		throw notBuilt(
			`its stem is a convolution of ${kernel} px, whose stride no weight tells: a stem`,
			"Give the architecture in the model's entry, or export it to ONNX.",
		);
	}
	const isBottleneck = tensors.has("layer1.0.conv3.weight");
	const [width = 0] = need(tensors, "layer1.0.conv1.weight", 4).shape;
	const [outputs = 0] = need(tensors, `layer1.0.conv${isBottleneck ? 3 : 2}.weight`, 4).shape;
	const [, inputs = 0] = need(tensors, "layer1.0.conv2.weight", 4).shape;
	if (inputs !== width) throw notBuilt("its convolutions are grouped (ResNeXt)", "Export it to ONNX.");
	// Stages count from 1, their units from 0.
	let stages = 0;
	while (stages < mostStages && tensors.has(`layer${stages + 1}.0.conv1.weight`)) stages++;
	const units = Array.from({ length: stages }, (_, stage) =>
		countOf(names, new RegExp(`^layer${stage + 1}\\.(\\d+)\\.`)),
	);
	const declared = given.imageSize ?? config.object("pretrained_cfg").sides("input_size") ?? config.sides("image_size");
	const [height, side] = declared ?? [224, 224];
	const expansion = outputs / width;
	if (!Number.isInteger(expansion)) {
		throw new SightlineError("BAD_INPUT", `a unit yields ${outputs} channels of ${width}, expected a multiple`);
	}
	const architecture: ResnetConfig = {
		imageSide: height === side ? side : [height, side],
		stem: { kernel, width: stemWidth, pooling: true },
		width,
		units,
		classes: tensors.get("fc.weight")?.shape[0] ?? 0,
		normEpsilon: 1e-5,
		...(isBottleneck ? {} : { unit: "basic" }),
		...(expansion === (isBottleneck ? 4 : 1) ? {} : { expansion }),
		...(stridedKernel === 3 || !isBottleneck ? {} : { stridedKernel }),
	};
	const remark = "Nothing says which size of image it was trained for: 224 x 224 px is taken.";
	return { architecture: { family: "resnet", ...architecture }, tensors, remarks: declared === null ? [remark] : [] };
}
