/** The engine: what the store has is read; what is missing is measured, in as few passes as there can be. */
import { setMaxListeners } from "node:events";
import { type OpenImageSet, openImageSet as openAnySet } from "../data/imageSets.ts";
import type { OpenModel } from "../data/modelFile.ts";
import { SightlineError } from "../errors.ts";
import type { Store } from "../store/store.ts";
import type { Devices } from "./devices.ts";
import type { Engine } from "./engine.ts";
import { threadedFinisher } from "./finish/finisher.ts";
import { type ImageReader, threadedImageReader } from "./images/imageReader.ts";
import { throwIfAborted } from "./pass/cancelled.ts";
import { createJob, findRecords, type Job, missingOf } from "./pass/job.ts";
import { measured } from "./pass/measured.ts";
import { type Pass, Passes } from "./pass/passes.ts";
import { passWork } from "./pass/passWork.ts";

export interface EngineOptions {
	readonly store: Store;
	/** Closed with the engine. */
	readonly devices: Devices;
	/** Opens an entry by its id, or a model file by its path; keeps what it opened. */
	openModel(idOrPath: string): Promise<OpenModel>;
	/** Opens an image set by its id, or a folder by its path. Default: the sets that come along, and any folder. */
	readonly openImageSet?: OpenImageSet;
	/** Default: a thread of its own. Closed with the engine. */
	readonly images?: ImageReader;
}

/** A record can vanish between a pass and its reading (pruned, damaged); more often than this, the store is at fault. */
const rounds = 3;

export function createEngine({
	store,
	devices,
	openModel,
	openImageSet = openAnySet,
	images = threadedImageReader(),
}: EngineOptions): Engine {
	const passes = new Passes();
	/** The pass that will make a record, by the record's address. */
	const inFlight = new Map<string, Pass>();
	const finisher = threadedFinisher(store);
	let passesStarted = 0;

	/** The passes that will make what the jobs lack: those under way, and a new one for each group of the rest. */
	function passesFor(jobs: readonly Job[]): Set<Pass> {
		const joined = jobs.flatMap((job) => [...missingOf(job).keys()].flatMap((key) => inFlight.get(key) ?? []));
		const remaining = jobs.filter((job) => [...missingOf(job).keys()].some((key) => !inFlight.has(key)));
		const groups = new Set(remaining.map((job) => job.group));
		const started = [...groups].map((group) => startPass(remaining.filter((job) => job.group === group)));
		return new Set([...joined, ...started]);
	}

	/** @param jobs of one group */
	function startPass(jobs: readonly Job[]): Pass {
		const missing = new Map(jobs.flatMap((job) => [...missingOf(job)]).filter(([key]) => !inFlight.has(key)));
		const work = passWork({
			jobs,
			missing,
			store,
			devices,
			images,
			openImageSet,
			onStart: () => passesStarted++,
		});
		const pass: Pass = passes.start(work.about, work.run, () => {
			for (const key of missing.keys()) if (inFlight.get(key) === pass) inFlight.delete(key);
		});
		for (const key of missing.keys()) inFlight.set(key, pass);
		return pass;
	}

	return {
		async measure(measurements, { signal } = {}) {
			throwIfAborted(signal);
			const jobs = await Promise.all(measurements.map(async (one) => createJob(one, await openModel(one.model.id))));
			await Promise.all(jobs.map((job) => findRecords(job, store)));
			const cached = jobs.map((job) => missingOf(job).size === 0);
			for (let round = 0; jobs.some((job) => missingOf(job).size > 0); round++) {
				if (round === rounds) throw vanishing(store, jobs);
				await joinAll([...passesFor(jobs)], signal);
				await Promise.all(jobs.map((job) => findRecords(job, store)));
			}
			return jobs.map((job, index) => measured(job, store, cached[index] === true, devices.first));
		},
		finish: (name, sides, options) => finisher.finish(name, sides, options),
		passes: () => passes.states(),
		watch: (listener) => passes.watch(listener),
		cancel: (id) => passes.cancel(id),
		get passesStarted() {
			return passesStarted;
		},
		async close() {
			await passes.close();
			await Promise.all([images.close(), devices.close(), finisher.close()]);
		},
	};
}

/** Waits for all, or leaves all: where one fails, nobody waits for the others any more. */
async function joinAll(passes: readonly Pass[], signal: AbortSignal | undefined): Promise<void> {
	const leaving = new AbortController();
	const either = signal === undefined ? leaving.signal : AbortSignal.any([signal, leaving.signal]);
	// Every pass listens: a report has dozens.
	setMaxListeners(passes.length, either);
	try {
		await Promise.all(passes.map((pass) => pass.join(either)));
	} finally {
		leaving.abort();
	}
}

function vanishing(store: Store, jobs: readonly Job[]): SightlineError {
	const lacking = jobs.find((job) => missingOf(job).size > 0)?.measurement;
	return new SightlineError(
		"STORAGE",
		`records of ${lacking?.metric.name} of ${lacking?.model.id} keep vanishing from the store ${store.place}`,
		{ hint: "Is something emptying that folder? Name another with --store or SIGHTLINE_STORE." },
	);
}
