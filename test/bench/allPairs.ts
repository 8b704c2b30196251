/**
 * CKA of every layer of one model with every layer of another, from stored records: those of a ViT of 24 blocks (147
 * layers) and of a ResNet-50 (122) on 2 560 images, made up, in a store on disk. Nothing runs on a device.
 */
import { imageSet, openImageSet } from "../../src/data/imageSets.ts";
import { createEngine } from "../../src/engine/createEngine.ts";
import { openDevices } from "../../src/engine/devices.ts";
import { encodeRecord } from "../../src/engine/pass/record.ts";
import { executeQuery } from "../../src/graphql/execute.ts";
import type { Services } from "../../src/graphql/services.ts";
import { linearCka } from "../../src/metrics/linearCka.ts";
import { type Measurement, measurementKey, recordKey } from "../../src/plan/measurement.ts";
import { recordSite } from "../../src/plan/pass.ts";
import { DiskStore } from "../../src/store/disk.ts";
import { gaussians } from "../support/gaussians.ts";
import { untrained } from "../support/untrained.ts";

const count = 2560;
const batchSize = 128;

const common = { imageSide: 32, classes: 5, normEpsilon: 1e-6 } as const;
const stem = { kernel: 3, width: 4, pooling: false } as const;
const vit = { ...common, patch: 8, width: 8, depth: 24, heads: 2, mlpRatio: 2, pooling: "cls" } as const;
const models = [
	untrained("vit-24", { family: "vit", ...vit }),
	untrained("resnet-50", { family: "resnet", ...common, stem, width: 2, units: [3, 4, 6, 3] }),
];

export interface AllPairs {
	readonly layers: readonly number[];
	readonly images: number;
	readonly batchSize: number;
	/** From the query to the answer, the thread that makes the values being started on the way. */
	readonly firstSeconds: number;
	/** The same with the sides exchanged, which is a question of its own. */
	readonly seconds: number;
	/** Peak of the process less what it held before it was asked. */
	readonly takenBytes: number;
	readonly recordBytes: number;
}

/** Fills a store; a process of its own does it, since it needs memory. */
export async function writeRecords(folder: string): Promise<{ readonly recordBytes: number }> {
	const store = new DiskStore(folder);
	const noise = gaussians(1);
	let recordBytes = 0;
	for (const open of models) {
		const measurement = asked(open.identity);
		const bytes = linearCka.recordBytes({ ...recordSite(open, measurement), parameters: { tokens: "all" } }, batchSize);
		const numbers = Float32Array.from({ length: bytes / 4 + 64 }, noise);
		for (let index = 0; index < count / batchSize; index++) {
			const values = numbers.slice(index, index + bytes / 4).map((value) => value + 0.1 * Math.abs(value));
			const origin = { device: "made up", versions: {}, seconds: 1, measuredAt: "2026-01-01T00:00:00Z" };
			const record = encodeRecord({ index, images: batchSize, values, origin });
			const address = recordKey(measurementKey(measurement), index, batchSize);
			await store.put(address, record, { model: open.identity.id, metric: linearCka.name });
			recordBytes += bytes;
		}
	}
	return { recordBytes };
}

/** @param folder of a store that `writeRecords` has filled */
export async function measureAllPairs(folder: string): Promise<Omit<AllPairs, "recordBytes">> {
	const store = new DiskStore(folder);
	const openModel = async (id: string) => {
		const open = models.find(({ identity }) => identity.id === id);
		if (open === undefined) throw new Error(`no model ${id}`);
		return open;
	};
	const engine = createEngine({ store, devices: await openDevices("cpu"), openModel });
	const services: Services = {
		...{ engine, store, openModel, openImageSet, imageSets: ["leaves"], models: models.map(({ entry }) => entry) },
		...{ card: async () => null, reports: () => [], folder: ".", adding: null },
		device: { provider: "cpu", name: "none", runtime: "none", threads: 0 },
	};
	const ask = async (rows: string, columns: string) => {
		const query = `{
			similarity(rows: { model: "${rows}" }, columns: { model: "${columns}" }, images: { count: ${count}, batchSize: ${batchSize} }) {
				values standardErrors batches
			}
		}`;
		const start = performance.now();
		const { errors } = await executeQuery(services, { query });
		if (errors !== undefined) throw new Error(JSON.stringify(errors));
		return (performance.now() - start) / 1000;
	};
	const before = process.memoryUsage().rss;
	try {
		const firstSeconds = await ask("vit-24", "resnet-50");
		const seconds = await ask("resnet-50", "vit-24");
		if (engine.passesStarted > 0) throw new Error("the records were not those of the question");
		const takenBytes = process.resourceUsage().maxRSS * 1024 - before;
		const layers = models.map(({ anatomy }) => anatomy.layers.length);
		return { layers, images: count, batchSize, firstSeconds, seconds, takenBytes };
	} finally {
		await engine.close();
	}
}

function asked(model: Measurement["model"]): Measurement {
	const { name, version } = linearCka;
	const images = { set: "leaves", split: "test", digest: imageSet("leaves").digest, count, batchSize };
	return { model, metric: { name, version }, parameters: { tokens: "all" }, layers: "all", images };
}
