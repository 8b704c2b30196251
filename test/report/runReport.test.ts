import { parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { templates as reports } from "../../reports/index.ts";
import type { Execute } from "../../src/report/execute.ts";
import { mergeQueries } from "../../src/report/mergeQueries.ts";
import { runReport } from "../../src/report/runReport.ts";
import { schema, syntheticExecute } from "../support/syntheticApi.ts";
import { threeFigures } from "../support/syntheticSite.ts";

const images = { set: "leaves", split: "test", count: 512, batchSize: 64 };
const choices = { images };

describe("every report", () => {
	const queries = reports.flatMap((report) => [
		...report.figures.map((figure) => [`${report.id}, ${figure.id}`, figure.query] as const),
	]);
	it.each(queries)("%s asks only for what the schema has", (_name, query) => {
		expect(validate(schema, parse(query))).toEqual([]);
	});

	it.each(reports.map((report) => [report.id, report] as const))(
		"%s can be asked for as one request",
		(_id, report) => {
			const merged = mergeQueries(report.figures.map((figure) => figure.query));
			expect(validate(schema, parse(merged.query))).toEqual([]);
		},
	);

	it.each(reports.map((report) => [report.id, report] as const))(
		"%s has one id a figure and a claim",
		(_id, report) => {
			const figures = report.figures.map((figure) => figure.id);
			const claims = report.figures.flatMap((figure) => figure.claims.map((claim) => claim.id));
			expect(new Set(figures).size).toBe(figures.length);
			expect(new Set(claims).size).toBe(claims.length);
		},
	);
});

describe("runReport", () => {
	it("asks once for everything", async () => {
		let requests = 0;
		const execute = syntheticExecute();
		const counting: Execute = (query, variables) => {
			requests++;
			return execute(query, variables);
		};
		await runReport(threeFigures, counting, choices);
		// The first asks which models and images there are.
		expect(requests).toBe(2);
	});

	it("judges made-up models by the rules", async () => {
		const report = await runReport(threeFigures, syntheticExecute(), choices);
		const verdicts = report.figures.flatMap((figure) => figure.claims.map((claim) => [claim.id, claim.verdict]));
		// The made-up ViT spans less depth than the ResNet and ends half-way up it; its last block but one has a head at .83.
		expect(Object.fromEntries(verdicts)).toMatchObject({
			C1: "holds",
			C3: "holds",
			C4: "does not hold",
			C9: "holds",
			C10: "does not hold",
		});
	});

	it("has no verdict on similarity below 4 batches, and says why", async () => {
		const report = await runReport(threeFigures, syntheticExecute(), { images: { ...images, count: 192 } });
		const claim = report.figures[0]?.claims[0];
		expect(claim?.verdict).toBe("not applicable");
		expect(claim?.cases[0]?.tests[0]?.reason).toMatch(/at least 4 batches/);
	});

	it("states what the values rest on", async () => {
		const report = await runReport(threeFigures, syntheticExecute(), { images: { ...images, count: 500 } });
		expect(report.figures[0]?.provenance).toMatchObject({ imagesAsked: 500, imagesUsed: 448, seeds: [7] });
	});

	it("stops at a query that fails, with the figure's name, the code and the hint", async () => {
		const known = syntheticExecute();
		const execute: Execute = async (query, variables) =>
			query.startsWith("query Choices") ? known(query, variables) : refusal;
		const refusal = {
			data: null,
			errors: [
				{
					message: "no such model",
					path: ["q3_vit", "blocks"],
					extensions: { code: "NOT_FOUND", hint: "Did you mean vit-s?" },
				},
			],
		};
		await expect(runReport(threeFigures, execute, choices)).rejects.toMatchObject({
			code: "NOT_FOUND",
			message: "report raghu-2021, figure 03-attention-distance: no such model",
			hint: "Did you mean vit-s?",
		});
	});

	it("goes without the figures whose models are not there, and names them", async () => {
		const [figure] = threeFigures.figures;
		if (figure === undefined) throw new Error("no figure");
		const further = {
			...figure,
			id: "99-larger",
			query: "query Larger($vitLarge: ID!) { model(id: $vitLarge) { id } }",
		};
		const report = await runReport({ ...threeFigures, figures: [figure, further] }, syntheticExecute(), choices);
		expect(report.figures.map(({ id }) => id)).toEqual([figure.id]);
		expect(report.models.map(({ id }) => id)).toEqual(["vit-s", "vit-s-gap", "resnet-s"]);
		expect(report.omitted).toEqual([
			{ id: "99-larger", title: figure.title, reason: "It needs models that are not there: vit-l." },
		]);
	});

	it("is refused where no model is there", async () => {
		const known = syntheticExecute();
		const execute: Execute = async (query, variables) => {
			const { data } = await known(query, variables);
			return { data: { ...data, models: [{ id: "another" }] } };
		};
		await expect(runReport(threeFigures, execute, choices)).rejects.toMatchObject({
			message: "report raghu-2021: none of its figures can be made",
			hint: expect.stringContaining("vit-s"),
		});
	});
});
