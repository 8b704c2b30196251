/** What of the measured data is drawn, and where it stands in the site. */
import { createHash } from "node:crypto";
import { figureNumber } from "../src/report/figureNumber.ts";
import type { ZooModelResult } from "../src/report/queryResult.ts";
import type { ReportData } from "../src/report/runReport.ts";
import { trainingCurve } from "../src/report/trainingCurve.ts";
import { counted } from "./charts/numbers.ts";
import { basisOf } from "./parts/provenance.ts";
import { modelPath, type SiteFigure, type SiteModel } from "./siteData.ts";
import { stillSize } from "./stills/drawStill.ts";

export function figuresOf(report: ReportData): SiteFigure[] {
	const reportDigest = createHash("sha256")
		.update(JSON.stringify(shown(report)))
		.digest("hex");
	return report.figures.map((figure) => {
		const { title, alt, spec, provenance } = figure;
		const number = figureNumber(figure.id);
		return {
			id: `figure-${number.replace(".", "-")}`,
			title,
			alt,
			spec,
			footer: `${basisOf(provenance)} · Sightline, ${report.id}`,
			path: `${report.id}/${figure.id}/`,
			...stillSize(spec),
			report,
			figure,
			reportDigest,
			number,
		};
	});
}

/** Without the raw answers: what is shown was made from them, and they are by far the most of it. */
function shown({ figures, ...report }: ReportData): object {
	return { ...report, figures: figures.map(({ result: _, ...figure }) => figure) };
}

export function siteModel(model: ZooModelResult): SiteModel {
	const { id, title, card } = model;
	const spec = trainingCurve(title, card);
	return {
		id: `curve-${id}`,
		title: `The training of ${title}`,
		alt: `Line chart of the accuracy of ${title} on training and validation images as it was trained.`,
		footer: `${counted(card.imagesDistinct)} different training images (${card.imageSet}) · Sightline, ${id}`,
		spec,
		path: modelPath(id),
		...stillSize(spec),
		model,
	};
}
