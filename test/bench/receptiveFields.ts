/** Receptive fields: of all sub-layers of a model together, and what carrying one gradient back costs. */
import { imageSet } from "../../src/data/imageSets.ts";
import type { OpenModel } from "../../src/data/modelFile.ts";
import { createEngine } from "../../src/engine/createEngine.ts";
import { openDevices } from "../../src/engine/devices.ts";
import { receptiveField } from "../../src/metrics/receptiveField.ts";
import { allTaps } from "../../src/metrics/receptiveFieldTaps.ts";
import type { Measurement } from "../../src/plan/measurement.ts";
import { MemoryStore } from "../../src/store/memory.ts";
import { measureRates } from "./rates.ts";

const images = 32;
const channels = 16;
const batchSize = 16;

export interface ReceptiveFields {
	readonly images: number;
	readonly channels: number;
	readonly layers: number;
	/** From the question to the maps: graph, session, images and all. */
	readonly seconds: number;
	readonly peakBytes: number;
	/** From the last layer through the whole depth: one gradient of one image over one forward pass of one image. */
	readonly backwardOverForward: number;
}

export async function measureReceptiveFields(open: OpenModel): Promise<ReceptiveFields> {
	const taps = allTaps(open.anatomy).map(({ name }) => name);
	const engine = createEngine({
		...{ store: new MemoryStore(), devices: await openDevices("cpu") },
		openModel: async () => open,
	});
	const start = performance.now();
	try {
		await engine.measure([question(open, taps, images)]);
	} finally {
		await engine.close();
	}
	const seconds = (performance.now() - start) / 1000;
	const peakBytes = process.resourceUsage().maxRSS * 1024;
	const deepest = question(open, taps.slice(-1), batchSize);
	const { bare, instrumented } = await measureRates(open, [deepest]);
	const backwardOverForward = (bare / instrumented - 1) / channels;
	return { images, channels, layers: taps.length, seconds, peakBytes, backwardOverForward };
}

function question({ identity }: OpenModel, taps: readonly string[], count: number): Measurement {
	return {
		model: identity,
		metric: receptiveField,
		parameters: { taps: taps.join(), variant: "jacobian", channels },
		layers: [],
		images: { set: "leaves", split: "test", digest: imageSet("leaves").digest, count, batchSize },
	};
}
