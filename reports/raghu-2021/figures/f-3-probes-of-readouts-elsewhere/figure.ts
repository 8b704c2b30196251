/** Fig. F.3 of the paper: Fig. 11's readouts on images that the models were not trained for. */
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { type ProbeCurve, probeAxes, probeProvenance, probeSeries } from "../../probes.ts";

interface Data {
	readonly vit: { readonly cls: ProbeCurve; readonly mean: ProbeCurve; readonly meanWithCls: ProbeCurve };
	readonly vitGap: { readonly firstToken: ProbeCurve; readonly mean: ProbeCurve };
}

export const probesOfReadoutsElsewhere = defineFigure<Data>({
	id: "f-3-probes-of-readouts-elsewhere",
	title: "Linear probes of class token and pooled tokens, on other images",
	alt: "Line chart of the accuracy of linear probes over depth on shifted images, for five readouts of two vision transformers.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	chart: ({ vit, vitGap }) => ({
		kind: "lines",
		...probeAxes,
		seriesName: "readout",
		panels: [
			{
				title: "Trained; read",
				series: [
					probeSeries("CLS; class token", vit.cls),
					probeSeries("CLS; mean of the others", vit.mean),
					probeSeries("CLS; mean of all", vit.meanWithCls),
					probeSeries("GAP; first token", vitGap.firstToken),
					probeSeries("GAP; mean", vitGap.mean),
				],
				references: [],
			},
		],
	}),
	provenance: ({ vit, vitGap }) =>
		probeProvenance([vit.cls, vit.mean, vit.meanWithCls, vitGap.firstToken, vitGap.mean]),
});
