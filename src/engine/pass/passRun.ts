/** One pass over images: an instrumented graph run batch by batch, each batch's records stored as soon as they are there. */
import type { OpenModel } from "../../data/modelFile.ts";
import { encodeModel } from "../../onnx/encode.ts";
import { digestOf, type Measurement, recordKey } from "../../plan/measurement.ts";
import { type PassPlan, planPass } from "../../plan/pass.ts";
import type { Store } from "../../store/store.ts";
import type { Device } from "../device/device.ts";
import type { RunReply } from "../device/protocol.ts";
import type { BatchRequest, ImageBatch } from "../images/imageCalls.ts";
import { type ImageReader, readAhead } from "../images/imageReader.ts";
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
	const plan = planPass(open, measurements, device.provider);
	const key = digestOf(plan.questions.map((question) => question.key));
	const session = await device.session(key, () => encodeModel(plan.model));
	pass.onStart({ bytesToWrite: bytesToWrite(plan, missing) });

	// One batch runs and one waits for it, so that the device never idles while records are made and written.
	let keeping: Promise<void> = Promise.resolve();
	try {
		for await (const { request, batch } of readAhead(images, requestsOf(pass, plan))) {
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

interface PlacedRequest extends BatchRequest {
	readonly place: BatchPlace;
}

/** The batches to run: those of which any record is missing, in order. */
function requestsOf({ open, measurements, missing }: PassRun, plan: PassPlan): PlacedRequest[] {
	const images = measurements[0]?.images;
	if (images === undefined) return [];
	const { set, split, digest } = images;
	const places = new Map([...missing.values()].map((place) => [`${place.index}-${place.images}`, place]));
	return [...places.values()]
		.sort((a, b) => a.index - b.index || a.images - b.images)
		.map((place) => ({
			place,
			images: { set, split, digest },
			first: place.first,
			count: place.images,
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
