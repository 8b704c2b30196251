/** What of the measured data is drawn, and where it stands in the site. */
import type { ZooModelResult } from "../src/report/queryResult.ts";
import type { ReportData } from "../src/report/runReport.ts";
import { trainingCurve } from "../src/report/trainingCurve.ts";
import { counted } from "./charts/numbers.ts";
import { modelPath, type SiteFigure, type SiteModel } from "./siteData.ts";
import { stillSize } from "./stills/drawStill.ts";

export function figuresOf(report: ReportData): SiteFigure[] {
	return report.figures.map((figure) => {
		const { title, alt, spec, provenance } = figure;
		const { imagesUsed, batchSizes, images, seeds } = provenance;
		const number = numberOf(figure.id);
		return {
			id: `figure-${number.replace(".", "-")}`,
			title,
			alt,
			spec,
			footer: `n = ${imagesUsed} images (${images.join(", ")}; seed ${seeds.join(", ")}; batches of ${batchSizes.join(", ")}) · Sightline, ${report.id}`,
			path: `${report.id}/${figure.id}/`,
			...stillSize(spec),
			report,
			figure,
			number,
		};
	});
}

/** As in the paper, parts with a letter: "01-within-model-similarity" is 1, "07b-..." 7b, "c-4-..." C.4. */
export function numberOf(id: string): string {
	const [, letter, number = ""] = /^(?:([a-z])-)?0?(\d+[a-z]?)-/.exec(id) ?? [];
	return letter === undefined ? number : `${letter.toUpperCase()}.${number}`;
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
