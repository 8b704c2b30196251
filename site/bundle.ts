/** Makes the files that browsers load: scripts, styles, letters and icon in one folder. Part of the build. */
import { copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export async function bundleAssets(outDir: string): Promise<void> {
	await mkdir(outDir, { recursive: true });
	await build({
		entryPoints: {
			"sightline-figure": beside("browser/sightlineFigure.ts"),
			"sightline-pair": beside("browser/sightlinePair.ts"),
			page: beside("browser/page.ts"),
		},
		outdir: outDir,
		bundle: true,
		minify: true,
		format: "esm",
		target: "es2022",
		legalComments: "none",
		logLevel: "error",
	});
	const letters = createRequire(import.meta.url);
	const files = [
		beside("assets/site.css"),
		beside("assets/icon.svg"),
		letters.resolve("@fontsource/inter/files/inter-latin-400-normal.woff2"),
		letters.resolve("@fontsource/inter/files/inter-latin-600-normal.woff2"),
	];
	for (const file of files) await copyFile(file, join(outDir, basename(file)));
}

function beside(path: string): string {
	return fileURLToPath(new URL(path, import.meta.url));
}
