/**
 * The ResNet (He et al. 2016, arXiv:1512.03385), by default of bottleneck units whose 3x3 convolution has the stride
 * (version 1.5), as a graph, from weights under the names that torchvision gives them. BatchNormalization stays a node of
 * its own, since its output is a layer. Tensors are named as the anatomy names layers: "stem.conv", "blocks.0.norm1", ...;
 * units are counted over all stages.
 */
import type { Model } from "../onnx/model.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { GraphWriter } from "./graphWriter.ts";
import { sidesOf } from "./patches.ts";
import { checkTensors, type TensorShapes } from "./tensorShapes.ts";

export interface ResnetConfig {
	/** Pixels a side of the image; [height, width] where it is no square. */
	readonly imageSide: number | readonly [height: number, width: number];
	/** A convolution of stride 2, and in the classic ResNet a 3x3 max-pooling of stride 2 behind it. */
	readonly stem: { readonly kernel: 3 | 7; readonly width: number; readonly pooling: boolean };
	/** Of the inner convolutions of the first stage; it doubles with each stage. */
	readonly width: number;
	/** Units of each stage. */
	readonly units: readonly number[];
	/** 0: there is no head, and what the head would read is the output. */
	readonly classes: number;
	readonly normEpsilon: number;
	/** Three convolutions, 1x1, 3x3 and 1x1 (left out), or two of 3x3. */
	readonly unit?: "bottleneck" | "basic";
	/** Channels of a unit's output over its inner ones; left out: 4 of a bottleneck, 1 of a basic unit. */
	readonly expansion?: number;
	/** The convolution of a bottleneck that has the stride; left out: the 3x3. */
	readonly stridedKernel?: 1 | 3;
}

/** ResNet-50 for images of 224 px: 16 units, 25 557 032 parameters. */
export const resnet50: ResnetConfig = {
	imageSide: 224,
	stem: { kernel: 7, width: 64, pooling: true },
	width: 64,
	units: [3, 4, 6, 3],
	classes: 1000,
	normEpsilon: 1e-5,
};

/** The tensors that a checkpoint must have; convolutions are [outputs, inputs, height, width]. */
export function resnetTensorShapes(config: ResnetConfig): TensorShapes {
	const { stem, classes } = config;
	const units = unitsOf(config);
	const features = featuresOf(config);
	return new Map([
		...convolutionShapes("conv1", "bn1", { inputs: 3, outputs: stem.width, kernel: stem.kernel }),
		...units.flatMap(({ weights, convolutions, projection }) => [
			...convolutions.flatMap((each, index) =>
				convolutionShapes(`${weights}.conv${index + 1}`, `${weights}.bn${index + 1}`, each),
			),
			...(projection === null
				? []
				: convolutionShapes(`${weights}.downsample.0`, `${weights}.downsample.1`, projection)),
		]),
		...(classes > 0 ? headShapes(classes, features) : []),
	]);
}

/** @throws SightlineError BAD_INPUT: a tensor that is missing, too many or of another shape */
export function buildResnet(config: ResnetConfig, tensors: ReadonlyMap<string, Tensor>): Model {
	checkTensors(tensors, resnetTensorShapes(config), `resnet of width ${config.width}, units ${config.units.join("+")}`);
	const { kernel, width, pooling } = config.stem;
	const writer = new GraphWriter(tensors);
	const root = convolution(writer, config, "pixels", ["conv1", "bn1"], ["stem.conv", "stem.norm"], {
		inputs: 3,
		outputs: width,
		kernel,
		stride: 2,
	});
	let stream = writer.node("Relu", [root], "stem.relu");
	if (pooling) {
		const window = { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] };
		stream = writer.node("MaxPool", [stream], "stem.pool", window);
	}
	for (const [index, unit] of unitsOf(config).entries()) stream = unitNodes(writer, config, index, unit, stream);
	const mean = writer.node("GlobalAveragePool", [stream], "pooled.map");
	const pooled = writer.node("Flatten", [mean], "pooled");
	if (config.classes === 0) {
		return writer.finish("resnet", sidesOf(config), { name: pooled, width: featuresOf(config) });
	}
	writer.node("Gemm", [pooled, writer.weight("fc.weight"), writer.weight("fc.bias")], "logits", { transB: 1 });
	return writer.finish("resnet", sidesOf(config), { name: "logits", width: config.classes });
}

