import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decodeModel } from "../../src/onnx/decode.ts";
import { encodeModel, encodeSplitModel } from "../../src/onnx/encode.ts";
import { concatenate } from "../../src/onnx/wire.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { tinyModel } from "../support/tiny.ts";
import { randomTensor } from "./graphs.ts";
import { run, runBytes } from "./runtime.ts";

test("ONNX Runtime reads a model in two files, and so does decodeModel", async () => {
	const model = tinyModel("vit");
	const folder = await temporaryFolder();
	const { model: bytes, data } = encodeSplitModel(model, "tiny.data");
	writeFileSync(join(folder, "tiny.onnx"), bytes);
	writeFileSync(join(folder, "tiny.data"), concatenate(data));
	expect(bytes.length).toBeLessThan(encodeModel(model).length / 2);

	const decoded = decodeModel(bytes, {
		externalData: (location) => Uint8Array.from(readFileSync(join(folder, location))),
	});
	expect(decoded).toEqual(model);

	const [input] = model.graph.inputs;
	const feeds = { [input?.name ?? ""]: randomTensor("float32", [2, 3, 32, 32]) };
	expect([...(await runBytes(join(folder, "tiny.onnx"), feeds))]).toEqual([...(await run(model, feeds))]);
});

test("weights start at whole pages, and small ones stay in the first file", () => {
	const model = tinyModel("vit");
	const { data } = encodeSplitModel(model, "tiny.data");
	const large = [...model.graph.initializers.values()].filter(({ bytes }) => bytes.length >= 1024);
	let offset = 0;
	const starts = data.flatMap((part) => {
		offset += part.length;
		return large.some(({ bytes }) => bytes === part) ? [offset - part.length] : [];
	});
	expect(starts.length).toBe(large.length);
	expect(starts.filter((start) => start % 4096 !== 0)).toEqual([]);
});
