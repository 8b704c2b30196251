import { mkdir, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { loadImage } from "@napi-rs/canvas";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { check } from "linkinator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildSite } from "../../site/build.ts";
import type { JudgedCheck } from "../../src/report/check.ts";
import { type SyntheticSite, syntheticReport, syntheticSite } from "../support/syntheticSite.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

let site: SyntheticSite;
beforeAll(async () => {
	site = await syntheticSite();
});
afterAll(() => site?.remove());

const figure = "raghu-2021/03-attention-distance";
const read = (path: string) => readFile(join(site.outDir, path), "utf8");

async function filesOf(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
		.sort();
}

const validator = new HtmlValidate(
	new StaticConfigLoader({
		root: true,
		extends: ["html-validate:standard", "html-validate:a11y"],
		elements: ["html5", { "sightline-figure": { flow: true, phrasing: true, permittedContent: ["@phrasing"] } }],
		rules: { "no-trailing-whitespace": "off", "long-title": "off" },
	}),
);

async function mistakesIn(page: string, file: string): Promise<string[]> {
	const { results } = await validator.validateString(page, file);
	return results.flatMap(({ messages }) => messages.map(({ line, message }) => `${file}:${line} ${message}`));
}

describe("the pages", () => {
	/** Digests renumbered and long digits cut: what may differ from machine to machine. */
	const steady = (text: string) => {
		const digests = [...new Set(text.match(/\b[0-9a-f]{64}\b/g) ?? [])];
		return digests
			.reduce((result, digest, index) => result.replaceAll(digest, `digest-${index}`), text)
			.replace(/-?\d+\.\d{5,}/g, (number) => Number(number).toPrecision(5))
			.replace(/\d+\.\d MB/g, "some MB");
	};
	const golden: Readonly<Record<string, string>> = {
		"index.html": "index.html",
		"figure-1.html": "raghu-2021/01-within-model-similarity/index.html",
		"figure-2.html": "raghu-2021/02-cross-model-similarity/index.html",
		"figure-3.html": `${figure}/index.html`,
		"figure-3-embed.html": `${figure}/embed.html`,
		"figure-3.json": `${figure}/figure.json`,
		"figure-3.csv": `${figure}/data.csv`,
		"claims.html": "raghu-2021/claims/index.html",
		"side-by-side.html": "raghu-2021/side-by-side/index.html",
		"images.html": "images/index.html",
		"method.html": "method/index.html",
		"glossary.html": "glossary/index.html",
		"models.html": "models/index.html",
		"model-vit-s-gap.html": "models/vit-s-gap/index.html",
		"model-vit-s-gap.csv": "models/vit-s-gap/data.csv",
	};

	it.each(Object.entries(golden))("%s is as it was looked at (vitest -u accepts a change)", async (name, path) => {
		await expect(steady(await read(path))).toMatchFileSnapshot(`../golden/site/${name}`);
	});

	it("have no golden file too many", async () => {
		expect(await filesOf(join(import.meta.dirname, "../golden/site"))).toEqual(Object.keys(golden).sort());
	});

	it("come with every file a figure shall have", async () => {
		const outputs = [
			"data.csv",
			"embed.html",
			"figure-dark.svg",
			"figure.json",
			"figure.pdf",
			"figure.png",
			"figure.svg",
			"index.html",
		];
		const files = await filesOf(site.outDir);
		expect(files).toContain("raghu-2021/report.html");
		for (const { id } of site.report.figures)
			expect(files.filter((file) => file.startsWith(`raghu-2021/${id}/`))).toEqual(
				outputs.map((name) => `raghu-2021/${id}/${name}`),
			);
		for (const { id } of site.models)
			expect(files.filter((file) => file.startsWith(`models/${id}/`))).toEqual(
				outputs.filter((name) => name !== "embed.html").map((name) => `models/${id}/${name}`),
			);
	});

	it("are valid HTML", async () => {
		const files = (await filesOf(site.outDir)).filter((name) => name.endsWith(".html"));
		for (const file of files) expect(await mistakesIn(await read(file), file)).toEqual([]);
	});

	it("link only to what is there, below a path too", async () => {
		const root = await temporaryFolder();
		await mkdir(join(root, "some/path"), { recursive: true });
		await buildSite({ ...site, reports: [site.report], outDir: join(root, "some/path/site") });
		const result = await check({
			path: "some/path/site/",
			serverRoot: root,
			recurse: true,
			linksToSkip: ["^https?://(?!localhost)"],
		});
		expect(result.links.filter((link) => link.state === "BROKEN").map((link) => link.url)).toEqual([]);
		expect(result.links.length).toBeGreaterThan(20);
	});

	it("name no other host in anything that a browser loads by itself", async () => {
		for (const file of (await filesOf(site.outDir)).filter((name) => /\.(html|css)$/.test(name))) {
			const loaded = [...(await read(file)).matchAll(/(?:src|srcset|url\(|<link[^>]*href)[="(]+([^")\s]+)/g)].map(
				(match) => match[1],
			);
			expect(loaded.filter((address) => /^(?:https?:)?\/\//.test(address ?? ""))).toEqual([]);
		}
	});

	it("print a claim that fails as failed", async () => {
		expect(await read(`${figure}/index.html`)).toMatch(
			/C10.*In the highest blocks.*class="verdict fails">does not hold/,
		);
	});
});

describe("the pages of a gate of somebody's own models", () => {
	const check: Omit<JudgedCheck, "id" | "interval" | "reason" | "verdict"> = {
		...{ sentence: "The least CKA of a block", digits: 4, bound: "atLeast", threshold: 0.99, optional: false },
	};
	const checks: readonly JudgedCheck[] = [
		{ ...check, id: "blockCka", interval: { value: 0.95, low: 0.94, high: 0.96 }, reason: null, verdict: "missed" },
		{ ...check, id: "another", interval: null, reason: "no <labels>", verdict: "not measured" },
	];

	it("tell the checks and the report.json, and nothing of claims, a paper or models that come along", async () => {
		const outDir = join(await temporaryFolder(), "site");
		const figures = site.report.figures.slice(0, 1).map((figure) => ({ ...figure, claims: [] }));
		const file = { template: "model-diff", models: { before: "a", after: "b" }, images: {} };
		const report = { ...site.report, source: null, checks, figures, file };
		await buildSite({ ...site, reports: [report], models: [], outDir });
		const pages = (await filesOf(outDir)).filter((name) => name.endsWith("index.html"));
		for (const name of pages) expect(await mistakesIn(await readFile(join(outDir, name), "utf8"), name)).toEqual([]);
		const index = await readFile(join(outDir, "index.html"), "utf8");
		expect(index).toContain("1 of 2 checks is missed.");
		expect(index).toMatch(/blockCka<\/code><\/th><td>0\.9500<\/td><td>0\.9400 to 0\.9600<\/td><td>at least 0\.99/);
		expect(index).toContain("no &#60;labels&#62;");
		expect(index).toMatch(
			/report\.json[\s\S]*&#34;before&#34;: &#34;a&#34;[\s\S]*sightline report --config report\.json/,
		);
		expect(index).not.toMatch(/Claims<|cite the paper|models\/index/);
		const about = ["glossary/index.html", "images/index.html", "index.html", "method/index.html"];
		const own = ["01-within-model-similarity", "side-by-side"].map((folder) => `raghu-2021/${folder}/index.html`);
		expect(pages).toEqual([...about, ...own]);
	});
});

describe("a site whose address is known", () => {
	const address = "https://example.org/some/path/";
	let outDir: string;
	beforeAll(async () => {
		outDir = join(site.folder, "published");
		await buildSite({ ...site, outDir, reports: [site.report], siteUrl: address });
	});
	const readPublished = (path: string) => readFile(join(outDir, path), "utf8");

	it("tells those who link to a figure its title, its picture and its size", async () => {
		const page = await readPublished(`${figure}/index.html`);
		const metas = Object.fromEntries(
			[...page.matchAll(/<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">/g)].map(
				([, name, content]) => [name, content],
			),
		);
		const image = await loadImage(join(outDir, figure, "figure.png"));
		expect(metas).toMatchObject({
			"og:type": "article",
			"og:title": "Figure 3. Mean attention distance of heads · Sightline",
			"og:description": site.report.figures[2]?.alt,
			"og:url": `${address}${figure}/`,
			"og:image": `${address}${figure}/figure.png`,
			"og:image:width": String(image.width),
			"og:image:height": String(image.height),
			"og:image:alt": site.report.figures[2]?.alt,
			"twitter:card": "summary_large_image",
		});
		expect(page).toContain(`<link rel="canonical" href="${address}${figure}/">`);
		expect(await readPublished(`${figure}/embed.html`)).toContain(`<link rel="canonical" href="${address}${figure}/">`);
	});

	it("answers oEmbed for each figure with the frame of its page", async () => {
		const page = await readPublished(`${figure}/index.html`);
		const [, link = ""] = /type="application\/json\+oembed" href="([^"]+)"/.exec(page) ?? [];
		expect(link.startsWith(address)).toBe(true);
		const answer = JSON.parse(await readPublished(link.slice(address.length)));
		expect(answer).toMatchObject({ version: "1.0", type: "rich", provider_url: address, width: 1024, height: 498 });
		expect(answer.html).toMatch(new RegExp(`^<iframe src="${address}${figure}/embed.html" .*</iframe>$`));
		expect(await filesOf(outDir)).toContain(answer.thumbnail_url.slice(address.length));
	});

	it("is named where its report is cited", async () => {
		expect(await readPublished("index.html")).toContain(`url     = {${address}#raghu-2021}`);
		expect(await readPublished("raghu-2021/report.html")).toContain(`<a href="${address}#raghu-2021">`);
	});

	it("has what another without one lacks, and no other page or file", async () => {
		const [here, there] = [await filesOf(site.outDir), await filesOf(outDir)];
		expect(there.filter((file) => !here.includes(file))).toEqual(
			site.report.figures.map(({ id }) => `raghu-2021/${id}/oembed.json`),
		);
		expect(await read(`${figure}/index.html`)).not.toMatch(/canonical|oembed|og:image|og:url/);
	});
});

describe("what a reader loads", () => {
	const packed = async (path: string) => gzipSync(await read(path)).length;

	it("is less than 300 kB for the first page, packed, without data and pictures", async () => {
		const files = [
			"index.html",
			"assets/site.css",
			"assets/sightline-figure.js",
			"assets/page.js",
			"assets/icon.svg",
			"assets/inter-latin-400-normal.woff2",
			"assets/inter-latin-600-normal.woff2",
		];
		const sizes = await Promise.all(files.map(packed));
		expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(300_000);
	});

	it("is less than 100 kB for the element on a page of somebody else's, packed", async () => {
		expect(await packed("assets/sightline-figure.js")).toBeLessThan(100_000);
	});

	it("is, for a report in one file, its figures once and the assets, letters and all", async () => {
		const whole = await read("raghu-2021/report.html");
		const sizeOf = async (path: string) => (await stat(join(site.outDir, path))).size;
		const parts = site.report.figures.flatMap(({ id }) =>
			["figure.svg", "figure.json", "index.html"].map((name) => sizeOf(`raghu-2021/${id}/${name}`)),
		);
		const assets = (await readdir(join(site.outDir, "assets"))).map((name) => sizeOf(`assets/${name}`));
		const total = (await Promise.all([...parts, ...assets])).reduce((sum, size) => sum + size);
		expect(whole.length).toBeLessThan(total);
		expect(whole.match(/data:font\/woff2/g)).toHaveLength(2);
	});
});

describe("buildSite", () => {
	it("leaves the last good site where a build fails", async () => {
		const outDir = join(await temporaryFolder(), "site");
		await mkdir(outDir);
		await writeFile(join(outDir, "index.html"), "the last good one");
		// Stills are drawn into the new site; the folder that keeps them is a file.
		const stillsDir = join(outDir, "index.html");
		await expect(buildSite({ ...site, outDir, stillsDir, reports: [site.report] })).rejects.toMatchObject({
			code: "STORAGE",
			message: expect.stringContaining("not built"),
		});
		expect(await readFile(join(outDir, "index.html"), "utf8")).toBe("the last good one");
		expect(await readdir(join(outDir, ".."))).toEqual(["site"]);
	});

	it("says which folder lacks the assets, and what to do", async () => {
		const folder = await temporaryFolder();
		const build = buildSite({ ...site, reports: [site.report], outDir: join(folder, "site"), assetsDir: folder });
		await expect(build).rejects.toMatchObject({
			code: "STORAGE",
			message: expect.stringContaining(folder),
			hint: "Run: npm run build",
		});
	});

	it("says so where the folder cannot be made", async () => {
		const folder = await temporaryFolder();
		await writeFile(join(folder, "file"), "");
		const build = buildSite({ ...site, reports: [site.report], outDir: join(folder, "file/site") });
		await expect(build).rejects.toMatchObject({ code: "STORAGE", hint: "Name another folder." });
	});

	it("draws a still once: the second build takes it from the cache", async () => {
		const outDir = join(await temporaryFolder(), "site");
		const [name] = (await readdir(site.stillsDir)).filter((file) => file.endsWith(".png"));
		const cached = join(site.stillsDir, name ?? "");
		const longAgo = new Date(1_000_000_000_000);
		await utimes(cached, longAgo, longAgo);
		await buildSite({ ...site, reports: [site.report], outDir });
		expect((await stat(cached)).mtimeMs).toBe(longAgo.getTime());
		expect(await filesOf(outDir)).toEqual(await filesOf(site.outDir));
	});

	it("gives another digest when other images were measured, and the same for the same", async () => {
		const outDir = join(await temporaryFolder(), "site");
		const build = async (count: number) =>
			(await buildSite({ ...site, reports: [await syntheticReport(count)], outDir })).digest;
		const [first, again, other] = [await build(512), await build(512), await build(1024)];
		expect(again).toBe(first);
		expect(other).not.toBe(first);
	});
});
