/** The calls that a device's worker thread answers. */
import type { Provider } from "../../plan/pass.ts";

export type DeviceCalls = {
	/** Makes a session of a model's bytes and keeps it under a name. */
	readonly load: { readonly argument: LoadRequest; readonly reply: undefined };
	/** One run of a loaded session; the feeds' buffers move in, the outputs' move out. */
	readonly run: { readonly argument: RunRequest; readonly reply: RunReply };
	readonly release: { readonly argument: { readonly session: string }; readonly reply: undefined };
};

export interface LoadRequest {
	readonly session: string;
	readonly provider: Provider;
	readonly bytes: Uint8Array;
	/** Of the files that the bytes name; null where they hold everything. */
	readonly folder: string | null;
	/** For each processor core one; the order of sums within an operator depends on it. */
	readonly threads: number;
	/** 2 warnings, 1 also which node runs where: written by the runtime to stderr. */
	readonly logSeverity: 0 | 1 | 2 | 3 | 4;
}

/** Float32 values, row-major. */
export interface DeviceArray {
	readonly shape: readonly number[];
	readonly data: Float32Array;
}

export interface RunRequest {
	readonly session: string;
	readonly feeds: Readonly<Record<string, DeviceArray>>;
	readonly outputs: readonly string[];
}

export interface RunReply {
	readonly outputs: Readonly<Record<string, DeviceArray>>;
	/** What the run took on the device. */
	readonly seconds: number;
}
