import { parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { templates as reports } from "../../reports/index.ts";
import { modelDiff } from "../../reports/model-diff/report.ts";
import { raghu2021 } from "../../reports/raghu-2021/report.ts";
import type { Execute } from "../../src/report/execute.ts";
import { figureNumber } from "../../src/report/figureNumber.ts";
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

	it.each(reports.filter(({ sections }) => sections !== undefined).map((report) => [report.id, report] as const))(
		"%s tells each of its main figures once in its story, and no other",
		(_id, report) => {
			const told = (report.sections ?? []).flatMap(({ figures }) => figures);
			const main = report.figures.map(({ id }) => figureNumber(id)).filter((number) => !number.includes("."));
			expect(told).toEqual(main);
		},
	);
});

describe("the figures of the paper", () => {
	it.each(raghu2021.figures.map((figure) => [figure.id, figure] as const))(
		"%s says in two sentences how to read it",
		(_id, { howToRead }) => {
			expect(howToRead?.match(/[^.]\.(?= [A-Z]|$)/g)).toHaveLength(2);
		},
	);

	it("bear on claims that others of them test, or test claims, but for that of sizes, of which the paper claims nothing", () => {
		const tested = raghu2021.figures.flatMap(({ id, claims }) => claims.map((claim) => ({ figure: id, id: claim.id })));
		for (const { id, bearsOn = [] } of raghu2021.figures) {
			const elsewhere = tested.filter(({ figure }) => figure !== id).map((claim) => claim.id);
			expect(elsewhere).toEqual(expect.arrayContaining([...bearsOn]));
		}
		const without = raghu2021.figures.filter(({ claims, bearsOn = [] }) => claims.length + bearsOn.length === 0);
		expect(without.map(({ id }) => id)).toEqual(["g-2-similarity-across-sizes"]);
	});

	it("come with all 39 claims of the ledger", () => {
		const ids = raghu2021.figures.flatMap(({ claims }) => claims.map(({ id }) => id.replace(/b$/, "")));
		expect([...new Set(ids)].sort()).toEqual(Array.from({ length: 39 }, (_, at) => `C${at + 1}`).sort());
	});
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
			{
				...{ id: "99-larger", title: figure.title, reason: "It needs models that are not there: vit-l." },
				claims: further.claims.map(({ id, sentence, rule, paper }) => ({ id, sentence, rule, paper })),
			},
		]);
	});

	describe("of models that somebody names", () => {
		const models = [
			{ role: null, id: "vit-s" },
			{ role: null, id: "resnet-s" },
		];

		it("shows them in every figure that can do with them, names them in claims, and leaves out the rest", async () => {
			const report = await runReport(threeFigures, syntheticExecute(), { models, images: { count: 512 } });
			expect(report.title).toBe("Do Vision Transformers See Like Convolutional Neural Networks?: ViT-S and ResNet-S");
			expect(report.figures.map(({ spec }) => spec.panels.map(({ title }) => title))).toEqual([
				["ViT-S", "ResNet-S"],
				["ViT-S × ResNet-S"],
				["ViT-S"],
			]);
			expect(report.figures.every(({ query }) => !query.includes("vitGap"))).toBe(true);
			const cases = report.figures.flatMap(({ claims }) => claims.flatMap((claim) => claim.cases));
			expect(new Set(cases.map(({ label }) => label))).toEqual(
				new Set(["ViT-S against ResNet-S", "ViT-S", "ResNet-S against ViT-S", "ViT-S with ResNet-S"]),
			);
		});

		it("says what a figure lacks that it cannot do without", async () => {
			const alone = models.slice(1);
			const report = await runReport(threeFigures, syntheticExecute(), { models: alone });
			expect(report.figures.map(({ id }) => id)).toEqual(["01-within-model-similarity"]);
			expect(report.omitted.map(({ reason }) => reason)).toEqual([
				"It needs models that were not named: a ViT (vit).",
				"It needs models that were not named: a ViT (vit).",
			]);
		});

		it("leaves out a figure without a single value, with the reason", async () => {
			const known = syntheticExecute();
			const execute: Execute = async (query, variables) => {
				const { data, errors } = await known(query, variables);
				const text = JSON.stringify(data).replace(
					/"meanPx":[^,]*,("standardErrorPx":[^,]*,"uniformPx":[^,]*),"reason":null/g,
					'"meanPx":null,$1,"reason":"attention is within windows"',
				);
				return { data: JSON.parse(text), errors };
			};
			const report = await runReport(threeFigures, execute, { models });
			expect(report.omitted).toMatchObject([
				{ id: "03-attention-distance", reason: "There are no values: attention is within windows." },
			]);
		});

		it("leaves out what cannot be asked of them, and asks for the rest once more", async () => {
			const known = syntheticExecute();
			let refusals = 0;
			const execute: Execute = async (query, variables) => {
				const path = /(q\d+_vit): model\(id: \$vit\) \{\s+\.\.\.q\d+_Heads/.exec(query)?.[1];
				if (path === undefined) return known(query, variables);
				refusals++;
				const extensions = { code: "BAD_INPUT" };
				return { data: null, errors: [{ message: "there is no block 7", path: [path, "blocks"], extensions }] };
			};
			const report = await runReport(threeFigures, execute, { models });
			expect(refusals).toBe(1);
			expect(report.figures).toHaveLength(2);
			expect(report.omitted).toMatchObject([{ reason: "It cannot be asked for: there is no block 7." }]);
		});

		it("stops at any other failure, with the figure's name", async () => {
			const known = syntheticExecute();
			const extensions = { code: "STORAGE" };
			const execute: Execute = async (query, variables) =>
				query.startsWith("query Choices")
					? known(query, variables)
					: { data: null, errors: [{ message: "the disk is full", path: ["q3_vit"], extensions }] };
			await expect(runReport(threeFigures, execute, { models })).rejects.toMatchObject({
				code: "STORAGE",
				message: "report raghu-2021, figure 03-attention-distance: the disk is full",
			});
		});

		it("names the model that is not there, and a check that is not one of the report's", async () => {
			const named = [{ role: null, id: "vit-q" }];
			await expect(runReport(threeFigures, syntheticExecute(), { models: named })).rejects.toThrow(/^vit-q: no model/);
			await expect(runReport(modelDiff, syntheticExecute(), { models, checks: { blockCKA: 1 } })).rejects.toMatchObject(
				{
					message: 'no check of model-diff "blockCKA"',
					hint: "Did you mean blockCka?",
				},
			);
		});
	});

	it("is refused where no model is there", async () => {
		const known = syntheticExecute();
		const execute: Execute = async (query, variables) => {
			const { data } = await known(query, variables);
			return { data: { ...data, models: [{ id: "another", roles: [] }] } };
		};
		await expect(runReport(threeFigures, execute, choices)).rejects.toMatchObject({
			message: "report raghu-2021: none of its figures can be made",
			hint: expect.stringContaining("vit-s"),
		});
	});
});
