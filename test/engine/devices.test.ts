import { expect, onTestFinished, test } from "vitest";
import { findAdapter } from "../../src/engine/device/adapter.ts";
import type { Device } from "../../src/engine/device/device.ts";
import { tryDevices } from "../../src/engine/device/trial.ts";
import { openDevices } from "../../src/engine/devices.ts";
import { listDevices } from "../../src/engine/listDevices.ts";
import { openTiny } from "../support/tinyEngine.ts";

test("every device is listed: the CPU is there, of the others either a name or what to do", {
	timeout: 60_000,
}, async () => {
	const devices = await listDevices();
	expect(devices.map(({ provider }) => provider)).toEqual(["cpu", "webgpu", "cuda"]);
	expect(devices[0]).toMatchObject({ available: true, software: false, hint: null });
	for (const { available, hint, note, name } of devices) {
		if (available) expect(name).not.toBe("");
		else
			expect([note, hint]).toEqual([expect.stringMatching(/^this machine has no \w+ device: ./), expect.any(String)]);
	}
});

test.skipIf(findAdapter().kind === "hardware")("auto is the CPU where there is no GPU but a software one", async () => {
	const devices = await openDevices("auto", { threads: 1 });
	onTestFinished(() => devices.close());
	expect(devices.first.provider).toBe("cpu");
	expect(await devices.trial(openTiny("vit"))).toBeNull();
	expect((await devices.deviceFor(openTiny("vit"))).provider).toBe("cpu");
});

/** A device that answers after so many seconds, or not at all. */
function fakeDevice(provider: "cpu" | "webgpu", seconds: number | null): Device {
	return {
		provider,
		name: provider,
		runtimeVersion: "",
		threads: 1,
		async session() {
			if (seconds === null) throw new Error("no kernel");
			return { run: async () => ({ outputs: {}, seconds }) };
		},
		async close() {},
	};
}

test.each([
	["is faster", 0.5, "webgpu"],
	["is slower", 2, "cpu"],
	["is as fast", 1, "cpu"],
	["cannot run the model", null, "cpu"],
] as const)("in a trial a GPU that %s gives the device", async (_name, seconds, fastest) => {
	const trial = await tryDevices(openTiny("vit"), [fakeDevice("cpu", 1), fakeDevice("webgpu", seconds)]);
	expect(trial).toEqual({
		model: "vit",
		seconds: [
			{ provider: "cpu", seconds: 1 },
			{ provider: "webgpu", seconds },
		],
		fastest,
	});
});
