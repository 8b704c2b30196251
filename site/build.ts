/**
 * Builds the site from measured reports: pages, data files, still images and assets, into a new folder beside the old
 * one, which it then replaces. Where anything fails, the last good site stays as it is.
 */
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { ImageSet } from "../src/data/imageSet.ts";
import { SightlineError } from "../src/errors.ts";
import type { ZooModelResult } from "../src/report/queryResult.ts";
import type { ReportData } from "../src/report/runReport.ts";
import { figuresOf, siteModel } from "./charted.ts";
import { galleryPath, writeGallery } from "./gallery.ts";
import type { PlaygroundKind, SiteChart, SiteData } from "./siteData.ts";
import { writeStills } from "./stills/writeStills.ts";
import { writePages } from "./writePages.ts";
import { defaultPlaygroundDir, writePlayground } from "./writePlayground.ts";

export interface SiteOptions {
	readonly reports: readonly ReportData[];
	/** Those that get a page. */
	readonly models: readonly ZooModelResult[];
	/** Those that the site shows examples of; none where it is left out. */
	readonly imageSets?: readonly ImageSet[];
	/** Folder of the site; what is there is replaced. */
	readonly outDir: string;
	/** Where drawn images are kept from build to build. */
	readonly stillsDir: string;
	/** Who answers in the playground; none where it is null. */
	readonly playground?: PlaygroundKind | null;
	/** Where the site will be published, with a slash at the end; what needs whole addresses is left out without it. */
	readonly siteUrl?: string | null;
	/** Folder that `bundleAssets` made. */
	readonly assetsDir?: string;
	/** Folder that `buildPlayground` made, for one that is published. */
	readonly playgroundDir?: string;
}

export interface BuiltSite {
	readonly outDir: string;
	readonly files: number;
	/** Of all files. */
	readonly digest: string;
	readonly seconds: number;
}

/** @throws SightlineError STORAGE where a folder cannot be written or assets are missing */
export async function buildSite(options: SiteOptions): Promise<BuiltSite> {
	const start = performance.now();
	const outDir = resolve(options.outDir);
	const { reports, models, imageSets = [], stillsDir, playground = null, siteUrl = null } = options;
	const { assetsDir = defaultAssetsDir(), playgroundDir = defaultPlaygroundDir() } = options;
	const figures = reports.flatMap(figuresOf);
	const charted = models.map(siteModel);
	const building = await newFolderBeside(outDir);
	try {
		await copyAssets(assetsDir, join(building, "assets"));
		const gallery = await writeGallery(imageSets, join(building, galleryPath), resolve(stillsDir));
		const site: SiteData = { reports, models, gallery, playground, siteUrl };
		// Side by side: of a chart that is drawn already there is only to wait for the disk. None goes on behind a failure.
		const draw = (chart: SiteChart) => writeStills(chart, join(building, chart.path), resolve(stillsDir));
		for (const drawn of await Promise.allSettled([...figures, ...charted].map(draw)))
			if (drawn.status === "rejected") throw drawn.reason;
		// Last: a report as one file carries assets and stills.
		await writePages(site, figures, charted, building);
		if (playground === "published") {
			await writePlayground(figures, building, { playgroundDir, cacheDir: resolve(stillsDir) });
		}
		const files = await filesIn(building);
		const digest = await digestOfFiles(building, files);
		await tellDigest(building, files, digest);
		await swap(building, outDir);
		return { outDir, files: files.length + 1, digest, seconds: (performance.now() - start) / 1000 };
	} catch (cause) {
		await rm(building, { recursive: true, force: true });
		if (cause instanceof SightlineError) throw cause;
		throw new SightlineError("STORAGE", `the site was not built: ${messageOf(cause)}`, {
			hint: `What was in ${outDir} before is still there.`,
			cause,
		});
	}
}

/** From the folder on, in an order of their own. */
async function filesIn(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)))
		.sort();
}

/** Of all files, before any of them tells it. */
async function digestOfFiles(folder: string, files: readonly string[]): Promise<string> {
	const sha256 = (content: string | Buffer) => createHash("sha256").update(content).digest("hex");
	const digests = await Promise.all(files.map(async (file) => [file, sha256(await readFile(join(folder, file)))]));
	return sha256(JSON.stringify(digests));
}

/** Each page tells which build it is of: when the newest is another, by a value or a template, it loads itself again. */
async function tellDigest(folder: string, files: readonly string[], digest: string): Promise<void> {
	for (const file of files.filter((name) => name.endsWith(".html"))) {
		const page = await readFile(join(folder, file), "utf8");
		const told = page.replace('data-digest=""', `data-digest="${digest}"`);
		if (told !== page) await writeFile(join(folder, file), told);
	}
	await writeFile(join(folder, "build.json"), JSON.stringify({ digest }));
}

async function newFolderBeside(outDir: string): Promise<string> {
	try {
		await mkdir(dirname(outDir), { recursive: true });
		return await mkdtemp(join(dirname(outDir), `.${basename(outDir)}-`));
	} catch (cause) {
		throw new SightlineError("STORAGE", `the site cannot be written to ${outDir}: ${messageOf(cause)}`, {
			hint: "Name another folder.",
			cause,
		});
	}
}

/** Compiled code has its assets beside it; sources use those of the last compilation. */
function defaultAssetsDir(): string {
	const folder = import.meta.url.endsWith(".ts") ? "../dist/site/assets/" : "./assets/";
	return fileURLToPath(new URL(folder, import.meta.url));
}

async function copyAssets(from: string, to: string): Promise<void> {
	try {
		await stat(join(from, "sightline-figure.js"));
	} catch (cause) {
		throw new SightlineError("STORAGE", `no assets of the site in ${from}`, { hint: "Run: npm run build", cause });
	}
	await cp(from, to, { recursive: true });
}

/** Puts the new folder in the old one's place; puts the old one back if that fails. */
async function swap(building: string, outDir: string): Promise<void> {
	const old = `${building}-old`;
	const had = await rename(outDir, old).then(
		() => true,
		(error: NodeJS.ErrnoException) => {
			if (error.code === "ENOENT") return false;
			throw error;
		},
	);
	try {
		await rename(building, outDir);
	} catch (error) {
		if (had) await rename(old, outDir);
		throw error;
	}
	await rm(old, { recursive: true, force: true });
}

function messageOf(cause: unknown): string {
	return cause instanceof Error ? cause.message : String(cause);
}
