/** Every kind of device, whether this machine has it or not: for `sightline doctor`. */
import { SightlineError } from "../errors.ts";
import type { Provider } from "../plan/pass.ts";
import { findAdapter } from "./device/adapter.ts";
import { openChecked } from "./device/openChecked.ts";

export interface DeviceReport {
	readonly provider: Provider;
	readonly available: boolean;
	/** Computes on the CPU after all: "auto" never takes it. */
	readonly software: boolean;
	readonly name: string;
	/** How we know, or what is missing. */
	readonly note: string;
	/** What to do where it is missing. */
	readonly hint: string | null;
}

/** Asks each device in turn for an answer. */
export async function listDevices(): Promise<DeviceReport[]> {
	const reports: DeviceReport[] = [];
	for (const provider of ["cpu", "webgpu", "cuda"] as const) reports.push(await reportOn(provider));
	return reports;
}

async function reportOn(provider: Provider): Promise<DeviceReport> {
	const adapter = provider === "webgpu" ? findAdapter() : undefined;
	const software = adapter?.kind === "software";
	try {
		const device = await openChecked(provider, {});
		await device.close();
		return { provider, available: true, software, name: device.name, note: adapter?.evidence ?? "", hint: null };
	} catch (error) {
		if (!(error instanceof SightlineError)) throw error;
		const { message: note, hint = null } = error;
		return { provider, available: false, software, name: adapter?.name ?? provider, note, hint };
	}
}
