import { beforeAll, describe, expect, it } from "vitest";
import { figuresOf } from "../../../site/charted.ts";
import { figureCitation, reportBibtex } from "../../../site/parts/citations.ts";
import type { SiteData, SiteFigure } from "../../../site/siteData.ts";
import { syntheticReport } from "../../support/syntheticSite.ts";

const site: SiteData = { reports: [], models: [], gallery: [], playground: null, siteUrl: null };
const published: SiteData = { ...site, siteUrl: "https://example.org/sightline/" };
let figure: SiteFigure;
beforeAll(async () => {
	[figure] = figuresOf(await syntheticReport()) as [SiteFigure];
});

describe("a report is cited", () => {
	it("with the year and day when it was last measured, the version that measured it and the digest of its data", () => {
		const entry = reportBibtex(site, figure);
		expect(entry).toMatch(/^@misc\{sightline-raghu-2021,\n/);
		expect(entry).toContain("year    = {2026}");
		expect(entry).toContain("month   = {1}");
		expect(entry).toContain("version = {0.0.0}");
		expect(entry).toContain(`Measured on 2026-01-02. SHA-256 of the report: ${figure.reportDigest}`);
		expect(entry).not.toContain("url");
	});

	it("with its address where that is known", () => {
		expect(reportBibtex(published, figure)).toContain("url     = {https://example.org/sightline/#raghu-2021}");
	});

	it("with a title that TeX prints as it is", () => {
		const report = { ...figure.report, title: "A_1 & 50 % {of} C:\\models~" };
		expect(reportBibtex(site, { ...figure, report })).toContain(
			"title   = {A\\_1 \\& 50 \\% \\{of\\} C:\\textbackslash{}models\\textasciitilde{} (measured with Sightline)}",
		);
	});
});

describe("a figure is cited", () => {
	it("with what it rests on and the digests of report and models", () => {
		const line = figureCitation(published, figure);
		expect(line).toContain('Figure 1, "Similarity of layers within a model", in "Do Vision Transformers');
		expect(line).toContain("Sightline 0.0.0, 2026-01-02");
		expect(line).toContain("n = 512 images");
		expect(line).toContain("seed 7");
		expect(line).toContain(figure.reportDigest);
		for (const digest of figure.figure.provenance.modelDigests) expect(line).toContain(digest.slice(0, 12));
		expect(line).toMatch(/ https:\/\/example\.org\/sightline\/raghu-2021\/01-within-model-similarity\/$/);
	});

	it("of a report with other data, by another digest", async () => {
		const [other] = figuresOf(await syntheticReport(1024));
		expect(other?.reportDigest).not.toBe(figure.reportDigest);
	});
});
