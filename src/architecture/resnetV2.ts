/**
 * The ResNet of version 2 as Big Transfer trained it (He et al. 2016, arXiv:1603.05027; Kolesnikov et al. 2020,
 * arXiv:1912.11370) as a graph: norm and activation before each convolution, GroupNorm in place of BatchNorm, kernels that
 * were standardised when the checkpoint was read, under the names that timm gives them. Tensors are named as the anatomy
 * names layers.
 */
import type { Model } from "../onnx/model.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { fromFloat32s, int64Vector } from "../tensor/values.ts";
import { GraphWriter } from "./graphWriter.ts";
import { sidesOf } from "./patches.ts";
import { checkTensors, type TensorShapes } from "./tensorShapes.ts";
import { linearShapes } from "./tokenNodes.ts";

export interface ResnetV2Config {
	/** Pixels a side of the image; [height, width] where it is no square. */
	readonly imageSide: number | readonly [height: number, width: number];
	/** Of the stem and of the inner convolutions of the first stage; it doubles with each stage. */
	readonly width: number;
	/** Units of each stage. */
	readonly units: readonly number[];
	/** 0: there is no head, and what the head would read is the output. */
	readonly classes: number;
	/** Channels are normed in so many groups. */
	readonly groups: number;
	readonly normEpsilon: number;
}

/** The tensors that a checkpoint must have; convolutions are [outputs, inputs, height, width], standardised. */
export function resnetV2TensorShapes(config: ResnetV2Config): TensorShapes {
	const { width, classes } = config;
	const units = unitsOf(config);
	const features = featuresOf(config);
	return new Map([
		["stem.conv.weight", [width, 3, 7, 7]],
		...units.flatMap(({ weights, convolutions, projection }) => [
			...convolutions.flatMap(({ inputs, outputs, kernel }, index) => [
				...linearShapes(`${weights}.norm${index + 1}`, [inputs], inputs),
				[`${weights}.conv${index + 1}.weight`, [outputs, inputs, kernel, kernel]] as const,
			]),
			...(projection === null
				? []
				: [[`${weights}.downsample.conv.weight`, [projection.outputs, projection.inputs, 1, 1]] as const]),
		]),
		...linearShapes("norm", [features], features),
		...(classes > 0 ? linearShapes("head.fc", [classes, features, 1, 1], classes) : []),
	]);
}

/** @throws SightlineError BAD_INPUT: a tensor that is missing, too many or of another shape */
export function buildResnetV2(config: ResnetV2Config, tensors: ReadonlyMap<string, Tensor>): Model {
	const what = `resnet version 2 of width ${config.width}, units ${config.units.join("+")}`;
	checkTensors(tensors, resnetV2TensorShapes(config), what);
	const writer = new GraphWriter(tensors);
	let stream = stem(writer);
	for (const [index, unit] of unitsOf(config).entries()) stream = unitNodes(writer, config, index, unit, stream);
	const activated = writer.node("Relu", [groupNorm(writer, config, stream, "norm", "norm")], "norm.relu");
	const mean = writer.node("GlobalAveragePool", [activated], "pooled.map");
	if (config.classes === 0) {
		const features = { name: writer.node("Flatten", [mean], "pooled"), width: featuresOf(config) };
		return writer.finish("resnetv2", sidesOf(config), features);
	}
	const head = [writer.weight("head.fc.weight"), writer.weight("head.fc.bias")];
	writer.node("Flatten", [writer.node("Conv", [mean, ...head], "logits.map", { kernel_shape: [1, 1] })], "logits");
	return writer.finish("resnetv2", sidesOf(config), { name: "logits", width: config.classes });
}

/**
 * The pooling's border is of zeros, as TensorFlow's fixed padding has it: a max-pooling's own border never wins. It is the
 * smallest positive number instead, since onnxruntime 1.30 folds a border of 0 into the pooling as if it were its own.
 */