interface Convolution {
	/** Channels. */
	readonly inputs: number;
	readonly outputs: number;
	readonly kernel: number;
	readonly stride: number;
}

interface Unit {
	/** What its weights' names begin with. */
	readonly weights: string;
	/** Of the branch, in the order of the forward pass. */
	readonly convolutions: readonly Convolution[];
	/** That of the stream, where resolution or channels change. */
	readonly projection: Convolution | null;
}

function unitsOf(config: ResnetConfig): Unit[] {
	const { unit = "bottleneck", stridedKernel = 3 } = config;
	const expansion = config.expansion ?? (unit === "bottleneck" ? 4 : 1);
	let inputs = config.stem.width;
	return config.units.flatMap((count, stage) =>
		Array.from({ length: count }, (_, index): Unit => {
			const width = config.width * 2 ** stage;
			const stride = stage > 0 && index === 0 ? 2 : 1;
			const outputs = expansion * width;
			const projection = stride !== 1 || inputs !== outputs ? { inputs, outputs, kernel: 1, stride } : null;
			const [first, second] = stridedKernel === 3 ? [1, stride] : [stride, 1];
			const convolutions =
				unit === "bottleneck"
					? [
							{ inputs, outputs: width, kernel: 1, stride: first },
							{ inputs: width, outputs: width, kernel: 3, stride: second },
							{ inputs: width, outputs, kernel: 1, stride: 1 },
						]
					: [
							{ inputs, outputs: width, kernel: 3, stride },
							{ inputs: width, outputs, kernel: 3, stride: 1 },
						];
			inputs = outputs;
			return { weights: `layer${stage + 1}.${index}`, convolutions, projection };
		}),
	);
}

/** Channels of the last unit's output. */
function featuresOf(config: ResnetConfig): number {
	return unitsOf(config).at(-1)?.convolutions.at(-1)?.outputs ?? config.stem.width;
}

function unitNodes(writer: GraphWriter, config: ResnetConfig, index: number, unit: Unit, stream: string): string {
	const block = `blocks.${index}`;
	const { weights, convolutions, projection } = unit;
	let branch = stream;
	for (const [at, each] of convolutions.entries()) {
		const number = at + 1;
		const from = [`${weights}.conv${number}`, `${weights}.bn${number}`] as const;
		const names = [`${block}.conv${number}`, `${block}.norm${number}`] as const;
		const normed = convolution(writer, config, branch, from, names, each);
		branch = number < convolutions.length ? writer.node("Relu", [normed], `${block}.relu${number}`) : normed;
	}
	const identity =
		projection === null
			? stream
			: convolution(
					writer,
					config,
					stream,
					[`${weights}.downsample.0`, `${weights}.downsample.1`],
					[`${block}.projection`, `${block}.projectionNorm`],
					projection,
				);
	const sum = writer.node("Add", [identity, branch], `${block}.+unit`);
	return writer.node("Relu", [sum], `${block}.output`);
}

/** A convolution without bias that keeps its input's size (but for the stride), and its norm, whose name it returns. */
function convolution(
	writer: GraphWriter,
	config: ResnetConfig,
	input: string,
	[conv, norm]: readonly [conv: string, norm: string],
	[convOutput, normOutput]: readonly [conv: string, norm: string],
	{ kernel, stride }: Convolution,
): string {
	const padding = (kernel - 1) / 2;
	const map = writer.node("Conv", [input, writer.weight(`${conv}.weight`)], convOutput, {
		kernel_shape: [kernel, kernel],
		strides: [stride, stride],
		pads: [padding, padding, padding, padding],
	});
	const parameters = normParts.map((part) => writer.weight(`${norm}.${part}`));
	const epsilon = { float: config.normEpsilon };
	return writer.node("BatchNormalization", [map, ...parameters], normOutput, { epsilon });
}

/** In the order in which BatchNormalization takes them. */
const normParts = ["weight", "bias", "running_mean", "running_var"];

type Entry = readonly [name: string, shape: readonly number[]];

function convolutionShapes(conv: string, norm: string, each: Omit<Convolution, "stride">): Entry[] {
	const { inputs, outputs, kernel } = each;
	const parts = normParts.map((part): Entry => [`${norm}.${part}`, [outputs]]);
	return [[`${conv}.weight`, [outputs, inputs, kernel, kernel]], ...parts];
}

function headShapes(classes: number, features: number): Entry[] {
	return [
		["fc.weight", [classes, features]],
		["fc.bias", [classes]],
	];
}
