/**
 * Gathers what the resolvers of one operation ask the engine for, so that all of it is one question: one pass per model.
 * Resolvers ask as they are reached, some only after a model has been opened. The executor idles when nothing is being
 * prepared any more and a whole turn of the event loop brought nothing new; then everything that waits goes out at once.
 * (Looking ahead over the operation would repeat what resolvers know: which fields measure what, with which arguments.)
 */
import type { Engine, MeasuredRecords } from "../engine/engine.ts";
import { SightlineError } from "../errors.ts";
import { digestOf, type Measurement, measurementKey } from "../plan/measurement.ts";

export interface Gatherer {
	/** The records of a measurement; the same question asked twice is asked once. */
	measure(measurement: Measurement): Promise<MeasuredRecords>;
	/** Holds back the next question until `work`, which may lead to more measurements, is settled. */
	prepare<Result>(work: Promise<Result>): Promise<Result>;
}

export interface GatherOptions {
	/** Aborts when nobody waits for the answer any more. */
	readonly signal: AbortSignal;
	/** Images that one question may send through models, added over its passes. */
	readonly maxImages: number;
}

export function createGatherer(engine: Engine, { signal, maxImages }: GatherOptions): Gatherer {
	const asked = new Map<string, Waiting>();
	let waiting: Waiting[] = [];
	let preparing = 0;
	/** Goes up with everything new: a turn in which it stood still was idle. */
	let news = 0;

	function watchForIdle(): void {
		const seen = ++news;
		setImmediate(() => {
			if (news !== seen || preparing > 0 || waiting.length === 0) return;
			const question = waiting;
			waiting = [];
			void answer(question);
		});
	}

	async function answer(question: readonly Waiting[]): Promise<void> {
		try {
			const measurements = question.map((item) => item.measurement);
			refuseTooManyImages(measurements, maxImages);
			const records = await engine.measure(measurements, { signal });
			question.forEach((item, index) => {
				const found = records[index];
				if (found === undefined) item.reject(new Error(`the engine answered ${records.length} of ${question.length}`));
				else item.resolve(found);
			});
		} catch (error) {
			for (const item of question) item.reject(error);
		}
	}

	return {
		measure(measurement) {
			const key = digestOf([measurementKey(measurement), measurement.images.count]);
			const known = asked.get(key);
			if (known !== undefined) return known.promise;
			const item = waitingFor(measurement);
			asked.set(key, item);
			waiting.push(item);
			watchForIdle();
			return item.promise;
		},
		async prepare(work) {
			preparing++;
			try {
				return await work;
			} finally {
				preparing--;
				watchForIdle();
			}
		},
	};
}

/** A measurement with the promise of its records. */
interface Waiting {
	readonly measurement: Measurement;
	readonly promise: Promise<MeasuredRecords>;
	readonly resolve: (records: MeasuredRecords) => void;
	readonly reject: (reason: unknown) => void;
}

function waitingFor(measurement: Measurement): Waiting {
	// The executor of a promise runs at once, so both are set when they are read.
	let resolve: Waiting["resolve"] = () => {};
	let reject: Waiting["reject"] = () => {};
	const promise = new Promise<MeasuredRecords>((...settle) => {
		[resolve, reject] = settle;
	});
	return { measurement, promise, resolve, reject };
}

/** A pass is as long as the longest of the measurements that share it. */
function refuseTooManyImages(measurements: readonly Measurement[], maxImages: number): void {
	const passes = new Map<string, number>();
	for (const { model, images } of measurements) {
		const pass = digestOf([model.digest, model.preprocessing, images.digest, images.split, images.batchSize]);
		passes.set(pass, Math.max(passes.get(pass) ?? 0, images.count));
	}
	const total = [...passes.values()].reduce((sum, count) => sum + count, 0);
	if (total > maxImages)
		throw new SightlineError(
			"LIMIT",
			`the operation sends ${total} images through models in ${passes.size} passes; at most ${maxImages} are allowed`,
			{ hint: "Ask for fewer images, use one batch size and split throughout, or ask in several requests." },
		);
}
