/** An engine that measures the tiny networks of test/fixtures/tiny on leaves, resized to their 32 pixels. */
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { imageSet } from "../../src/data/imageSets.ts";
import type { OpenModel } from "../../src/data/modelFile.ts";
import { createEngine } from "../../src/engine/createEngine.ts";
import { type DeviceChoice, openDevices } from "../../src/engine/devices.ts";
import { type ImageReader, threadedImageReader } from "../../src/engine/images/imageReader.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import { digestOf, type Measurement } from "../../src/plan/measurement.ts";
import type { Store } from "../../src/store/store.ts";
import { describePreprocessing, plusMinusOne } from "../../src/zoo/preprocessing.ts";
import { type TinyName, tinyArchitectures, tinyModel } from "./tiny.ts";

const opened = new Map<string, OpenModel>();

export function openTiny(id: string): OpenModel {
	const known = opened.get(id);
	if (known !== undefined) return known;
	const name = id as TinyName; // a wrong one fails in tinyModel
	const model = tinyModel(name);
	const anatomy = findAnatomy(model);
	const open: OpenModel = {
		entry: {
			id,
			title: `tiny ${id}`,
			source: { kind: "safetensors", file: `${id}.safetensors`, architecture: tinyArchitectures[name] },
			preprocessing: plusMinusOne,
			labels: "leaves",
			standsFor: null,
			analogyEnds: null,
			overrides: {},
			expected: null,
		},
		model,
		anatomy,
		identity: {
			id,
			digest: digestOf({ tiny: id }),
			anatomyVersion: anatomy.version,
			preprocessing: describePreprocessing(plusMinusOne),
			precision: "float32",
		},
		preprocessing: plusMinusOne,
		sha256: digestOf({ file: id }),
	};
	opened.set(id, open);
	return open;
}

export interface TinyEngineOptions {
	readonly device?: DeviceChoice;
	/** Each batch takes at least so long to read: time to stop a pass in its middle. */
	readonly batchMs?: number;
}

/** One thread: what is compared to the byte must have been computed alike. */
export async function tinyEngine(store: Store, { device = "cpu", batchMs = 0 }: TinyEngineOptions = {}) {
	const devices = await openDevices(device, { threads: 1 });
	const images = slowed(threadedImageReader(), batchMs);
	return createEngine({ store, devices, images, openModel: async (id) => openTiny(id) });
}

function slowed(reader: ImageReader, batchMs: number): ImageReader {
	let before: Promise<unknown> = Promise.resolve();
	return {
		read(request) {
			before = before.then(() => new Promise((resolve) => setTimeout(resolve, batchMs)));
			return before.then(() => reader.read(request));
		},
		close: () => reader.close(),
	};
}

/** A question about a tiny network; 8 images a batch unless said otherwise. */
export function tinyMeasurement(model: TinyName, metric: string, count: number, batchSize = 8): Measurement {
	const { name, version } = metricNamed(metric);
	const { id: set, digest } = imageSet("leaves");
	return {
		model: openTiny(model).identity,
		metric: { name, version },
		parameters: { tokens: "all", variant: "paper" },
		layers: metric === "linearCka" ? "all" : [],
		images: { set, split: "test", digest, count, batchSize },
	};
}

/** All that one request asks of a tiny ViT: 5 full batches and one of 4 images. */
export const tinyRequest = (): Measurement[] => [
	tinyMeasurement("vit", "linearCka", 44),
	tinyMeasurement("vit", "attentionDistance", 44),
	tinyMeasurement("vit", "accuracy", 44),
];
