/** The architectures that are built from a checkpoint, told apart by `family`. A further one is a file and a case here. */
import type { Model } from "../onnx/model.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { buildMixer, type MixerConfig, mixerTensorShapes } from "./mixer.ts";
import { buildResnet, type ResnetConfig, resnetTensorShapes } from "./resnet.ts";
import { buildResnetV2, type ResnetV2Config, resnetV2TensorShapes } from "./resnetV2.ts";
import type { TensorShapes } from "./tensorShapes.ts";
import { buildVit } from "./vit.ts";
import type { VitConfig } from "./vitConfig.ts";
import { vitTensorShapes } from "./vitTensors.ts";

export type Architecture =
	| ({ readonly family: "vit" } & VitConfig)
	| ({ readonly family: "mixer" } & MixerConfig)
	| ({ readonly family: "resnet" } & ResnetConfig)
	| ({ readonly family: "resnetv2" } & ResnetV2Config);

/** @throws SightlineError BAD_INPUT: an impossible config, or tensors that are not its own */
export function buildArchitecture(architecture: Architecture, tensors: ReadonlyMap<string, Tensor>): Model {
	switch (architecture.family) {
		case "vit":
			return buildVit(architecture, tensors);
		case "mixer":
			return buildMixer(architecture, tensors);
		case "resnet":
			return buildResnet(architecture, tensors);
		case "resnetv2":
			return buildResnetV2(architecture, tensors);
	}
}

/** The tensors that a checkpoint must have. */
export function architectureTensorShapes(architecture: Architecture): TensorShapes {
	switch (architecture.family) {
		case "vit":
			return vitTensorShapes(architecture);
		case "mixer":
			return mixerTensorShapes(architecture);
		case "resnet":
			return resnetTensorShapes(architecture);
		case "resnetv2":
			return resnetV2TensorShapes(architecture);
	}
}
