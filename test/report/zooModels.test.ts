import { parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { trainingCurve } from "../../src/report/trainingCurve.ts";
import { readZoo, zooQuery } from "../../src/report/zooModels.ts";
import { schema, syntheticExecute } from "../support/syntheticApi.ts";

describe("readZoo", () => {
	it("asks only for what the schema has", () => {
		expect(validate(schema, parse(zooQuery))).toEqual([]);
	});

	it("gives the models that have a card", async () => {
		const execute = syntheticExecute();
		const { data } = await execute(zooQuery, {});
		const models = [data?.models ?? [], { id: "own", card: null }].flat();
		const found = await readZoo(async () => ({ data: { models } }));
		expect(found.map(({ id }) => id)).toEqual(["vit-s", "vit-s-gap", "resnet-s"]);
	});

	it("is refused with the hint of the API where the API refuses", async () => {
		const errors = [{ message: "no weights", extensions: { code: "STORAGE", hint: "Fetch them." } }];
		await expect(readZoo(async () => ({ errors }))).rejects.toMatchObject({
			code: "STORAGE",
			message: "models that come along: no weights",
			hint: "Fetch them.",
		});
	});
});

describe("trainingCurve", () => {
	it("is in percent over thousands of images, without points where validation images were not looked at", () => {
		const curve = [
			{ imagesSeen: 32_000, seconds: 60, trainAccuracy: 0.1234, validationAccuracy: null },
			{ imagesSeen: 64_000, seconds: 120, trainAccuracy: 0.5, validationAccuracy: 0.45675 },
		];
		const [panel] = trainingCurve("ViT", { curve }).panels;
		expect(panel?.series.map(({ points }) => points.map(({ x, y }) => [x, y]))).toEqual([
			[
				[32, 12.34],
				[64, 50],
			],
			[[64, 45.68]],
		]);
	});
});
