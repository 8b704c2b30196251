/**
 * Every measurement on networks as other programs export them, with random weights and random pixels: what applies gives
 * numbers, and what does not says why.
 */
import { describe, expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { random } from "../../src/numerics/random.ts";
import { standardForm } from "../../src/onnx/standard/standardForm.ts";
import { applicabilityOf, widestQuestion } from "../../src/plan/applicability.ts";
import { type PlannedModel, planPass } from "../../src/plan/pass.ts";
import { exportedModel } from "../support/exports.ts";
import { runPass } from "../support/runPass.ts";

const forward = ["linearCka", "accuracy", "prediction", "localization", "linearProbe"];
const attention = ["attentionDistance", "attentionEntropy", "attentionMap"];
const stream = ["receptiveField", "residualNorms", "skipAblation"];
const noAttention = /it has no attention whose weights the graph holds/;
const windows = /block 0 attends within \d+ windows, so no head sees the whole grid/;
const merged = /the output of block 2 is \[256, 48\], not one vector for each of 1024 tokens/;
const noAdditions = /it has no residual additions/;
const rounded = /rounding has no slope, so no gradient is known/;
const absent = (names: readonly string[], reason: RegExp) => Object.fromEntries(names.map((name) => [name, reason]));

describe.each([
	["convnext.timm.traced", [...forward, ...stream], absent([...attention, "headSubsetCka"], noAttention)],
	["convnext.torchvision.exported", [...forward, ...stream], absent([...attention, "headSubsetCka"], noAttention)],
	["swin.timm.exported", forward, { ...absent([...attention, "headSubsetCka"], windows), ...absent(stream, merged) }],
	["mobilenetv3.timm.traced", [...forward, ...stream], absent([...attention, "headSubsetCka"], noAttention)],
	["mobilenetv3.keras.traced", [...forward, ...stream], absent([...attention, "headSubsetCka"], noAttention)],
	["dinov2.timm.exported", [...forward, ...attention, ...stream, "headSubsetCka"], {}],
	[
		"densenet.timm.traced",
		forward,
		{ ...absent([...attention, "headSubsetCka"], noAttention), ...absent(stream, noAdditions) },
	],
	[
		"vgg.keras.traced",
		forward,
		{ ...absent([...attention, "headSubsetCka"], noAttention), ...absent(stream, noAdditions) },
	],
	[
		"vit.timm.qdq",
		[...forward, ...attention, "residualNorms", "skipAblation", "headSubsetCka"],
		absent(["receptiveField"], rounded),
	],
	["vit.handmade.microsoft", [...forward, ...attention, ...stream, "headSubsetCka"], {}],
] as const)("%s", (name, applying, absences) => {
	const open = openExport(name);
	const found = applicabilityOf(open);

	test("says of every measurement that it applies, or why not", () => {
		const reasons = found.filter(({ reason }) => reason !== null);
		expect(
			found
				.filter(({ reason }) => reason === null)
				.map(({ measurement }) => measurement)
				.sort(),
		).toEqual([...applying].sort());
		expect(Object.fromEntries(reasons.map(({ measurement, reason }) => [measurement, reason]))).toEqual(
			Object.fromEntries(Object.entries(absences).map(([key, words]) => [key, expect.stringMatching(words)])),
		);
	});

	test("gives numbers wherever one applies", async () => {
		const metrics = applying.filter((measurement) => measurement !== "headSubsetCka" && measurement !== "skipAblation");
		const images = { set: "", split: "", digest: "", count: 8, batchSize: 4 };
		const asked = metrics.map((metric) => ({ model: open.identity, ...widestQuestion(open.anatomy, metric), images }));
		const records = await runPass(planPass(open, asked, "cpu"), batchesFor(open));
		for (const [i, { records: own }] of records.entries()) {
			expect([metrics[i], own.length]).toEqual([metrics[i], 2]);
			for (const { values } of own) {
				expect([metrics[i], values.length > 0]).toEqual([metrics[i], true]);
				expect([metrics[i], values.every(Number.isFinite)]).toEqual([metrics[i], true]);
			}
		}
	});
});

function openExport(name: string): PlannedModel {
	const model = standardForm(exportedModel(name));
	const anatomy = findAnatomy(model);
	const identity = { id: name, digest: name, anatomyVersion: anatomy.version, preprocessing: "" } as const;
	return { model, anatomy, identity: { ...identity, precision: "float32" } };
}

/** Two batches of four. */
function batchesFor({ anatomy }: PlannedModel) {
	const { channels, height, width } = anatomy.input;
	const source = random(3, 3);
	return [0, 1].map((index) => ({
		index,
		images: 4,
		labels: Int32Array.from([0, 1, 2, 3]),
		pixels: Float32Array.from({ length: 4 * channels * height * width }, () => source.between(-1, 1)),
	}));
}
