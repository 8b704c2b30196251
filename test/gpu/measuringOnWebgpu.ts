/** Run as a process of its own by webgpu.test.ts: one batch through a tiny network with every metric it has, on a device. */
import { imageSet } from "../../src/data/imageSets.ts";
import { openDevice } from "../../src/engine/device/device.ts";
import { sessionModel } from "../../src/engine/device/sessionModel.ts";
import { readBatch } from "../../src/engine/images/readBatch.ts";
import { type Provider, planPass } from "../../src/plan/pass.ts";
import type { TinyName } from "../support/tiny.ts";
import { openTiny, tinyMeasurement } from "../support/tinyEngine.ts";

export interface BatchOnDevice {
	/** One record a metric. */
	readonly records: readonly (readonly number[])[];
	/** Names of the nodes that the metrics added. */
	readonly added: readonly string[];
}

const [provider, name] = process.argv.slice(2) as [Provider, TinyName]; // what webgpu.test.ts passes
const open = openTiny(name);
const metrics = ["linearCka", "accuracy", ...(open.anatomy.attentions.length > 0 ? ["attentionDistance"] : [])];
const last = open.anatomy.blocks.length - 1;
const measurements = [
	...metrics.map((metric) => tinyMeasurement(name, metric, 8)),
	{
		...tinyMeasurement(name, "localization", 8),
		parameters: { patchPx: 8 },
		layers: ["blocks.0.output", `blocks.${last}.output`],
	},
	...(["tokens", "mean"] as const).map((readout) => ({
		...tinyMeasurement(name, "linearProbe", 8),
		parameters: { readout, patchFlatten: true },
		layers: ["blocks.0.output", `blocks.${last}.output`],
	})),
];
const plan = planPass(open, measurements, provider);
const device = openDevice(provider, { name: "", runtimeVersion: "", threads: 1, logSeverity: 1 });
const session = await device.session("pass", () => sessionModel(plan.model));

const { shape, tensor } = plan.input;
const images = Array.from({ length: 8 }, (_, index) => imageSet("leaves").source("test", index));
const { data, labels } = await readBatch({ images, preprocessing: open.preprocessing, shape });
const { outputs } = await session.run({ [tensor]: { shape, data } }, plan.outputs);

const ownNames = new Set(open.model.graph.nodes.map((node) => node.name));
const batch: BatchOnDevice = {
	records: plan.questions.map((_, question) => [...plan.record(question, outputs, { index: 0, images: 8, labels })]),
	added: plan.model.graph.nodes.map((node) => node.name).filter((node) => !ownNames.has(node)),
};
// What is still on its way when the channel closes is lost.
await new Promise((resolve) => process.send?.(batch, resolve));
await device.close();
process.disconnect();