function stem(writer: GraphWriter): string {
	const map = convolution(writer, "pixels", "stem.conv", "stem.conv", 7, 2);
	const sides = writer.constant("stem.sides", int64Vector([0, 0, 1, 1, 0, 0, 1, 1]));
	const border = writer.constant("stem.border", fromFloat32s([], [2 ** -126]));
	const padded = writer.node("Pad", [map, sides, border], "stem.padded");
	return writer.node("MaxPool", [padded], "stem.pool", { kernel_shape: [3, 3], strides: [2, 2] });
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
	/** Of the branch, each behind a norm of its inputs. */
	readonly convolutions: readonly Convolution[];
	/** That of the stream, in the first unit of a stage: it reads what the first norm gives. */
	readonly projection: Convolution | null;
}

function unitsOf(config: ResnetV2Config): Unit[] {
	let inputs = config.width;
	return config.units.flatMap((count, stage) =>
		Array.from({ length: count }, (_, index): Unit => {
			const width = config.width * 2 ** stage;
			const stride = stage > 0 && index === 0 ? 2 : 1;
			const outputs = 4 * width;
			const unit = {
				weights: `stages.${stage}.blocks.${index}`,
				convolutions: [
					{ inputs, outputs: width, kernel: 1, stride: 1 },
					{ inputs: width, outputs: width, kernel: 3, stride },
					{ inputs: width, outputs, kernel: 1, stride: 1 },
				],
				projection: index === 0 ? { inputs, outputs, kernel: 1, stride } : null,
			};
			inputs = outputs;
			return unit;
		}),
	);
}

/** Channels of the last unit's output. */
function featuresOf(config: ResnetV2Config): number {
	return 4 * config.width * 2 ** (config.units.length - 1);
}

function unitNodes(writer: GraphWriter, config: ResnetV2Config, index: number, unit: Unit, stream: string): string {
	const block = `blocks.${index}`;
	const { weights, projection } = unit;
	let [branch, identity] = [stream, stream];
	for (const [at, { kernel, stride }] of unit.convolutions.entries()) {
		const part = at + 1;
		const normed = groupNorm(writer, config, branch, `${weights}.norm${part}`, `${block}.norm${part}`);
		const activated = writer.node("Relu", [normed], `${block}.relu${part}`);
		if (at === 0 && projection !== null) {
			const names = [`${weights}.downsample.conv`, `${block}.projection`] as const;
			identity = convolution(writer, activated, ...names, projection.kernel, projection.stride);
		}
		branch = convolution(writer, activated, `${weights}.conv${part}`, `${block}.conv${part}`, kernel, stride);
	}
	return writer.node("Add", [identity, branch], `${block}.output`);
}

/** Without bias; it keeps its input's size but for the stride. */
function convolution(
	writer: GraphWriter,
	input: string,
	weights: string,
	output: string,
	kernel: number,
	stride: number,
): string {
	const padding = (kernel - 1) / 2;
	return writer.node("Conv", [input, writer.weight(`${weights}.weight`)], output, {
		kernel_shape: [kernel, kernel],
		strides: [stride, stride],
		pads: [padding, padding, padding, padding],
	});
}

/** Wu and He 2018, arXiv:1803.08494, as it is written before opset 18: each group laid out as a channel of its own. */
function groupNorm(
	writer: GraphWriter,
	config: ResnetV2Config,
	input: string,
	weights: string,
	output: string,
): string {
	const { groups } = config;
	const part = (name: string) => `${output}.${name}`;
	// 0 copies the batch.
	const rows = writer.constant("groupNorm.rows", int64Vector([0, groups, -1]));
	const ones = writer.constant("groupNorm.ones", fromFloat32s([groups], new Float32Array(groups).fill(1)));
	const zeros = writer.constant("groupNorm.zeros", fromFloat32s([groups], new Float32Array(groups)));
	const grouped = writer.node("Reshape", [input, rows], part("groups"));
	const epsilon = { float: config.normEpsilon };
	const normed = writer.node("InstanceNormalization", [grouped, ones, zeros], part("normed"), { epsilon });
	const back = writer.node("Reshape", [normed, writer.node("Shape", [input], part("shape"))], part("map"));
	const scaled = writer.node("Mul", [back, writer.perChannel(`${weights}.weight`)], part("scaled"));
	return writer.node("Add", [scaled, writer.perChannel(`${weights}.bias`)], output);
}
