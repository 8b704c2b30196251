import { expect, it } from "vitest";
import { figuresOf } from "../../site/charted.ts";
import { pairAddress, pairGroups, pairOfFigure } from "../../site/pairs.ts";
import type { ReportData } from "../../src/report/runReport.ts";
import { syntheticReport } from "../support/syntheticSite.ts";

/** What can stand side by side where the report has these figures, by their places, which may be told twice. */
async function groupsOf(...places: readonly number[]) {
	const made = await syntheticReport();
	const figures = places.flatMap((at, copy) => {
		const figure = made.figures[at];
		return figure === undefined ? [] : { ...figure, id: figure.id.replace(/^[^-]+/, String(copy + 1)) };
	});
	const report: ReportData = { ...made, figures };
	const site = figuresOf(report);
	return { report, site, groups: pairGroups(report, site) };
}

it("panels of one quantity stand side by side, whatever figures they are of", async () => {
	const { groups } = await groupsOf(0, 1, 2);
	expect(groups.map(({ what }) => what)).toEqual(["Linear CKA", "Mean attention distance (px)"]);
	expect(groups[0]?.panels.map(({ label }) => label)).toEqual([
		"ViT-S (Figure 1)",
		"ViT-S GAP (Figure 1)",
		"ResNet-S (Figure 1)",
		"ViT-S × ResNet-S (Figure 2)",
		"ViT-S GAP × ResNet-S (Figure 2)",
	]);
});

it("what two figures show alike stands there once, and both lead to it", async () => {
	const { groups, site } = await groupsOf(2, 2);
	expect(groups[0]?.panels.map(({ label }) => label)).toEqual(["ViT-S (Figure 1)", "ViT-S GAP (Figure 1)"]);
	expect(site.map((figure) => pairOfFigure(groups, figure)?.label)).toEqual(["ViT-S (Figure 1)", "ViT-S (Figure 1)"]);
});

it("two kinds of picture of one quantity are told apart", async () => {
	const { report, site } = await groupsOf(0, 2);
	const named = site.map((figure) => {
		const { spec } = figure;
		return { ...figure, spec: spec.kind === "lines" ? { ...spec, y: { ...spec.y, title: "Linear CKA" } } : spec };
	});
	expect(pairGroups(report, named).map(({ what }) => what)).toEqual(["Linear CKA, as a map", "Linear CKA, by block"]);
});

it("a panel that is alone with its quantity is left out", async () => {
	const { groups, site } = await groupsOf(4);
	expect(site[0]?.spec.panels).toHaveLength(1);
	expect(groups).toEqual([]);
});

it("a figure leads to the page with its first panel chosen", async () => {
	const { report, groups, site } = await groupsOf(0, 1);
	const panel = site[1] === undefined ? null : pairOfFigure(groups, site[1]);
	if (panel === null) throw new Error("it stands alone");
	expect(panel).toMatchObject({ path: site[1]?.path, panel: 0 });
	const address = new URL(pairAddress("raghu-2021/2-x/", report, panel), "https://example.org/raghu-2021/2-x/");
	expect(address.pathname).toBe("/raghu-2021/side-by-side/index.html");
	expect(new URLSearchParams(address.hash.slice(1)).get("first")).toBe("ViT-S × ResNet-S (Figure 2)");
});
