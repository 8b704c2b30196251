/** Runs a plan on the CPU, a batch of pixels at a time, and gives the records of each measurement asked. */
import { Tensor as DeviceInput, InferenceSession } from "onnxruntime-node";
import type { Batch, BatchRecord, DeviceTensor, Records } from "../../src/metrics/metric.ts";
import { encodeModel } from "../../src/onnx/encode.ts";
import type { PassPlan } from "../../src/plan/pass.ts";

/** Pixels [batchSize, channels, height, width], and which of them count. */
export interface PixelBatch extends Batch {
	readonly pixels: Float32Array;
}

export async function runPass(plan: PassPlan, batches: readonly PixelBatch[]): Promise<readonly Records[]> {
	const session = await InferenceSession.create(encodeModel(plan.model), { logSeverityLevel: 3 });
	const records: BatchRecord[][] = plan.questions.map(() => []);
	try {
		for (const { pixels, ...batch } of batches) {
			const feeds = { [plan.input.tensor]: new DeviceInput("float32", pixels, plan.input.shape) };
			const results = Object.entries(await session.run(feeds, [...plan.outputs]));
			// Every output of a plan is float32.
			const tensors = results.map(([name, { dims, data }]): [string, DeviceTensor] => [
				name,
				{ shape: dims, data: data as Float32Array },
			]);
			for (const [question, kept] of records.entries()) {
				const values = plan.record(question, Object.fromEntries(tensors), batch);
				kept.push({ index: batch.index, images: batch.images, values });
			}
		}
	} finally {
		await session.release();
	}
	return plan.questionOf.map((question) => {
		const site = plan.questions[question]?.site;
		if (site === undefined) throw new Error(`no question ${question}`);
		return { ...site, records: records[question] ?? [] };
	});
}
