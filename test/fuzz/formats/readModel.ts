/** A model of a stranger as `sightline inspect` and `measure` take it: opened, described, planned, and run on a few pixels. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { outline } from "../../../src/anatomy/outline.ts";
import { summarize } from "../../../src/anatomy/summary.ts";
import { inspectPage } from "../../../src/cli/inspectPage.ts";
import { modelOpener, type OpenModel } from "../../../src/data/modelFile.ts";
import { type Device, openDevice } from "../../../src/engine/device/device.ts";
import { sessionModel } from "../../../src/engine/device/sessionModel.ts";
import { random } from "../../../src/numerics/random.ts";
import { printModel } from "../../../src/onnx/print.ts";
import { inferShapes } from "../../../src/onnx/shapes.ts";
import { type Applicability, applicabilityOf, widestQuestion } from "../../../src/plan/applicability.ts";
import { type PassPlan, planPass } from "../../../src/plan/pass.ts";
import { elementCount } from "../../../src/tensor/tensor.ts";

const batchSize = 4;

/** @param names files of which the first that is there is the model */
export async function readModel(folder: string, names: readonly string[], seed: number): Promise<void> {
	const name = names.find((each) => existsSync(join(folder, each))) ?? "";
	const open = await modelOpener([], folder)(join(folder, name));
	const { anatomy, identity, model } = open;
	const measurements = applicabilityOf(open);
	outline(anatomy);
	JSON.stringify(summarize(anatomy));
	printModel(model);
	const { id, digest, preprocessing } = identity;
	inspectPage({ id, digest, preprocessing, anatomy, measurements });
	await measure(open, measurements, seed);
}

async function measure(open: OpenModel, measurements: readonly Applicability[], seed: number): Promise<void> {
	const possible = measurements.filter(({ reason }) => reason === null).map(({ measurement }) => measurement);
	const metrics = possible.filter((name) => name !== "headSubsetCka" && name !== "skipAblation");
	const chosen = metrics[seed % Math.max(1, metrics.length)];
	if (chosen === undefined) return;
	const images = { set: "", split: "", digest: "", count: batchSize, batchSize };
	const plan = planPass(open, [{ model: open.identity, ...widestQuestion(open.anatomy, chosen), images }], "cpu");
	const { shapes } = inferShapes(plan.model, new Map([[plan.input.tensor, plan.input.shape]]));
	const session = await deviceOfThis().session(`${seed}`, () => sessionModel(plan.model));
	// What a model asks for in earnest, it may take: only not here.
	if (![...shapes.values()].every((shape) => elementCount(shape) <= largestRun)) return;
	if (!(plan.arithmetic.forwardOperations + plan.arithmetic.metricOperations < mostOperations)) return;
	const data = Float32Array.from({ length: elementCount(plan.input.shape) }, pixels(seed));
	const { outputs } = await session.run({ [plan.input.tensor]: { shape: plan.input.shape, data } }, plan.outputs);
	for (const [tensor, { shape }] of Object.entries(outputs)) {
		const expected = shapes.get(tensor);
		if (expected !== undefined && expected.join() !== shape.join())
			throw new Error(`${chosen}: ${tensor} came out as [${shape.join()}], expected [${expected.join()}]`);
	}
	recordAll(plan, outputs);
}

function recordAll(plan: PassPlan, outputs: Parameters<PassPlan["record"]>[1]): void {
	const labels = Int32Array.from({ length: batchSize }, (_, image) => image % 2);
	for (const index of plan.questions.keys()) plan.record(index, outputs, { index: 0, images: batchSize, labels });
}

/** Elements of a tensor, and multiply-adds an image. */
const largestRun = 2 ** 23;
const mostOperations = 2 ** 29;

function pixels(seed: number): () => number {
	const source = random(seed, 2);
	return () => source.between(-1, 1);
}

let device: Device | undefined;

/** Its threads live as long as the process. */
function deviceOfThis(): Device {
	device ??= openDevice("cpu", { name: "cpu", runtimeVersion: "", threads: 1, logSeverity: 4 });
	return device;
}
