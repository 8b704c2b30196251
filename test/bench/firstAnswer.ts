/** What a first question costs: seconds from the start of the process to the answer, and the process's peak memory. */
import { createEngine } from "../../src/engine/createEngine.ts";
import { openDevices } from "../../src/engine/devices.ts";
import { attentionDistance } from "../../src/metrics/attentionDistance.ts";
import { linearCka } from "../../src/metrics/linearCka.ts";
import { MemoryStore } from "../../src/store/memory.ts";
import { questions } from "./questions.ts";
import type { Subject } from "./subjects.ts";

/** Batches that the question is about. */
const batches = 4;

export interface FirstAnswer {
	readonly images: number;
	readonly seconds: number;
	readonly peakBytes: number;
}

export async function measureFirstAnswer({ batchSize, open: openSubject }: Subject): Promise<FirstAnswer> {
	const open = await openSubject();
	const store = new MemoryStore();
	const engine = createEngine({ store, devices: await openDevices("cpu"), openModel: async () => open });
	try {
		const images = batches * batchSize;
		for (const records of await engine.measure(questions(open, images, batchSize))) {
			const { name } = records.measurement.metric;
			if (name === linearCka.name) linearCka.finish([records]);
			if (name === attentionDistance.name) attentionDistance.finish([records]);
		}
		// performance.now() counts from the start of the process; maxRSS is in kibibytes.
		return { images, seconds: performance.now() / 1000, peakBytes: process.resourceUsage().maxRSS * 1024 };
	} finally {
		await engine.close();
	}
}
