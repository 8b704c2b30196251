/** A pass as one process among several does it: under a lease, so that the same images go through a model once. */
import { setTimeout as sleep } from "node:timers/promises";
import type { OpenImageSet } from "../../data/imageSets.ts";
import type { Measurement } from "../../plan/measurement.ts";
import type { Lease, Store } from "../../store/store.ts";
import type { Devices } from "../devices.ts";
import type { ImageReader } from "../images/imageReader.ts";
import type { BatchPlace } from "./batches.ts";
import { throwIfAborted } from "./cancelled.ts";
import type { Job } from "./job.ts";
import type { PassChange, PassWork } from "./passes.ts";
import { runPass } from "./passRun.ts";

export interface PassParts {
	/** Of one group. */
	readonly jobs: readonly Job[];
	/** The records to make, by address. */
	readonly missing: ReadonlyMap<string, BatchPlace>;
	readonly store: Store;
	readonly devices: Devices;
	readonly images: ImageReader;
	readonly openImageSet: OpenImageSet;
	/** A model will run: something was indeed missing when the lease was had. */
	onStart(): void;
}

/** How often a process looks whether another has finished. */
const lookMs = 250;

export function passWork(parts: PassParts): {
	readonly about: { readonly model: string; readonly metrics: readonly string[]; readonly total: number };
	readonly run: PassWork;
} {
	const measurements = parts.jobs.map((job) => job.measurement);
	return {
		about: {
			model: measurements[0]?.model.id ?? "",
			metrics: [...new Set(measurements.map((measurement) => measurement.metric.name))],
			total: imagesOf(parts.missing),
		},
		async run(signal, update) {
			const lease = await leaseOnPass(parts, signal, update);
			try {
				// Another process may have made some of them, or all, before the lease was ours.
				const missing = await stillMissing(parts.missing, parts.store);
				if (missing.size > 0) await runLeased(parts, measurements, missing, lease, signal, update);
			} finally {
				await lease.release();
			}
		},
	};
}

type HeldLease = Extract<Lease, { held: true }>;

/** Waits until the lease on this group's passes is ours, showing how far its holder is. */
async function leaseOnPass(
	{ jobs, store }: PassParts,
	signal: AbortSignal,
	update: (change: PassChange) => void,
): Promise<HeldLease> {
	for (;;) {
		throwIfAborted(signal);
		const lease = await store.lease(`pass ${jobs[0]?.group}`);
		if (lease.held) return lease;
		const { process, done, total } = lease.holder;
		update({ state: "waiting", note: `process ${process} is measuring on this store: ${done} of ${total} images` });
		await sleep(lookMs, undefined, { signal }).catch(() => {}); // aborted: seen at the top
	}
}

async function runLeased(
	{ jobs, devices, images, openImageSet, store, onStart }: PassParts,
	measurements: readonly Measurement[],
	missing: ReadonlyMap<string, BatchPlace>,
	lease: HeldLease,
	signal: AbortSignal,
	update: (change: PassChange) => void,
): Promise<void> {
	const [job] = jobs;
	if (job === undefined) return;
	const total = imagesOf(missing);
	let done = 0;
	let startedMs = 0;
	lease.progress(done, total);
	update({ state: "running", note: null, done, total });
	await runPass({
		open: job.open,
		measurements,
		missing,
		device: await devices.deviceFor(job.open),
		images,
		openImageSet,
		store,
		signal,
		onStart({ bytesToWrite }) {
			onStart();
			startedMs = performance.now();
			update({ bytesToWrite });
		},
		onBatch(count) {
			done += count;
			lease.progress(done, total);
			const secondsEach = (performance.now() - startedMs) / 1000 / done;
			update({ done, secondsLeft: secondsEach * (total - done) });
		},
	});
}

async function stillMissing(missing: ReadonlyMap<string, BatchPlace>, store: Store): Promise<Map<string, BatchPlace>> {
	const left = new Map<string, BatchPlace>();
	for (const [key, place] of missing) if (!(await store.has(key))) left.set(key, place);
	return left;
}

/** Images in the batches, each batch counted once however many records it makes. */
function imagesOf(batches: ReadonlyMap<string, BatchPlace>): number {
	const places = new Map([...batches.values()].map(({ index, images }) => [`${index}-${images}`, images]));
	return [...places.values()].reduce((sum, images) => sum + images, 0);
}
