import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildArchitecture } from "../../src/architecture/architecture.ts";
import { encodeSplitModel } from "../../src/onnx/encode.ts";
import type { Model } from "../../src/onnx/model.ts";
import { temporaryFolder } from "./temporaryFolder.ts";
import { tinyArchitectures } from "./tiny.ts";
import { untrainedWeights } from "./untrained.ts";

/** A ViT wide enough to have weights that are left in their file: mine.onnx, and mine.data beside it. */
export async function splitVit(): Promise<{ path: string; data: Uint8Array; whole: Model }> {
	const config = { ...tinyArchitectures.vit, width: 128 } as const;
	const whole = buildArchitecture(config, untrainedWeights("wide", config));
	const { model, data } = encodeSplitModel(whole, "mine.data");
	const folder = await temporaryFolder();
	const bytes = new Uint8Array(Buffer.concat(data));
	await writeFile(join(folder, "mine.onnx"), model);
	await writeFile(join(folder, "mine.data"), bytes);
	return { path: join(folder, "mine.onnx"), data: bytes, whole };
}
