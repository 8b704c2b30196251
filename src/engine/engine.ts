/** Runs measurements: what the store has is read, the rest is measured in one pass per model and selection of images. */

import type { Records } from "../metrics/metric.ts";
import type { StatisticName, StatisticOptions, StatisticSides, StatisticValue } from "../metrics/statistics.ts";
import type { Measurement } from "../plan/measurement.ts";

export interface Engine {
	/**
	 * The records of each measurement, in the order asked. Measurements that can share a forward pass (same model,
	 * split, batch size) run as one instrumented graph in one pass; measurements already running are joined.
	 * @throws SightlineError CANCELLED when `signal` aborts; what was summed stays in the store
	 */
	measure(measurements: readonly Measurement[], options?: MeasureOptions): Promise<readonly MeasuredRecords[]>;
	/** A value from records, made in a thread of its own: for many layers and batches it takes seconds. */
	finish<Name extends StatisticName>(
		name: Name,
		sides: StatisticSides<Name>,
		options: StatisticOptions<Name>,
	): Promise<StatisticValue<Name>>;
	/** Passes running or waiting. */
	passes(): readonly PassState[];
	/** Called with every change of a pass, until the returned function is called. */
	watch(listener: (pass: PassState) => void): () => void;
	cancel(passId: string): boolean;
	/** Passes started since the engine was made: what tests count. */
	readonly passesStarted: number;
	close(): Promise<void>;
}

export interface MeasureOptions {
	readonly signal?: AbortSignal;
}

export interface MeasuredRecords extends Records {
	readonly measurement: Measurement;
	readonly provenance: Provenance;
}

/** How a value came about; beside the value, never part of it. */
export interface Provenance {
	readonly device: string;
	readonly versions: Readonly<Record<string, string>>;
	/** Seconds that the device spent on it, of the pass it was measured in. */
	readonly seconds: number;
	/** Nothing had to run for it. */
	readonly cached: boolean;
	readonly measuredAt: string;
}

export interface PassState {
	readonly id: string;
	readonly model: string;
	readonly metrics: readonly string[];
	/** Images. */
	readonly done: number;
	readonly total: number;
	/** null until the first batch is through */
	readonly secondsLeft: number | null;
	readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
	/** What it will have added to the store, in bytes; there once it has started. */
	readonly bytesToWrite?: number;
	/** A message where the pass failed or waits for another process. */
	readonly note: string | null;
}
