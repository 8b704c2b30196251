/** The devices that models run on, and the choice among them. */
import { SightlineError } from "../errors.ts";
import type { PlannedModel, Provider } from "../plan/pass.ts";
import { findAdapter } from "./device/adapter.ts";
import type { Device, DeviceDescription } from "./device/device.ts";
import { nvidiaName } from "./device/nvidia.ts";
import { openChecked } from "./device/openChecked.ts";
import { type Trial, tryDevices } from "./device/trial.ts";

export type DeviceChoice = "auto" | Provider;

export interface Devices {
	readonly choice: DeviceChoice;
	/** Where a model runs unless a trial finds a faster device. */
	readonly first: DeviceDescription;
	/** The device that a model runs on. For "auto": a GPU where a short trial of this model was faster than on the CPU. */
	deviceFor(model: PlannedModel): Promise<Device>;
	/** The trial that decided, made now if it has not been; null where there is nothing to choose from. */
	trial(model: PlannedModel): Promise<Trial | null>;
	close(): Promise<void>;
}

export interface ThreadOptions {
	/** Threads of the CPU that compute; default: as many as the process may use. */
	readonly threads?: number;
}

/**
 * Opens what was chosen. "auto" is the CPU, and beside it a GPU if there is one; a software adapter never.
 * @throws SightlineError DEVICE_UNAVAILABLE what is missing and how to get it
 */
export async function openDevices(choice: DeviceChoice, options: ThreadOptions = {}): Promise<Devices> {
	const opened = choice === "auto" ? await openAll(options) : [await openChecked(choice, options)];
	const trials = new Map<string, Promise<Trial>>();
	const [first] = opened;
	if (first === undefined) throw new SightlineError("DEVICE_UNAVAILABLE", "not even the CPU answers");

	const trial = async (model: PlannedModel): Promise<Trial | null> => {
		if (opened.length < 2) return null;
		const made = trials.get(model.identity.digest) ?? tryDevices(model, opened);
		trials.set(model.identity.digest, made);
		return made;
	};
	return {
		choice,
		first,
		trial,
		async deviceFor(model) {
			const decided = await trial(model);
			return opened.find((device) => device.provider === decided?.fastest) ?? first;
		},
		async close() {
			await Promise.all(opened.map((device) => device.close()));
		},
	};
}

async function openAll(options: ThreadOptions): Promise<Device[]> {
	const cpu = await openChecked("cpu", options);
	for (const provider of gpusWorthTrying()) {
		try {
			return [cpu, await openChecked(provider, options)];
		} catch (error) {
			if (!(error instanceof SightlineError)) throw error; // not there after all: the CPU is
		}
	}
	return [cpu];
}

/** CUDA before WebGPU: where it was installed, it was installed on purpose. */
function gpusWorthTrying(): Provider[] {
	const webgpu: Provider[] = findAdapter().kind === "hardware" ? ["webgpu"] : [];
	return nvidiaName() === undefined ? webgpu : ["cuda", ...webgpu];
}
