/** One pass over images: an instrumented graph run batch by batch, each batch's records stored as soon as they are there. */
import type { ImageSet } from "../../data/imageSet.ts";
import type { OpenImageSet } from "../../data/imageSets.ts";
import type { OpenModel } from "../../data/modelFile.ts";
import { readAhead } from "../../data/readAhead.ts";
import { SightlineError } from "../../errors.ts";
import { digestOf, type ImageSelection, type Measurement, recordKey } from "../../plan/measurement.ts";
import { type PassPlan, planPass } from "../../plan/pass.ts";
import type { Store } from "../../store/store.ts";
import type { Device } from "../device/device.ts";
import type { RunReply } from "../device/protocol.ts";
import { sessionModel } from "../device/sessionModel.ts";
import type { BatchRequest, ImageBatch } from "../images/imageCalls.ts";
import type { ImageReader } from "../images/imageReader.ts";
import { version } from "../version.ts";
import type { BatchPlace } from "./batches.ts";
import { throwIfAborted } from "./cancelled.ts";
import { encodeRecord } from "./record.ts";

export interface PassRun {
	readonly open: OpenModel;
	readonly measurements: readonly Measurement[];
	/** The records to make, by address: the batches that any of the measurements lacks. */
	readonly missing: ReadonlyMap<string, BatchPlace>;
	readonly device: Device;
	readonly images: ImageReader;
	readonly openImageSet: OpenImageSet;
	readonly store: Store;
	/** Looked at between batches; what is stored stays. */
	readonly signal: AbortSignal;
	/** Once, before the first batch. */
	onStart(plan: { readonly bytesToWrite: number }): void;
	/** After each batch. */
	onBatch(images: number): void;
}

/** @throws SightlineError CANCELLED where the signal aborts */
export async function runPass(pass: PassRun): Promise<void> {
	const { open, measurements, missing, device, images, signal } = pass;
	const [first] = measurements;
	if (first === undefined) return;
	const set = await pass.openImageSet(first.images.set);
	refuseOther(set, first.images);
	const plan = planPass(open, measurements, device.provider);
	const key = digestOf(plan.questions.map((question) => question.key));
	const session = await device.session(key, () => sessionModel(plan.model));
	pass.onStart({ bytesToWrite: bytesToWrite(plan, missing) });

	// One batch runs and one waits for it, so that the device never idles while records are made and written.
	let keeping: Promise<void> = Promise.resolve();
	try {
		const requests = requestsOf(pass, plan, set, first.images.split);
		const read = (request: BatchRequest) => images.read(request);
		for await (const { item: request, result: batch } of readAhead(requests, read, batchesAhead)) {
			throwIfAborted(signal);
			const feeds = { [plan.input.tensor]: { shape: plan.input.shape, data: batch.data } };
			const before = keeping;
			keeping = session.run(feeds, plan.outputs).then(async (reply) => {
				await keep(pass, plan, request.place, batch, reply);
				pass.onBatch(request.place.images);
			});
			keeping.catch(() => {}); // told at the next batch, or after the last
			await before;
		}
		await keeping;
	} finally {
		// Nothing of this pass is under way when it is reported as over.
		await keeping.catch(() => {});
	}
}

/** Batches that are made while the device is busy with an earlier one; more would only take memory. */
const batchesAhead = 2;

/** A question is about images of a certain digest; meanwhile their folder may have changed. */
function refuseOther(set: ImageSet, asked: ImageSelection): void {
	if (set.digest === asked.digest) return;
	throw new SightlineError("BAD_INPUT", `the images of ${set.id} are "${set.digest}", not "${asked.digest}"`, {
		hint: "The set changed since the question was asked; ask again.",
	});
}

interface PlacedRequest extends BatchRequest {
	readonly place: BatchPlace;
}

/** The batches to run: those of which any record is missing, in order. */
function requestsOf({ open, missing }: PassRun, plan: PassPlan, set: ImageSet, split: string): PlacedRequest[] {
	const places = new Map([...missing.values()].map((place) => [`${place.index}-${place.images}`, place]));
	return [...places.values()]
		.sort((a, b) => a.index - b.index || a.images - b.images)
		.map((place) => ({
			place,
			images: Array.from({ length: place.images }, (_, index) => set.source(split, place.first + index)),
			preprocessing: open.preprocessing,
			shape: plan.input.shape,
		}));
}

/** Stores what a batch adds to each question that lacks it. */
async function keep(
	{ open, missing, device, store }: PassRun,
	plan: PassPlan,
	{ index, images }: BatchPlace,
	{ labels }: ImageBatch,
	{ outputs, seconds }: RunReply,
): Promise<void> {
	const origin = {
		device: device.provider === "cpu" ? `${device.name}, ${device.threads} threads` : device.name,
		versions: { sightline: version, onnxruntime: device.runtimeVersion, node: process.versions.node },
		seconds,
		measuredAt: new Date().toISOString(),
	};
	for (const [question, { key, measurement }] of plan.questions.entries()) {
		const address = recordKey(key, index, images);
		if (!missing.has(address)) continue;
		const values = plan.record(question, outputs, { index, images, labels });
		const record = encodeRecord({ index, images, values, origin });
		await store.put(address, record, { model: open.identity.id, metric: measurement.metric.name });
	}
}

function bytesToWrite(plan: PassPlan, missing: PassRun["missing"]): number {
	const sizes = new Map(plan.questions.map(({ key, recordBytes }) => [key, recordBytes]));
	return [...missing.keys()].reduce((sum, address) => sum + (sizes.get(address.split("/")[0] ?? "") ?? 0), 0);
}
