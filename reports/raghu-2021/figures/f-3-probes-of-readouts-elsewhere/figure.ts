/** Fig. F.3 of the paper: Fig. 11's readouts on images that the models were not trained for. */
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { type FirstTokenCurve, probeAxes, probeProvenance, type ReadoutCurves, readoutSeries } from "../../probes.ts";

interface Data {
	readonly vit: ReadoutCurves;
	readonly vitGap: FirstTokenCurve & Pick<ReadoutCurves, "mean">;
}

export const probesOfReadoutsElsewhere = defineFigure<Data>({
	id: "f-3-probes-of-readouts-elsewhere",
	title: "Linear probes of class token and pooled tokens, on other images",
	alt: "Line chart of the accuracy of linear probes over depth on shifted images, for five readouts of two vision transformers.",
	howToRead:
		"Read it like the second panel of Figure 11: the legend names how a model was trained, then what the classifier reads. Curves that lie together mean that it does not matter which of the two is read.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	bearsOn: ["C29", "C30", "C31"],
	chart: ({ vit, vitGap }) => ({
		kind: "lines",
		...probeAxes,
		seriesName: "readout",
		panels: [
			{
				title: "Trained; read",
				series: readoutSeries(vit, vitGap),
				references: [],
			},
		],
	}),
	provenance: ({ vit, vitGap }) =>
		probeProvenance([vit.cls, vit.mean, vit.meanWithCls, vitGap.firstToken, vitGap.mean]),
});
