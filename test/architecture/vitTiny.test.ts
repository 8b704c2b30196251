import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildArchitecture } from "../../src/architecture/architecture.ts";
import { recogniseCheckpoint } from "../../src/architecture/recognise/recognise.ts";
import { readSafetensors } from "../../src/checkpoint/safetensors.ts";
import { preprocess } from "../../src/data/preprocess.ts";
import { decodeModel } from "../../src/onnx/decode.ts";
import { float32s, fromFloat32s } from "../../src/tensor/values.ts";
import { plusMinusOne } from "../../src/zoo/preprocessing.ts";
import { paintedLeaves } from "../support/paintedLeaves.ts";
import { readReference } from "../support/reference.ts";
import { runModel } from "../support/runModel.ts";
import { sharedData } from "../support/sharedData.ts";

const expectedArchitecture = {
	family: "vit",
	imageSide: 224,
	patch: 16,
	width: 192,
	depth: 12,
	heads: 3,
	mlpRatio: 4,
	pooling: "cls",
	classes: 1000,
	normEpsilon: 1e-6,
} as const;
const count = 4;

test.skipIf(sharedData === null)(
	"the real ViT-Tiny, recognised by its names and its config.json, gives the logits of its own ONNX export, and PyTorch's classes (needs SIGHTLINE_TEST_DATA)",
	async () => {
		const folder = join(sharedData ?? "", "models/vit-tiny-patch16-224");
		const config = JSON.parse(readFileSync(join(folder, "config.json"), "utf8"));
		const given = readSafetensors(readFileSync(join(folder, "model.safetensors")));
		const { architecture, tensors } = recogniseCheckpoint(given, config);
		expect(architecture).toEqual(expectedArchitecture);
		const built = buildArchitecture(architecture, tensors);
		const exported = decodeModel(readFileSync(join(folder, "model.onnx")));
		const batch = new Float32Array(count * 3 * 224 * 224);
		const images = paintedLeaves(224);
		for (let index = 0; index < count; index++) {
			preprocess(images.image("test", index), plusMinusOne, batch, index, [224, 224]);
		}
		const pixels = fromFloat32s([count, 3, 224, 224], batch);
		const logits = float32s(take(await runModel(built, { pixels }, ["logits"])));
		const output = exported.graph.outputs[0]?.name ?? "";
		const input = exported.graph.inputs[0]?.name ?? "";
		const expected = float32s(take(await runModel(exported, { [input]: pixels }, [output])));
		expect(Math.max(...logits.map((value, at) => Math.abs(value - (expected[at] as number))))).toBeLessThan(1e-4);
		const classes = Array.from({ length: count }, (_, index) => {
			const row = logits.subarray(1000 * index, 1000 * (index + 1));
			return row.indexOf(Math.max(...row));
		});
		expect(classes).toEqual(readReference("vit-tiny").predictions[0]?.slice(0, count));
	},
);

function take<T>(results: ReadonlyMap<string, T>): T {
	const [first] = results.values();
	if (first === undefined) throw new Error("no result");
	return first;
}
