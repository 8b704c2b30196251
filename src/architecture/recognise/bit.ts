/**
 * Big Transfer's ResNets of version 2 (Kolesnikov et al. 2020, arXiv:1912.11370) under the names of timm, and as Google
 * published them. Their kernels are standardised (Qiao et al. 2019, arXiv:1903.10520) whenever they are used: here once,
 * when they are read.
 */
import type { Tensor } from "../../tensor/tensor.ts";
import { float32s } from "../../tensor/values.ts";
import { computed } from "./derived.ts";
import { convolutionKernel, parametersOf } from "./flax.ts";
import { type Conversion, converted } from "./rename.ts";
import { mostStages } from "./resnet.ts";
import { countOf, type Given, need, notBuilt, type Recognised, type Source, withAxes } from "./source.ts";

export const timmBit: Source = {
	title: "timm (resnetv2_*_bit)",
	matches: (names) => names.has("stem.conv.weight") && names.has("stages.0.blocks.0.norm1.weight"),
	read(given) {
		const name = given.config.text("architecture");
		const isOther = given.tensors.has("norm.running_mean") || (name !== null && !/_bit/.test(name));
		if (isOther) throw notBuilt(`${name ?? "it"} is a ResNet of version 2 that is no BiT`, "Export it to ONNX.");
		return described(given.tensors, given);
	},
};

export const googleBit: Source = {
	title: "Google's .npz (BiT)",
	matches: (names) => [...names].some((name) => /(?:^|\/)root_block\/standardized_conv2d\/kernel$/.test(name)),
	read(given) {
		const tensors = new Map(
			[...parametersOf(given.tensors)].map(([name, each]) => [name.replace(/^resnet\//, ""), each]),
		);
		return described(converted(fromOne(tensors), conversions), given);
	},
};

/** Blocks and units count from 1 there, from 0 at timm. */
function fromOne(tensors: ReadonlyMap<string, Tensor>): ReadonlyMap<string, Tensor> {
	const place = /^block(\d+)\/unit(\d+)\//;
	return new Map(
		[...tensors].map(([name, tensor]) => [
			name.replace(place, (_, stage, unit) => `stages.${Number(stage) - 1}.blocks.${Number(unit) - 1}/`),
			tensor,
		]),
	);
}

const unit = String.raw`^(stages\.\d+\.blocks\.\d+)\/`;
const conversions: readonly Conversion[] = [
	[/^root_block\/standardized_conv2d\/kernel$/, "stem.conv.weight", convolutionKernel],
	[new RegExp(`${unit}a\\/proj\\/standardized_conv2d\\/kernel$`), "$1.downsample.conv.weight", convolutionKernel],
	...["a", "b", "c"].flatMap((part, index): Conversion[] => [
		[new RegExp(`${unit}${part}\\/standardized_conv2d\\/kernel$`), `$1.conv${index + 1}.weight`, convolutionKernel],
		[new RegExp(`${unit}${part}\\/group_norm\\/gamma$`), `$1.norm${index + 1}.weight`, null],
		[new RegExp(`${unit}${part}\\/group_norm\\/beta$`), `$1.norm${index + 1}.bias`, null],
	]),
	[/^group_norm\/gamma$/, "norm.weight", null],
	[/^group_norm\/beta$/, "norm.bias", null],
	[/^head\/conv2d\/kernel$/, "head.fc.weight", convolutionKernel],
	[/^head\/conv2d\/bias$/, "head.fc.bias", null],
];

/** @param tensors under timm's names, not yet standardised */
function described(tensors: ReadonlyMap<string, Tensor>, { config, imageSize }: Given): Recognised {
	const names = [...tensors.keys()];
	const [width = 0] = need(tensors, "stem.conv.weight", 4).shape;
	const stages = Math.min(mostStages, countOf(names, /^stages\.(\d+)\./));
	const declared = imageSize ?? config.object("pretrained_cfg").sides("input_size");
	const [height, side] = declared ?? [224, 224];
	const isStandardised = /(?:^stem\.conv|\.conv\d|\.downsample\.conv)\.weight$/;
	const remark = "Nothing says which size of image it was trained for: 224 x 224 px is taken.";
	return {
		architecture: {
			family: "resnetv2",
			imageSide: height === side ? side : [height, side],
			width,
			units: Array.from({ length: stages }, (_, stage) =>
				countOf(names, new RegExp(`^stages\\.${stage}\\.blocks\\.(\\d+)\\.`)),
			),
			classes: tensors.get("head.fc.weight")?.shape[0] ?? 0,
			groups: 32,
			normEpsilon: 1e-5,
		},
		tensors: new Map(
			[...tensors].map(([name, each]) => [name, isStandardised.test(name) ? standardised(name, each) : each]),
		),
		remarks: declared === null ? [remark] : [],
	};
}

/** Each output's kernel less its mean, over its standard deviation: the population's, with 1e-8 under the root as timm has it. */
function standardised(name: string, tensor: Tensor): Tensor {
	const { shape } = withAxes(name, tensor, 4);
	const [outputs = 0] = shape;
	return computed(shape, () => {
		const values = float32s(tensor);
		const result = new Float32Array(values.length);
		const size = values.length / outputs;
		for (let first = 0; first < values.length; first += size) {
			const kernel = values.subarray(first, first + size);
			let mean = 0;
			for (const value of kernel) mean += value / size;
			let variance = 0;
			for (const value of kernel) variance += (value - mean) ** 2 / size;
			const scale = 1 / Math.sqrt(variance + 1e-8);
			for (let index = 0; index < size; index++) result[first + index] = ((kernel[index] as number) - mean) * scale;
		}
		return result;
	});
}
