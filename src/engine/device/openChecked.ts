/** Opening a device by its provider's name, and saying what is missing where it does not answer. */
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { SightlineError } from "../../errors.ts";
import type { Provider } from "../../plan/pass.ts";
import { findAdapter } from "./adapter.ts";
import { type Device, type DeviceOptions, openDevice } from "./device.ts";
import { nvidiaName } from "./nvidia.ts";
import { probe } from "./probe.ts";

/**
 * A device that has answered.
 * @throws SightlineError DEVICE_UNAVAILABLE what is missing and how to get it
 */
export async function openChecked(provider: Provider, options: Pick<DeviceOptions, "threads">): Promise<Device> {
	const device = openDevice(provider, { ...options, name: nameOf(provider), runtimeVersion });
	try {
		await probe(device);
		return device;
	} catch (cause) {
		await device.close();
		throw unavailable(provider, cause);
	}
}

function unavailable(provider: Provider, cause: unknown): SightlineError {
	const said = withoutTrace(cause instanceof Error ? cause.message : String(cause));
	return new SightlineError(
		"DEVICE_UNAVAILABLE",
		`this machine has no ${provider} device: ${reasonOf(provider, said)}`,
		{
			hint: hints[provider],
			cause,
		},
	);
}

/** The runtime's sentence, without the place in its own source and the condition that stand before it. */
function withoutTrace(message: string): string {
	return (message.split("\n", 1)[0] ?? "").replace(/^onnxruntime \(\w+\) refuses the model: (?:.* was false\. )?/, "");
}

function reasonOf(provider: Provider, said: string): string {
	if (provider !== "webgpu") return said;
	const { kind, evidence } = findAdapter();
	return kind === "hardware" ? said : `${evidence} (${said})`;
}

const hints: Readonly<Record<Provider, string>> = {
	cpu: "onnxruntime-node has no build for this system; see its README for those it has.",
	webgpu:
		"It takes a graphics card with its Vulkan driver and the Vulkan loader (Debian: libvulkan1). Or --device cpu.",
	cuda:
		"CUDA's files are not part of a plain installation: with an NVIDIA card, CUDA 12 and cuDNN 9 on Linux x64, run " +
		"ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node. Or --device cpu.",
};

function nameOf(provider: Provider): string {
	if (provider === "cpu") return cpus()[0]?.model.trim() || "CPU";
	if (provider === "cuda") return nvidiaName() ?? "CUDA";
	return `WebGPU on ${findAdapter().name}`;
}

/** Read from its package file: loading the runtime itself is the device thread's business. */
const { version: runtimeVersion } = createRequire(import.meta.url)("onnxruntime-node/package.json") as {
	readonly version: string; // as every package file says
};
