/** Writes the still images of a chart, from a cache where the same one was drawn before. */
import { createHash } from "node:crypto";
import { copyFile, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { themes } from "../charts/theme.ts";
import type { SiteChart } from "../siteData.ts";
import { drawPdf, drawPng, drawSvg, type StillText } from "./drawStill.ts";

/** Goes up when the same figure would be drawn differently. */
const drawingVersion = 8;

/** @param cacheDir drawn images by the digest of what is on them */
export async function writeStills(chart: SiteChart, folder: string, cacheDir: string): Promise<void> {
	const { id, spec, alt, footer } = chart;
	const text: StillText = { id, title: alt, footer };
	const stills: readonly [name: string, draw: () => string | Buffer][] = [
		["figure.svg", () => drawSvg(spec, themes.light, text)],
		["figure-dark.svg", () => drawSvg(spec, themes.dark, { ...text, id: `${text.id}-dark` })],
		["figure.png", () => drawPng(spec, themes.light, text)],
		["figure.pdf", () => drawPdf(spec, themes.light, text)],
	];
	await mkdir(folder, { recursive: true });
	await mkdir(cacheDir, { recursive: true });
	const content = createHash("sha256").update(JSON.stringify([drawingVersion, spec, text]));
	for (const [name, draw] of stills) {
		const digest = content.copy().update(name).digest("hex");
		const cached = join(cacheDir, `${digest.slice(0, 32)}-${name}`);
		const target = join(folder, name);
		try {
			await copyFile(cached, target);
		} catch {
			// Not drawn yet. Renamed into place, so that nobody ever copies half an image.
			const drawn = draw();
			await writeFile(target, drawn);
			await writeFile(`${cached}.${process.pid}`, drawn);
			await rename(`${cached}.${process.pid}`, cached);
		}
	}
}
