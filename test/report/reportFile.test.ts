import { describe, expect, it } from "vitest";
import { templates } from "../../reports/index.ts";
import { parseReportFile } from "../../src/report/reportFile.ts";
import { runReport } from "../../src/report/runReport.ts";
import { syntheticExecute } from "../support/syntheticApi.ts";
import { threeFigures } from "../support/syntheticSite.ts";

const parse = (value: unknown) => parseReportFile(value, "report.json", templates, (id) => `<${id}>`);

describe("parseReportFile", () => {
	it("reads what a report is made of; ids and paths are taken as the reader places them", () => {
		const { template, choices } = parse({
			template: "model-diff",
			title: "Ours",
			models: { before: "a", after: "./b.onnx" },
			images: { set: "photographs", split: "test", count: 64, batchSize: 16 },
			figures: ["1", "5"],
			checks: { blockCka: 0.9, accuracyDrop: false },
		});
		expect(template.id).toBe("model-diff");
		expect(choices).toEqual({
			title: "Ours",
			models: [
				{ role: "before", id: "<a>" },
				{ role: "after", id: "<./b.onnx>" },
			],
			images: { set: "<photographs>", split: "test", count: 64, batchSize: 16 },
			figures: ["1", "5"],
			checks: { blockCka: 0.9, accuracyDrop: false },
		});
	});

	it("takes models as a list and images as a set alone", () => {
		expect(parse({ template: "raghu-2021", models: ["a", "b"], images: "photographs" }).choices).toEqual({
			models: [
				{ role: null, id: "<a>" },
				{ role: null, id: "<b>" },
			],
			images: { set: "<photographs>" },
		});
	});

	it.each([
		[{ template: "model-dif" }, { code: "NOT_FOUND", hint: "Did you mean model-diff?" }],
		[{}, { message: "report.json.template is missing, expected a text" }],
		[{ template: "model-diff", model: [] }, { hint: "Did you mean models?" }],
		[{ template: "model-diff", images: { sett: "a" } }, { hint: "Did you mean set?" }],
		[{ template: "model-diff", images: { count: 0 } }, { message: expect.stringMatching(/images\.count is 0/) }],
		[
			{ template: "model-diff", models: [] },
			{ message: expect.stringMatching(/models is \[\], expected a list of one/) },
		],
		[{ template: "model-diff", models: { before: 1 } }, { message: expect.stringMatching(/models\.before is 1/) }],
		[{ template: "model-diff", checks: { blockCka: true } }, { message: expect.stringMatching(/a number, or false/) }],
		[{ template: "model-diff", checks: { blockCka: "1" } }, { message: expect.stringMatching(/blockCka is "1"/) }],
		[[], { message: "report.json is [], expected an object" }],
	])("refuses %j, with what is wrong", (value, error) => {
		expect(() => parse(value)).toThrow(expect.objectContaining(error));
	});
});

describe("the file of a report", () => {
	it("says all that was chosen, and makes the same report", async () => {
		const models = [
			{ role: null, id: "vit-s" },
			{ role: "resnet", id: "resnet-s" },
		];
		const one = await runReport(threeFigures, syntheticExecute(), { title: "Ours", models, images: { count: 300 } });
		expect(one.file).toEqual({
			template: "raghu-2021",
			title: "Ours",
			models: { vit: "vit-s", resnet: "resnet-s" },
			images: { set: "leaves", split: "test", count: 300, batchSize: 64 },
		});
		const { choices } = parseReportFile(JSON.parse(JSON.stringify(one.file)), "report.json", templates, (id) => id);
		expect(await runReport(threeFigures, syntheticExecute(), choices)).toEqual(one);
	});
});
