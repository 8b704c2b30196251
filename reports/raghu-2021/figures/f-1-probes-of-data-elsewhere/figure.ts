/** Fig. F.1 of the paper: Fig. 13 by training data, on images that the models were not trained for; claim C36. */
import type { Claim } from "../../../../src/report/claim.ts";
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { dataGapRule, dataGapTest } from "../../probeClaims.ts";
import { modelSeries, type ProbedModel, probeAxes, probeProvenance } from "../../probes.ts";

interface Data {
	readonly vit: ProbedModel;
	readonly vitLittle: ProbedModel;
	readonly vitLarge: ProbedModel;
	readonly vitLargeLittle: ProbedModel;
}

const elsewhere: Claim<Data> = {
	id: "C36",
	sentence: "What more data and what larger ViTs gain in the middle layers is gained on other images too.",
	rule: `On images that the models were not trained for: ${dataGapRule} Figure F.2 shows the other half, by model.`,
	paper: "CIFAR-10 and CIFAR-100; only the axes can be read.",
	cases: [
		{
			label: "$vitLarge and $vitLarge3",
			tests: [
				dataGapTest<Data>(
					({ vitLarge }) => vitLarge.mean,
					({ vitLargeLittle }) => vitLargeLittle.mean,
				),
			],
		},
		{
			label: "$vit and $vit3",
			tests: [
				dataGapTest<Data>(
					({ vit }) => vit.mean,
					({ vitLittle }) => vitLittle.mean,
				),
			],
		},
	],
};

export const probesOfDataElsewhere = defineFigure<Data>({
	id: "f-1-probes-of-data-elsewhere",
	title: "Linear probes by training data, on other images",
	alt: "Line charts of the accuracy of linear probes over depth on shifted images, for two vision transformers trained on all and on few images.",
	howToRead:
		"Read it like Figure 13: higher is better, rightwards is deeper. If the curves part in the middle here too, what more data taught is of use for images that the models never saw.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [elsewhere],
	chart: (data) => ({
		kind: "lines",
		...probeAxes,
		seriesName: "model",
		panels: [
			{ title: "Larger model", series: modelSeries([data.vitLarge, data.vitLargeLittle]), references: [] },
			{ title: "Smaller model", series: modelSeries([data.vit, data.vitLittle]), references: [] },
		],
	}),
	provenance: (data) => probeProvenance(Object.values(data).map(({ mean }: ProbedModel) => mean)),
});
