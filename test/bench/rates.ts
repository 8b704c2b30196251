/** Images a second of the bare forward pass and of one that measures, from interleaved runs. */
import { imageSet } from "../../src/data/imageSets.ts";
import type { OpenModel } from "../../src/data/modelFile.ts";
import { openChecked } from "../../src/engine/device/openChecked.ts";
import { sessionModel } from "../../src/engine/device/sessionModel.ts";
import { readBatch } from "../../src/engine/images/readBatch.ts";
import type { Measurement } from "../../src/plan/measurement.ts";
import { planPass } from "../../src/plan/pass.ts";
import { median } from "./median.ts";

/** Pairs of runs that count; one more before them sizes the memory. */
const pairs = 9;

export interface Rates {
	/** Images a second; medians. */
	readonly bare: number;
	readonly instrumented: number;
	/** instrumented / bare */
	readonly ratio: number;
	/** The ratio if the device did every multiply-add at one speed: forward over forward plus metrics. */
	readonly bound: number;
}

/**
 * What a pass does with a batch after it is read: run and record. Logits alone are fetched from the bare model.
 *
 * @param measurements on the same images, in batches of one size
 */
export async function measureRates(
	open: OpenModel,
	measurements: readonly [Measurement, ...Measurement[]],
): Promise<Rates> {
	const device = await openChecked("cpu", {});
	try {
		const [{ images }] = measurements;
		const { batchSize } = images;
		const plan = planPass(open, measurements, "cpu");
		const bare = await device.session("bare", () => sessionModel(open.model));
		const instrumented = await device.session("instrumented", () => sessionModel(plan.model));
		const set = imageSet(images.set);
		const { data, labels } = await readBatch({
			images: Array.from({ length: batchSize }, (_, index) => set.source(images.split, index)),
			preprocessing: open.preprocessing,
			shape: plan.input.shape,
		});
		const feeds = () => ({ [plan.input.tensor]: { shape: plan.input.shape, data: data.slice() } });
		const runBare = async () => void (await bare.run(feeds(), [open.anatomy.output.tensor]));
		const runInstrumented = async () => {
			const { outputs } = await instrumented.run(feeds(), plan.outputs);
			for (const question of plan.questions.keys())
				plan.record(question, outputs, { index: 0, images: batchSize, labels });
		};
		const seconds: { bare: number; instrumented: number }[] = [];
		for (let pair = 0; pair <= pairs; pair++) {
			seconds.push({ bare: await timed(runBare), instrumented: await timed(runInstrumented) });
		}
		const rate = (which: "bare" | "instrumented") => batchSize / median(seconds.slice(1).map((pair) => pair[which]));
		const { forwardOperations, metricOperations } = plan.arithmetic;
		return {
			bare: rate("bare"),
			instrumented: rate("instrumented"),
			ratio: rate("instrumented") / rate("bare"),
			bound: forwardOperations / (forwardOperations + metricOperations),
		};
	} finally {
		await device.close();
	}
}

async function timed(action: () => Promise<void>): Promise<number> {
	const start = performance.now();
	await action();
	return (performance.now() - start) / 1000;
}
