/** Weights that a session maps from a file give what weights within its graph give. */
import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, expect, test } from "vitest";
import { modelOpener } from "../../../src/data/modelFile.ts";
import type { Session } from "../../../src/engine/device/device.ts";
import { openChecked } from "../../../src/engine/device/openChecked.ts";
import { type SessionModel, sessionModel } from "../../../src/engine/device/sessionModel.ts";
import { encodeModel } from "../../../src/onnx/encode.ts";
import { splitVit } from "../../support/splitVit.ts";

const device = await openChecked("cpu", { threads: 1 });
afterAll(() => device.close());

async function logits(session: Session): Promise<Float32Array | undefined> {
	const shape = [2, 3, 32, 32];
	const data = Float32Array.from({ length: 2 * 3 * 32 * 32 }, (_, i) => Math.fround((i % 255) / 255 - 0.5));
	const { outputs } = await session.run({ pixels: { shape, data } }, ["logits"]);
	return outputs.logits?.data;
}

test("weights in a file beside the model stay there: the graph's bytes name it", async () => {
	const { path, whole, data } = await splitVit();
	const { model } = await modelOpener([], "/")(path);
	const lean = await sessionModel(model);
	expect(lean.folder).toBe(await realpath(dirname(path)));
	expect(lean.bytes.length).toBeLessThan(data.length / 4);
	const inline = await logits(await device.session("inline", () => sessionModel(whole)));
	expect(inline?.every(Number.isFinite)).toBe(true);
	expect(await logits(await device.session("lean", async () => lean))).toEqual(inline);
});

test("weights too many for a message are in a file while the session is made, and the file is gone then", async () => {
	const { whole } = await splitVit();
	let written: SessionModel | undefined;
	const session = await device.session("written", async () => {
		written = await sessionModel(whole, 1000);
		expect(existsSync(written.folder ?? "")).toBe(true);
		return written;
	});
	expect(written?.bytes.length).toBeLessThan(encodeModel(whole).length / 4);
	expect(existsSync(written?.folder ?? "")).toBe(false);
	expect(await logits(session)).toEqual(await logits(await device.session("inline", () => sessionModel(whole))));
});

test("the file of a session that cannot be made is gone too", async () => {
	const { whole } = await splitVit();
	const written = await sessionModel(whole, 1000);
	const broken = device.session("broken", async () => ({ ...written, bytes: Uint8Array.of(1, 2, 3) }));
	await expect(broken).rejects.toMatchObject({ code: "BAD_INPUT" });
	expect(existsSync(written.folder ?? "")).toBe(false);
});
