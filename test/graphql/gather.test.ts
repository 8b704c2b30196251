import { expect, test } from "vitest";
import type { Engine, MeasuredRecords } from "../../src/engine/engine.ts";
import { createGatherer } from "../../src/graphql/gather.ts";
import type { Measurement } from "../../src/plan/measurement.ts";

const never = new AbortController().signal;

function measurement(model: string, metric: string, images: Partial<Measurement["images"]> = {}): Measurement {
	return {
		model: { id: model, digest: model, anatomyVersion: 1, preprocessing: "none", precision: "float32" },
		metric: { name: metric, version: 1 },
		parameters: { tokens: "all", variant: "paper" },
		layers: [],
		images: { set: "leaves", split: "test", digest: "leaves 1", count: 64, batchSize: 16, ...images },
	};
}

/** An engine that answers each question with its measurements and keeps a list of what it was asked. */
function listeningEngine(answer: (asked: readonly Measurement[]) => Promise<unknown> = async (asked) => asked) {
	const questions: (readonly Measurement[])[] = [];
	const engine = {
		measure: (asked: readonly Measurement[]) => {
			questions.push(asked);
			// The gatherer hands answers on without reading them.
			return answer(asked) as Promise<readonly MeasuredRecords[]>;
		},
	} as unknown as Engine; // the gatherer only measures
	return { engine, questions, gatherer: createGatherer(engine, { signal: never, maxImages: 1000 }) };
}

function later<Value>(turns: number, value: Value): Promise<Value> {
	return turns === 0
		? Promise.resolve(value)
		: new Promise((resolve) => setImmediate(() => resolve(later(turns - 1, value))));
}

test("what is asked in one turn, at any depth of promises, is one question", async () => {
	const { gatherer, questions } = listeningEngine();
	const first = gatherer.measure(measurement("a", "accuracy"));
	const deeper = Promise.resolve()
		.then(() => Promise.resolve())
		.then(() => gatherer.measure(measurement("b", "linearCka")));
	await Promise.all([first, deeper]);
	expect(questions.map((asked) => asked.map(({ model }) => model.id))).toEqual([["a", "b"]]);
});

test("a model that takes many turns to open holds the question back", async () => {
	const { gatherer, questions } = listeningEngine();
	const quick = gatherer.measure(measurement("a", "accuracy"));
	const slow = gatherer.prepare(later(20, "b")).then((id) => gatherer.measure(measurement(id, "accuracy")));
	await Promise.all([quick, slow]);
	expect(questions).toHaveLength(1);
});

test("a model that cannot be opened does not keep the others waiting", async () => {
	const { gatherer } = listeningEngine();
	const answered = gatherer.measure(measurement("a", "accuracy"));
	await expect(
		gatherer.prepare(later(3, null).then(() => Promise.reject(new Error("no such file")))),
	).rejects.toThrow();
	await expect(answered).resolves.toMatchObject({ metric: { name: "accuracy" } });
});

test("the same measurement asked twice is asked once", async () => {
	const { gatherer, questions } = listeningEngine();
	const answers = await Promise.all([
		gatherer.measure(measurement("a", "accuracy")),
		gatherer.measure(measurement("a", "accuracy")),
		gatherer.measure(measurement("a", "accuracy", { count: 32 })),
	]);
	expect(questions.flat()).toHaveLength(2);
	expect(answers[0]).toBe(answers[1]);
});

test("what comes after an answer is a question of its own", async () => {
	const { gatherer, questions } = listeningEngine();
	await gatherer.measure(measurement("a", "accuracy"));
	await gatherer.measure(measurement("a", "linearCka"));
	expect(questions).toHaveLength(2);
});

test("an engine that fails fails every field that waits for it", async () => {
	const { gatherer } = listeningEngine(() => Promise.reject(new Error("no memory")));
	const asked = [gatherer.measure(measurement("a", "accuracy")), gatherer.measure(measurement("b", "accuracy"))];
	expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});

test("images are counted by pass: the longest of what shares one", async () => {
	const { gatherer, questions } = listeningEngine();
	await Promise.all([
		gatherer.measure(measurement("a", "accuracy", { count: 600 })),
		gatherer.measure(measurement("a", "linearCka", { count: 600 })),
	]);
	expect(questions).toHaveLength(1);
});

test("more images than one question may send through models are refused before any pass", async () => {
	const { gatherer, questions } = listeningEngine();
	const asked = [8, 16].map((batchSize) => gatherer.measure(measurement("a", "accuracy", { count: 600, batchSize })));
	await expect(Promise.all(asked)).rejects.toMatchObject({
		code: "LIMIT",
		message: "the operation sends 1200 images through models in 2 passes; at most 1000 are allowed",
	});
	await Promise.allSettled(asked);
	expect(questions).toEqual([]);
});
