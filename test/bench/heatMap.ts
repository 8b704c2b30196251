/** Milliseconds until a page shows a heat map of 100 x 100 cells, from where the element is put into it. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleAssets } from "../../site/bundle.ts";
import type { ChartFile } from "../../site/pages/figureFile.ts";
import type { Axis } from "../../src/report/figureSpec.ts";
import { launchBrowser, noBrowser, serveFolder } from "../support/browser.ts";
import { median } from "./median.ts";

export interface HeatMapTimes {
	/** The first on a page: data and letters are fetched too. */
	readonly firstMs: number;
	/** Median of those after it. */
	readonly medianMs: number;
}

/** @returns null without a browser */
export async function measureHeatMap(cells = 100, repeats = 9): Promise<HeatMapTimes | null> {
	if (noBrowser !== null) return null;
	const folder = await mkdtemp(join(tmpdir(), "sightline-bench-"));
	const [browser, server] = await Promise.all([launchBrowser(), serveFolder(folder)]);
	try {
		await bundleAssets(join(folder, "assets"));
		await writeFile(join(folder, "figure.json"), JSON.stringify(chart(cells)));
		await writeFile(
			join(folder, "index.html"),
			'<!DOCTYPE html><title>Heat map</title><script type="module" src="assets/sightline-figure.js"></script>',
		);
		const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
		await page.goto(`${server.url}/index.html`, { waitUntil: "networkidle" });
		const times: number[] = [];
		for (let repeat = 0; repeat <= repeats; repeat++) times.push(await page.evaluate(shown));
		const [firstMs = Number.NaN, ...others] = times;
		return { firstMs, medianMs: median(others) };
	} finally {
		await browser.close();
		server.close();
		await rm(folder, { recursive: true });
	}
}

/**
 * From a new element to the frame after its canvas was drawn. It runs in the page, where the wrapper of named functions that
 * a compiler puts in is not there: hence none inside.
 */
async function shown(): Promise<number> {
	document.body.replaceChildren();
	const start = performance.now();
	const figure = document.createElement("sightline-figure");
	figure.setAttribute("src", "figure.json");
	document.body.append(figure);
	do {
		if (performance.now() - start > 30_000) throw new Error("the heat map was not drawn within 30 s");
		await new Promise((resolve) => requestAnimationFrame(resolve));
	} while (!figure.shadowRoot?.querySelector("canvas"));
	await new Promise((resolve) => requestAnimationFrame(resolve));
	return performance.now() - start;
}

/** A smooth pattern, so that no two cells are alike. */
function chart(cells: number): ChartFile {
	const steps = Array.from({ length: cells }, (_, index) => `blocks.${index}`);
	const axis: Axis = { title: "Layer", steps, groups: [] };
	const values = steps.map((_, row) =>
		steps.map((_, column) => 0.5 + 0.5 * Math.cos((row - column) / 9) * Math.cos(row / 31)),
	);
	return {
		format: 2,
		...{ id: "figure-1", title: "Heat map", alt: "A heat map.", footer: "made up" },
		spec: {
			kind: "heatMap",
			quantity: "linear CKA",
			scale: { from: 0, to: 1, colours: "magma" },
			panels: [
				{
					title: "a model",
					rows: axis,
					columns: axis,
					values,
					standardErrors: values.map((row) => row.map(() => 0.01)),
				},
			],
		},
	};
}
