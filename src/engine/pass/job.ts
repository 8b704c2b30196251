/** A measurement on its way: what it needs, and what of it is there. */
import type { OpenModel } from "../../data/modelFile.ts";
import { readAhead } from "../../data/readAhead.ts";
import { SightlineError } from "../../errors.ts";
import { metricNamed } from "../../metrics/index.ts";
import type { RecordSite } from "../../metrics/metric.ts";
import { digestOf, type Measurement, measurementKey, recordKey } from "../../plan/measurement.ts";
import { recordSite } from "../../plan/pass.ts";
import type { Store } from "../../store/store.ts";
import { type BatchPlace, batchesOf } from "./batches.ts";
import { decodeHeader, type RecordHeader } from "./record.ts";

export interface Job {
	readonly measurement: Measurement;
	readonly open: OpenModel;
	readonly site: RecordSite;
	/** Jobs with the same one can share a pass. */
	readonly group: string;
	/** Every batch it rests on, by the address of its record. */
	readonly batches: ReadonlyMap<string, BatchPlace>;
	/** The records that are there and whole, by address. Their values stay in the store: of all batches they may be too many. */
	readonly records: Map<string, RecordHeader>;
}

/** @throws SightlineError NOT_FOUND, BAD_INPUT: a model, metric, layer or number of images that cannot be */
export function createJob(measurement: Measurement, open: OpenModel): Job {
	const { model, images, metric } = measurement;
	if (model.digest !== open.identity.digest) {
		throw new SightlineError("BAD_INPUT", `${model.id} is no longer the model that the question was about`, {
			hint: "Its file or entry has changed; ask again.",
		});
	}
	for (const [name, value] of Object.entries({ count: images.count, batchSize: images.batchSize })) {
		if (!(Number.isSafeInteger(value) && value > 0)) {
			throw new SightlineError("BAD_INPUT", `images: ${name} is ${value}; a whole number from 1 on is expected`);
		}
	}
	const site = recordSite(open, measurement);
	const { recordBytes } = metricNamed(metric.name);
	const key = measurementKey(measurement);
	const places = batchesOf(images, (count) => recordBytes(site, count));
	const { id: _id, ...identity } = model;
	const { count: _count, set: _set, ...selection } = images;
	return {
		measurement,
		open,
		site,
		group: digestOf({ identity, selection }),
		batches: new Map(places.map((place) => [recordKey(key, place.index, place.images), place])),
		records: new Map(),
	};
}

/** Looks through what the store has; what remains to be measured is every batch without a record. */
export async function findRecords(job: Job, store: Store): Promise<void> {
	const read = (key: string) => store.get(key);
	for await (const { item: key, result: bytes } of readAhead([...missingOf(job).keys()], read, recordsAhead))
		if (bytes !== undefined) job.records.set(key, decodeHeader(bytes));
}

/** One is read while another is checked; more would only take memory. */
const recordsAhead = 2;

export function missingOf(job: Job): ReadonlyMap<string, BatchPlace> {
	return new Map([...job.batches].filter(([key]) => !job.records.has(key)));
}
