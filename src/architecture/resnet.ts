/**
 * The ResNet of bottleneck units (He et al. 2016, arXiv:1512.03385; version 1.5: the 3x3 convolution has the stride) as a
 * graph, from weights under the names that torchvision gives them. BatchNormalization stays a node of its own, since its
 * output is a layer. Tensors are named as the anatomy names layers: "stem.conv", "blocks.0.norm1", ...; units are counted
 * over all stages.
 */
import type { Model } from "../onnx/model.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { GraphWriter } from "./graphWriter.ts";
import { checkTensors, type TensorShapes } from "./tensorShapes.ts";

export interface ResnetConfig {
	/** Pixels a side of the image. */
	readonly imageSide: number;
	/** A convolution of stride 2, and in the classic ResNet a 3x3 max-pooling of stride 2 behind it. */
	readonly stem: { readonly kernel: 3 | 7; readonly width: number; readonly pooling: boolean };
	/** Of the inner convolutions of the first stage; it doubles with each stage, and a unit's output is four times it. */
	readonly width: number;
	/** Units of each stage. */
	readonly units: readonly number[];
	readonly classes: number;
	readonly normEpsilon: number;
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
	return new Map([
		...convolutionShapes("conv1", "bn1", 3, stem.width, stem.kernel),
		...units.flatMap(({ weights, inputs, width, outputs, projected }) => [
			...convolutionShapes(`${weights}.conv1`, `${weights}.bn1`, inputs, width, 1),
			...convolutionShapes(`${weights}.conv2`, `${weights}.bn2`, width, width, 3),
			...convolutionShapes(`${weights}.conv3`, `${weights}.bn3`, width, outputs, 1),
			...(projected ? convolutionShapes(`${weights}.downsample.0`, `${weights}.downsample.1`, inputs, outputs, 1) : []),
		]),
		["fc.weight", [classes, units.at(-1)?.outputs ?? stem.width]],
		["fc.bias", [classes]],
	]);
}

/** @throws SightlineError BAD_INPUT: a tensor that is missing, too many or of another shape */
export function buildResnet(config: ResnetConfig, tensors: ReadonlyMap<string, Tensor>): Model {
	checkTensors(tensors, resnetTensorShapes(config), `resnet of width ${config.width}, units ${config.units.join("+")}`);
	const { kernel, pooling } = config.stem;
	const writer = new GraphWriter(tensors);
	const root = convolution(writer, config, "pixels", ["conv1", "bn1"], ["stem.conv", "stem.norm"], kernel, 2);
	let stream = writer.node("Relu", [root], "stem.relu");
	if (pooling) {
		const window = { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] };
		stream = writer.node("MaxPool", [stream], "stem.pool", window);
	}
	for (const [index, unit] of unitsOf(config).entries()) stream = bottleneck(writer, config, index, unit, stream);
	const mean = writer.node("GlobalAveragePool", [stream], "pooled.map");
	const pooled = writer.node("Flatten", [mean], "pooled");
	writer.node("Gemm", [pooled, writer.weight("fc.weight"), writer.weight("fc.bias")], "logits", { transB: 1 });
	return writer.finish("resnet", config.imageSide, config.classes);
}

interface Unit {
	/** What its weights' names begin with. */
	readonly weights: string;
	/** Channels: that come in, within, that go out. */
	readonly inputs: number;
	readonly width: number;
	readonly outputs: number;
	readonly stride: 1 | 2;
	/** The stream passes a convolution, since resolution or channels change. */
	readonly projected: boolean;
}

function unitsOf(config: ResnetConfig): Unit[] {
	let inputs = config.stem.width;
	return config.units.flatMap((count, stage) =>
		Array.from({ length: count }, (_, index): Unit => {
			const width = config.width * 2 ** stage;
			const stride = stage > 0 && index === 0 ? 2 : 1;
			const outputs = 4 * width;
			const weights = `layer${stage + 1}.${index}`;
			const unit: Unit = { weights, inputs, width, outputs, stride, projected: stride !== 1 || inputs !== outputs };
			inputs = outputs;
			return unit;
		}),
	);
}

function bottleneck(writer: GraphWriter, config: ResnetConfig, index: number, unit: Unit, stream: string): string {
	const block = `blocks.${index}`;
	const { weights, stride } = unit;
	/** Convolution `number` of the unit, with its norm. */
	const normed = (number: number, input: string, kernel: number, step: number) => {
		const from = [`${weights}.conv${number}`, `${weights}.bn${number}`] as const;
		return convolution(writer, config, input, from, [`${block}.conv${number}`, `${block}.norm${number}`], kernel, step);
	};
	const narrow = writer.node("Relu", [normed(1, stream, 1, 1)], `${block}.relu1`);
	const spatial = writer.node("Relu", [normed(2, narrow, 3, stride)], `${block}.relu2`);
	const branch = normed(3, spatial, 1, 1);
	const identity = unit.projected
		? convolution(
				writer,
				config,
				stream,
				[`${weights}.downsample.0`, `${weights}.downsample.1`],
				[`${block}.projection`, `${block}.projectionNorm`],
				1,
				stride,
			)
		: stream;
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
	kernel: number,
	stride: number,
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

function convolutionShapes(
	conv: string,
	norm: string,
	inputs: number,
	outputs: number,
	kernel: number,
): [string, readonly number[]][] {
	const parts = normParts.map((part): [string, readonly number[]] => [`${norm}.${part}`, [outputs]]);
	return [[`${conv}.weight`, [outputs, inputs, kernel, kernel]], ...parts];
}
