/** The real networks and images of SIGHTLINE_TEST_DATA, as a user's sightline.json names them. */
import { join } from "node:path";

const imagenet = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] };
const halves = { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] };

/** @param data that folder; its README says what lies there */
export function realEntries(data: string): {
	readonly models: readonly object[];
	readonly imageSets: readonly object[];
} {
	const model = (id: string, file: string, preprocessing: object, labels: string) => {
		return { id, title: id, source: { kind: "onnx", file: join(data, "models", file) }, preprocessing, labels };
	};
	const vit = { resize: "bicubic", shortSide: 248, ...halves };
	const resnet = { resize: "bilinear", ...imagenet };
	return {
		models: [
			model("vit-tiny", "vit-tiny-patch16-224/model.onnx", vit, "photographs"),
			model("resnet56", "cifar10-resnets/resnet56_cifar10_op13.onnx", resnet, "cifar10"),
			model("resnet20", "cifar10-resnets/resnet20_cifar10_op13.onnx", resnet, "cifar10"),
		],
		imageSets: [
			{ id: "photographs", folder: join(data, "images/imagenet-sample") },
			{ id: "cifar10", folder: join(data, "images/cifar10") },
		],
	};
}
