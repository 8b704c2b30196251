import { afterAll, expect, test } from "vitest";
import { openDevice, type Session } from "../../../src/engine/device/device.ts";
import { openChecked } from "../../../src/engine/device/openChecked.ts";
import { sessionModel } from "../../../src/engine/device/sessionModel.ts";
import { float32s, int64Vector } from "../../../src/tensor/values.ts";
import { modelOf, node, value } from "../../onnx/graphs.ts";
import { tinyModel, tinyValues } from "../../support/tiny.ts";

const device = await openChecked("cpu", { threads: 2 });
afterAll(() => device.close());

const encode = () => sessionModel(tinyModel("resnet"));
const pixels = tinyValues("resnet").get("pixels");
const expected = tinyValues("resnet").get("logits");
if (pixels === undefined || expected === undefined) throw new Error("the fixture lacks pixels or logits");

const run = (session: Session) =>
	session.run({ pixels: { shape: pixels.shape, data: float32s(pixels).slice() } }, ["logits"]);

test("a model in the device's thread gives what PyTorch gives", async () => {
	const { outputs, seconds } = await run(await device.session("resnet", encode));
	expect(outputs.logits?.shape).toEqual([2, 5]);
	const reference = float32s(expected);
	for (const [index, value] of (outputs.logits?.data ?? []).entries()) {
		expect(value).toBeCloseTo(reference[index] ?? Number.NaN, 4);
	}
	expect(seconds).toBeGreaterThan(0);
});

test("runs that are asked for at once all get their own answer", async () => {
	const session = await device.session("resnet", encode);
	const [first, ...others] = await Promise.all(Array.from({ length: 5 }, () => run(session)));
	for (const other of others) expect(other.outputs.logits?.data).toEqual(first?.outputs.logits?.data);
});

test("while a batch runs the event loop goes on", async () => {
	const session = await device.session("resnet", encode);
	const shape = [4096, 3, 32, 32];
	const times: number[] = [];
	const timer = setInterval(() => times.push(performance.now()), 5);
	times.push(performance.now());
	const { seconds } = await session.run({ pixels: { shape, data: new Float32Array(4096 * 3 * 32 * 32) } }, ["logits"]);
	times.push(performance.now());
	clearInterval(timer);
	const longestMs = Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? 0)));
	// On this thread the run would be one gap. A share of it, since the machine may be busy with other work.
	expect(longestMs).toBeLessThan(Math.max(50, 500 * seconds));
});

test("a session is kept and encoded once; one that made room for others is made again", async () => {
	let encoded = 0;
	const counted = () => {
		encoded++;
		return encode();
	};
	for (const key of ["a", "a", "b", "a"]) await device.session(key, counted);
	expect(encoded).toBe(2);
	await device.session("c", counted); // b makes room
	await device.session("a", counted);
	expect(encoded).toBe(3);
	const { outputs } = await run(await device.session("b", counted));
	expect([encoded, outputs.logits?.shape]).toEqual([4, [2, 5]]);
});

test("bytes that are no model are refused in words, and tried again the next time", async () => {
	await expect(
		device.session("bad", async () => ({ bytes: Uint8Array.of(1, 2, 3), folder: null })),
	).rejects.toMatchObject({
		code: "BAD_INPUT",
		message: expect.stringMatching(/^onnxruntime \(cpu\) refuses the model: /),
	});
	expect((await run(await device.session("bad", encode))).outputs.logits?.shape).toEqual([2, 5]);
});

test("an output that the model does not have, or a shape that does not fit it, is an error of that run alone", async () => {
	const session = await device.session("resnet", encode);
	const feeds = () => ({ pixels: { shape: [1], data: new Float32Array(1) } });
	for (const output of ["nothing", "logits"]) {
		await expect(session.run(feeds(), [output])).rejects.toMatchObject({
			code: "BAD_INPUT",
			message: expect.stringContaining("onnxruntime cannot run the model: "),
		});
	}
	expect((await run(session)).outputs.logits?.shape).toEqual([2, 5]);
});

test("a closed device rejects what is asked of it", async () => {
	const other = await openChecked("cpu", { threads: 1 });
	const session = await other.session("resnet", encode);
	const running = expect(run(session)).rejects.toMatchObject({ code: "CANCELLED" });
	await other.close();
	await running;
	await expect(run(session)).rejects.toMatchObject({ code: "CANCELLED" });
});

test("a Pad of zeros before a MaxPool stays one: below 0 they are what is largest", async () => {
	// onnxruntime 1.30 would take the Pad into the pooling, which pads with minus infinity.
	const model = modelOf({
		inputs: [value("pixels", "float32", [1, 1, 2, 2])],
		outputs: [value("pooled", "float32", [1, 1, 2, 2])],
		initializers: { pads: int64Vector([0, 0, 1, 1, 0, 0, 0, 0]) },
		nodes: [
			node("Pad", ["pixels", "pads"], ["padded"]),
			node("MaxPool", ["padded"], ["pooled"], { kernel_shape: [2, 2] }),
		],
	});
	const session = await device.session("padded", () => sessionModel(model));
	const { outputs } = await session.run({ pixels: { shape: [1, 1, 2, 2], data: Float32Array.of(-1, -2, -3, -4) } }, [
		"pooled",
	]);
	expect([...(outputs.pooled?.data ?? [])]).toEqual([0, 0, 0, -1]);
});

test("the runtime reports nothing to its maker, unless whoever runs it wants so", async () => {
	const given = process.env.ORT_DISABLE_TELEMETRY;
	const options = { name: "cpu", runtimeVersion: "" };
	try {
		delete process.env.ORT_DISABLE_TELEMETRY;
		await openDevice("cpu", options).close();
		expect(process.env.ORT_DISABLE_TELEMETRY).toBe("1");
		process.env.ORT_DISABLE_TELEMETRY = "0";
		await openDevice("cpu", options).close();
		expect(process.env.ORT_DISABLE_TELEMETRY).toBe("0");
	} finally {
		process.env.ORT_DISABLE_TELEMETRY = given;
	}
});
