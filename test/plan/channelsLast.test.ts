/** A network whose maps have their channels last is measured as the same with its channels first. */
import { expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { random } from "../../src/numerics/random.ts";
import type { Model } from "../../src/onnx/model.ts";
import type { Measurement } from "../../src/plan/measurement.ts";
import { planPass } from "../../src/plan/pass.ts";
import { tinyResnet } from "../anatomy/models.ts";
import { channelsLast } from "../anatomy/mutations.ts";
import { runPass } from "../support/runPass.ts";

const first = tinyResnet();
const last = channelsLast(first);
const outputs = ["blocks.0.output", "blocks.1.output", "blocks.2.output"];

type Asked = Omit<Measurement, "model" | "images">;
const ask = (name: string, version: number, parameters: Asked["parameters"], layers: Asked["layers"] = []): Asked => ({
	metric: { name, version },
	parameters,
	layers,
});

const questions: readonly Asked[] = [
	ask("linearCka", 1, { tokens: "all" }, outputs),
	ask("linearCka", 1, { tokens: "mean" }, outputs),
	ask("linearCka", 1, { tokens: "spatial" }, outputs),
	ask("localization", 1, { patchPx: "grid" }, outputs),
	ask("linearProbe", 1, { readout: "mean", patchFlatten: false }, outputs),
	ask("linearProbe", 1, { readout: "tokens", patchFlatten: true }, outputs),
	ask("receptiveField", 1, { taps: "before", variant: "jacobian", channels: "all" }),
	ask("receptiveField", 1, { taps: "after", variant: "channelSum", channels: "all" }),
	ask("residualNorms", 1, {}),
];

async function recordsOf(model: Model, asked: Asked) {
	const anatomy = findAnatomy(model);
	const identity = { id: "cnn", digest: "", anatomyVersion: anatomy.version, preprocessing: "" } as const;
	const open = { model, anatomy, identity: { ...identity, precision: "float32" } as const };
	const images = { set: "", split: "", digest: "", count: 8, batchSize: 8 };
	const source = random(7, 7);
	const pixels = Float32Array.from({ length: 8 * 3 * 16 * 16 }, () => source.between(-1, 1));
	const batch = { index: 0, images: 8, labels: new Int32Array(8), pixels };
	const [found] = await runPass(planPass(open, [{ model: open.identity, ...asked, images }], "cpu"), [batch]);
	return Array.from(found?.records[0]?.values ?? []);
}

test("its blocks' outputs are told to have their channels last", () => {
	const laidOut = (model: Model) =>
		findAnatomy(model)
			.layers.filter(({ kind }) => kind === "output")
			.map(({ shape, channelsLast: isLast = false }) => [...shape, isLast]);
	expect(laidOut(first)).toEqual([
		[16, 8, 8, false],
		[16, 8, 8, false],
		[32, 4, 4, false],
	]);
	expect(laidOut(last)).toEqual([
		[8, 8, 16, true],
		[8, 8, 16, true],
		[4, 4, 32, true],
	]);
});

test.each(questions)("$metric.name with $parameters", async (asked) => {
	const [expected, found] = [await recordsOf(first, asked), await recordsOf(last, asked)];
	expect(expected.length).toBeGreaterThan(0);
	expect(found.length).toBe(expected.length);
	const scale = Math.max(...expected.map(Math.abs));
	for (const [i, value] of found.entries()) expect(Math.abs(value - (expected[i] ?? 0)) / scale).toBeLessThan(1e-5);
});
