import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Tensor as DeviceInput, InferenceSession } from "onnxruntime-node";
import { expect, test } from "vitest";
import { encodeModel } from "../../src/onnx/encode.ts";
import type { Node } from "../../src/onnx/model.ts";
import { type PassPlan, planPass } from "../../src/plan/pass.ts";
import { elementCount } from "../../src/tensor/tensor.ts";
import { questions } from "../bench/questions.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { untrained } from "../support/untrained.ts";

const common = { imageSide: 32, classes: 5, normEpsilon: 1e-6 } as const;
const vit = { ...common, patch: 8, width: 16, depth: 4, heads: 2, mlpRatio: 2, pooling: "cls" } as const;
const stem = { kernel: 3, width: 8, pooling: false } as const;

test.each([
	untrained("vit", { family: "vit", ...vit }),
	untrained("vit-gap", { family: "vit", ...vit, pooling: "gap" }),
	untrained("resnet", { family: "resnet", ...common, stem, width: 8, units: [2, 2] }),
])("of $identity.id ONNX Runtime reduces each layer before it computes deeper ones", async (open) => {
	const batchSize = 8;
	const plan = planPass(open, questions(open, batchSize, batchSize), "cpu");
	const ran = await nodesRun(plan);
	const depthOf = new Map(open.model.graph.nodes.map(({ name }, depth) => [name, depth]));
	const neededBy = depthsOfOutputs(open.model.graph.nodes, plan.model.graph.nodes);
	let [deepest, reduced] = [-1, 0];
	for (const name of ran) {
		// The runtime renames what it lays out anew.
		deepest = Math.max(deepest, depthOf.get(name.replace("_nchwc", "")) ?? -1);
		const needed = neededBy.get(name);
		// What reads the pixels alone is no layer.
		if (needed === undefined || needed < 0) continue;
		expect(needed, name).toBeGreaterThanOrEqual(deepest);
		reduced++;
	}
	expect(deepest).toBeGreaterThan(open.model.graph.nodes.length / 2);
	expect(reduced).toBeGreaterThan(open.anatomy.layers.length);
});

/** By the name of each node that makes an output: the last node of the model that it needs. */
function depthsOfOutputs(model: readonly Node[], instrumented: readonly Node[]): ReadonlyMap<string, number> {
	const depths = new Map(model.flatMap(({ outputs }, depth) => outputs.map((tensor) => [tensor, depth] as const)));
	const read = new Set(instrumented.flatMap(({ inputs }) => inputs));
	const found = new Map<string, number>();
	for (const { name, inputs, outputs } of instrumented) {
		const depth = Math.max(-1, ...inputs.map((tensor) => depths.get(tensor) ?? -1));
		for (const tensor of outputs) if (!depths.has(tensor)) depths.set(tensor, depth);
		if (outputs.every((tensor) => !read.has(tensor))) found.set(name, depth);
	}
	return found;
}

/** In the order in which they ran: ONNX Runtime's profile is a list of events, one of them for each kernel. */
async function nodesRun({ model, input, outputs }: PassPlan): Promise<readonly string[]> {
	const folder = await temporaryFolder();
	const session = await InferenceSession.create(encodeModel(model), {
		...{ enableProfiling: true, profileFilePrefix: join(folder, "profile"), logSeverityLevel: 3 },
	});
	const pixels = new Float32Array(elementCount(input.shape)).map((_, at) => Math.sin(at));
	await session.run({ [input.tensor]: new DeviceInput("float32", pixels, input.shape) }, [...outputs]);
	session.endProfiling();
	await session.release();
	const [file = ""] = await readdir(folder);
	const events: readonly { readonly name: string; readonly ts: number }[] = JSON.parse(
		await readFile(join(folder, file), "utf8"),
	);
	const kernels = events.filter(({ name }) => name.endsWith(kernelTime)).sort((a, b) => a.ts - b.ts);
	return kernels.map(({ name }) => name.slice(0, -kernelTime.length));
}

const kernelTime = "_kernel_time";
