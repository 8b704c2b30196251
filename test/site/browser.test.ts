import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { linesLayout } from "../../site/charts/lines.ts";
import { launchBrowser, noBrowser, serveFolder } from "../support/browser.ts";
import { csvRows } from "../support/pageNumbers.ts";
import { readPdf } from "../support/readPdf.ts";
import { type SyntheticSite, syntheticSite } from "../support/syntheticSite.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const heatMapPage = "raghu-2021/01-within-model-similarity/index.html";
const linesPage = "raghu-2021/03-attention-distance/index.html";
const depthPage = "raghu-2021/06-effective-receptive-fields/index.html";
const tokensPage = "raghu-2021/10-localization-without-class-token/index.html";
const pairsPage = "raghu-2021/side-by-side/index.html";
const modelPage = "models/vit-s/index.html";
const phone = { viewport: { width: 390, height: 844 } };
/** How many canvases each page draws at least. */
const pages = [
	["index.html", 0],
	[heatMapPage, 2],
	["raghu-2021/02-cross-model-similarity/index.html", 2],
	[linesPage, 2],
	["raghu-2021/03-attention-distance/embed.html", 2],
	[depthPage, 2],
	[tokensPage, 1],
	["raghu-2021/claims/index.html", 0],
	[pairsPage, 2],
	["models/index.html", 0],
	["images/index.html", 0],
	["method/index.html", 0],
	["glossary/index.html", 0],
	[modelPage, 1],
] as const;

describe.skipIf(noBrowser !== null)(`in a browser${noBrowser === null ? "" : ` (${noBrowser})`}`, () => {
	let site: SyntheticSite;
	let server: { url: string; close(): void };
	let browser: Browser;
	beforeAll(async () => {
		[site, browser] = await Promise.all([syntheticSite(), launchBrowser()]);
		server = await serveFolder(site.outDir);
	});
	afterAll(async () => {
		await browser?.close();
		server?.close();
		await site?.remove();
	});

	/** A page whose requests and complaints are written down. */
	async function open(url: string, options: BrowserContextOptions = {}) {
		const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
		onTestFinished(() => context.close());
		const page = await context.newPage();
		const requests: string[] = [];
		const complaints: string[] = [];
		page.on("request", (request) => requests.push(request.url()));
		page.on("console", (message) => message.type() !== "log" && complaints.push(message.text()));
		page.on("pageerror", (error) => complaints.push(String(error)));
		await page.goto(url);
		return { page, requests, complaints };
	}

	const drawn = async (page: Page, canvases: number) => {
		await page.locator("sightline-figure").first().scrollIntoViewIfNeeded();
		await page
			.locator("sightline-figure canvas")
			.nth(canvases - 1)
			.waitFor();
		// Charts are drawn in the frame after they have their size.
		await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
	};
	const picture = (page: Page, index: number) =>
		page
			.locator("sightline-figure canvas")
			.nth(index)
			.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

	it.each(pages)(
		"%s draws, asks no other host, complains of nothing and has no axe violation, light or dark",
		async (path, canvases) => {
			const { page, requests, complaints } = await open(`${server.url}/${path}`, { colorScheme: "light" });
			const name = path.replaceAll("/", "_");
			const violations = async (axe: AxeBuilder) =>
				(await axe.analyze()).violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
			if (canvases > 0) await drawn(page, canvases);
			await page.waitForLoadState("networkidle");
			expect(await violations(new AxeBuilder({ page }))).toEqual([]);
			await keepScreenshot(page, `${name}-light`);
			const light = canvases > 0 ? await picture(page, 0) : "";
			await page.emulateMedia({ colorScheme: "dark" });
			if (canvases > 0) await expect.poll(() => picture(page, 0), { timeout: 10_000 }).not.toBe(light);
			// The same page in other colours.
			expect(await violations(new AxeBuilder({ page }).withRules(["color-contrast", "link-in-text-block"]))).toEqual(
				[],
			);
			await keepScreenshot(page, `${name}-dark`);
			expect(requests.filter((url) => !url.startsWith(`${server.url}/`) && !url.startsWith("data:"))).toEqual([]);
			expect(complaints).toEqual([]);
		},
	);

	it("shows the still where scripts are off", async () => {
		const { page } = await open(`${server.url}/${heatMapPage}`, { javaScriptEnabled: false });
		const image = page.locator("sightline-figure img");
		expect(await image.isVisible()).toBe(true);
		const [box, alt] = [await image.boundingBox(), await image.getAttribute("alt")];
		expect(box?.width).toBeGreaterThan(600);
		expect(alt).toMatch(/[Hh]eat maps/);
		await keepScreenshot(page, "no-scripts");
		await page.setViewportSize(phone.viewport);
		expect((await image.boundingBox())?.width).toBeGreaterThan(1000);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
	});

	it.each(["index.html", linesPage, modelPage, pairsPage, "raghu-2021/report.html"])(
		"%s has no control that does nothing where scripts are off",
		async (path) => {
			const { page } = await open(`${server.url}/${path}`, { javaScriptEnabled: false });
			const controls = page.locator("button, input, select, textarea, [role=button], [role=slider]");
			expect(await controls.filter({ visible: true }).count()).toBe(0);
		},
	);

	it.each([heatMapPage, linesPage, depthPage, "raghu-2021/claims/index.html", "models/index.html"])(
		"%s shows all of a verdict or of a model on a phone, without a way sidewards",
		async (path) => {
			const { page } = await open(`${server.url}/${path}`, phone);
			const right = await page
				.locator(".statistics td, .entries td, .verdict")
				.evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().right));
			expect(right.length).toBeGreaterThan(5);
			expect(Math.max(...right)).toBeLessThanOrEqual(390);
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
			await keepScreenshot(page, `${path.replaceAll("/", "_")}-phone`);
		},
	);

	it("gives lines room beside their legend on a phone", async () => {
		const { page } = await open(`${server.url}/${linesPage}`, phone);
		await drawn(page, 2);
		const panel = await page.locator("sightline-figure .panel").first().boundingBox();
		expect(panel?.width).toBeLessThan(360);
		expect(panel?.height).toBeGreaterThanOrEqual(linesLayout.leastHeight);
	});

	it("prints a figure with its chart as lines, caption, claims and tables, and nothing to be clicked", async () => {
		const { page } = await open(`${server.url}/${linesPage}`, { colorScheme: "dark" });
		await drawn(page, 2);
		const pdf = readPdf(await page.pdf({ format: "A4" }));
		const figure = site.report.figures[2];
		for (const part of [
			"uniform attention",
			"The heads of a block are sorted by it",
			figure?.claims[0]?.sentence,
			figure?.claims[0]?.rule,
			"sorted, ± standard error (and which head)",
			"SHA-256",
			"@misc{sightline-raghu-2021",
		])
			expect(pdf.text).toContain((part ?? "missing").replace(/\s/g, ""));
		expect(pdf.text).not.toMatch(/Takeitalong|Putitonyourpage|playground|Copy/);
		expect(pdf.images).toEqual([]);
		await page.emulateMedia({ media: "print", colorScheme: "dark" });
		const controls = page.locator("button, input, .button, nav, canvas");
		expect(await controls.filter({ visible: true }).count()).toBe(0);
		// Two thirds of a page at most, so that it stands below its title.
		expect((await page.locator("figure.main img").boundingBox())?.height).toBeLessThan((2 / 3) * (297 / 25.4) * 96);
		await keepScreenshot(page, "print");
	});

	it("opens a report that is one file from a disk, with live charts and without a request", async () => {
		const file = join(await temporaryFolder(), "report.html");
		await copyFile(join(site.outDir, "raghu-2021/report.html"), file);
		const { page, requests, complaints } = await open(pathToFileURL(file).href, { colorScheme: "dark" });
		const figures = page.locator("sightline-figure");
		expect(await figures.count()).toBe(site.report.figures.length);
		for (const figure of await figures.all()) {
			await figure.scrollIntoViewIfNeeded();
			await figure.locator("canvas").first().waitFor();
		}
		await page.waitForLoadState("networkidle");
		expect(requests.filter((url) => !url.startsWith("data:"))).toEqual([pathToFileURL(file).href]);
		expect(complaints).toEqual([]);
		expect(await page.evaluate(() => [...document.fonts].map(({ status }) => status))).toEqual(["loaded", "loaded"]);
		const before = await picture(page, 0);
		await walked(page, ["ArrowRight"]);
		await expect.poll(() => picture(page, 0), { timeout: 10_000 }).not.toBe(before);
		const { violations } = await new AxeBuilder({ page }).analyze();
		expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
		await keepScreenshot(page, "one-file");
	});

	it("keeps the still where the data do not come", async () => {
		const context = await browser.newContext();
		onTestFinished(() => context.close());
		const page = await context.newPage();
		await page.route("**/figure.json", (route) => route.abort());
		await page.goto(`${server.url}/${heatMapPage}`);
		await page.waitForLoadState("networkidle");
		expect(await page.locator("sightline-figure img").isVisible()).toBe(true);
		expect(await page.locator("sightline-figure canvas").count()).toBe(0);
	});

	it("shows a tooltip on the cell under the pointer", async () => {
		const { page } = await open(`${server.url}/${heatMapPage}`);
		await drawn(page, 4);
		const before = await picture(page, 0);
		await page
			.locator("sightline-figure canvas")
			.first()
			.hover({ position: { x: 200, y: 150 } });
		await expect.poll(() => picture(page, 0), { timeout: 10_000 }).not.toBe(before);
		await keepScreenshot(page, "tooltip");
	});

	it("switches a series on by keyboard and keeps the focus", async () => {
		const { page } = await open(`${server.url}/${linesPage}`);
		await drawn(page, 2);
		const before = await picture(page, 0);
		const box = page.getByLabel("block 2");
		await box.focus();
		await page.keyboard.press("Space");
		await expect.poll(() => picture(page, 0), { timeout: 10_000 }).not.toBe(before);
		expect(await box.isChecked()).toBe(true);
		expect(await box.evaluate((element) => element.matches(":focus"))).toBe(true);
	});

	/** The values that a keyboard reaches: what is said of each, in the order in which it comes. */
	async function walked(page: Page, keys: readonly string[]): Promise<string[]> {
		await page.locator("sightline-figure .panel").first().focus();
		const live = page.locator("sightline-figure [aria-live]").first();
		const said: string[] = [];
		for (const key of keys) {
			await page.keyboard.press(key);
			said.push((await live.textContent()) ?? "");
		}
		return said;
	}

	it("reaches every value of a heat map by keyboard, and draws its tooltip", async () => {
		const { page } = await open(`${server.url}/${heatMapPage}`);
		await drawn(page, 4);
		const before = await picture(page, 0);
		const spec = site.report.figures[0]?.spec;
		const panel = spec?.kind === "heatMap" ? spec.panels[0] : undefined;
		const [rows, columns] = [panel?.rows.steps ?? [], panel?.columns.steps ?? []];
		expect(await walked(page, ["ArrowRight", "ArrowRight", "ArrowUp", "End", "Home"])).toEqual(
			[
				[0, 0],
				[0, 1],
				[1, 1],
				[1, columns.length - 1],
				[1, 0],
			].map(([row = 0, column = 0]) => expect.stringMatching(`^↑ ${rows[row]}, → ${columns[column]}, Linear CKA \\d`)),
		);
		await expect.poll(() => picture(page, 0), { timeout: 10_000 }).not.toBe(before);
		await page.keyboard.press("Escape");
		await expect.poll(() => picture(page, 0), { timeout: 10_000 }).toBe(before);
	});

	it("cuts a heat map through the row that is chosen, by keyboard and by a click", async () => {
		const { page } = await open(`${server.url}/${heatMapPage}`);
		await drawn(page, 4);
		const cut = page.locator("sightline-figure .cut .panel");
		expect(await cut.count()).toBe(0);
		await walked(page, ["ArrowRight", "ArrowUp", "Enter"]);
		expect(await cut.getAttribute("aria-label")).toMatch(/: row stem\.second/);
		await page
			.locator("sightline-figure canvas")
			.first()
			.click({ position: { x: 200, y: 60 } });
		await expect.poll(() => cut.getAttribute("aria-label"), { timeout: 10_000 }).toMatch(/: row blocks\.\d/);
		await keepScreenshot(page, "cut");
	});

	it("shows at a mark where that head looks", async () => {
		const { page } = await open(`${server.url}/${linesPage}`);
		await drawn(page, 2);
		await walked(page, ["ArrowRight", "ArrowRight"]);
		const map = page.locator("sightline-figure .point-map .panel");
		expect(await map.getAttribute("aria-label")).toMatch(/Mean attention weight/);
		await keepScreenshot(page, "head-map");
	});

	it("sets any two models side by side, in the address too, from a figure's page on", async () => {
		const { page } = await open(`${server.url}/raghu-2021/02-cross-model-similarity/index.html`);
		await page.getByRole("link", { name: "Side by side with another model" }).click();
		await drawn(page, 2);
		const titles = () =>
			page.locator("sightline-figure .panels .panel").evaluateAll((all) => all.map((panel) => panel.ariaLabel ?? ""));
		const [one, other] = [page.getByLabel("of", { exact: true }), page.getByLabel("beside", { exact: true })];
		expect(await one.inputValue()).toBe("ViT-S × ResNet-S (Figure 2)");
		await one.selectOption("ResNet-S (Figure 1)");
		await other.selectOption("ViT-S (Figure 1)");
		await expect.poll(async () => (await titles()).map((title) => title.split(":")[0])).toEqual(["ResNet-S", "ViT-S"]);
		const link = page.url();
		await page.getByLabel("Show").selectOption("Mean attention distance (px)");
		await expect.poll(() => one.inputValue()).toBe("ViT-S (Figure 3)");
		await drawn(page, 2);
		await expect
			.poll(() => page.locator("sightline-pair .note").textContent())
			.toMatch(/Figure 3.*n = 512 images.*Figure 3/);
		await keepScreenshot(page, "side-by-side");
		await page.goto("about:blank");
		await page.goto(link);
		await drawn(page, 2);
		expect([await one.inputValue(), await other.inputValue()]).toEqual(["ResNet-S (Figure 1)", "ViT-S (Figure 1)"]);
		// The way to the content leaves the choice as it is.
		await page.locator(".skip").focus();
		await page.keyboard.press("Enter");
		await expect.poll(() => page.url()).toBe(link);
		expect(await one.inputValue()).toBe("ResNet-S (Figure 1)");
	});

	it("tells that a panel to be set side by side could not be loaded, and does not draw another", async () => {
		const { page } = await open(`${server.url}/${pairsPage}`);
		await drawn(page, 2);
		await page.route("**/02-cross-model-similarity/figure.json", (route) => route.abort());
		await page.getByLabel("beside", { exact: true }).selectOption("ViT-S × ResNet-S (Figure 2)");
		await expect.poll(() => page.locator("sightline-pair .note").textContent()).toMatch(/could not be loaded/);
		expect(await page.locator("sightline-figure").isVisible()).toBe(false);
		await page.getByLabel("beside", { exact: true }).selectOption("ResNet-S (Figure 1)");
		await expect.poll(() => page.locator("sightline-figure").isVisible()).toBe(true);
	});

	it("puts the maps of each model in a row of its own, as the paper does", async () => {
		const { page } = await open(`${server.url}/${depthPage}`);
		await drawn(page, 2);
		const boxes = await page
			.locator("sightline-figure .panels")
			.first()
			.locator(".panel")
			.evaluateAll((panels) => panels.map((panel) => panel.getBoundingClientRect().toJSON()));
		expect(boxes).toHaveLength(2);
		expect(boxes[1].top).toBeGreaterThanOrEqual(boxes[0].bottom);
	});

	it("goes through the depth of a model with a slider", async () => {
		const { page } = await open(`${server.url}/${depthPage}`);
		await drawn(page, 2);
		const slider = page.getByRole("slider");
		await slider.scrollIntoViewIfNeeded();
		const closer = page.locator("sightline-figure .close-up canvas");
		expect(await closer.count()).toBe(2);
		const before = await closer.nth(1).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
		expect(await slider.getAttribute("aria-valuetext")).toBe("unit 1");
		await slider.focus();
		await page.keyboard.press("End");
		expect(await slider.getAttribute("aria-valuetext")).toBe("unit 8");
		await expect
			.poll(() => closer.nth(1).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL()), { timeout: 10_000 })
			.not.toBe(before);
		await keepScreenshot(page, "depth");
	});

	it("brings out the faint places of receptive fields, and the slider's map with them", async () => {
		const { page } = await open(`${server.url}/${depthPage}`);
		await drawn(page, 2);
		const images = () =>
			page
				.locator("sightline-figure canvas")
				.evaluateAll((all) => all.map((canvas) => (canvas as HTMLCanvasElement).toDataURL()));
		const before = await images();
		const box = page.getByRole("checkbox", { name: /faint places/ });
		await box.check();
		await expect
			.poll(async () => (await images()).every((image, at) => image !== before[at]), { timeout: 10_000 })
			.toBe(true);
		expect(await box.evaluate((node) => node.matches(":focus"))).toBe(true);
		await keepScreenshot(page, "faint");
		await box.uncheck();
		await expect.poll(images, { timeout: 10_000 }).toEqual(before);
	});

	it("shows the map of any token, chosen by its place with the pointer or with arrow keys", async () => {
		const { page } = await open(`${server.url}/${tokensPage}`);
		await drawn(page, 1);
		const closer = page.locator("sightline-figure .close-up");
		const label = () => page.locator("sightline-figure .picker button[aria-pressed=true]").getAttribute("aria-label");
		expect(await label()).toBe("token (0, 0)");
		const image = () => closer.locator("canvas").evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
		const before = await image();
		await page.getByRole("button", { name: "token (5, 6)" }).click();
		expect(await label()).toBe("token (5, 6)");
		await expect.poll(image, { timeout: 10_000 }).not.toBe(before);
		await page.keyboard.press("ArrowDown");
		expect(await label()).toBe("token (6, 6)");
		// Large enough to be read, also where the figure has one panel alone.
		expect((await closer.locator(".panel").boundingBox())?.width).toBeGreaterThan(200);
		await keepScreenshot(page, "tokens");
	});

	it.each([heatMapPage, linesPage, tokensPage])(
		"%s gives its numbers and pictures away, each as what it is",
		async (path) => {
			const { page } = await open(`${server.url}/${path}`);
			const files = new Map<string, Buffer>();
			for (const link of await page.locator("p.downloads a").all()) {
				const response = await page.request.get(new URL((await link.getAttribute("href")) ?? "", page.url()).href);
				expect(response.status()).toBe(200);
				files.set(((await link.textContent()) ?? "").trim(), await response.body());
			}
			expect([...files.keys()]).toEqual(["SVG", "SVG, dark", "PNG", "PDF", "CSV", "JSON"]);
			const body = (name: string) => files.get(name) ?? Buffer.alloc(0);
			for (const name of ["SVG", "SVG, dark"]) {
				const root = await page.evaluate(
					(text) => new DOMParser().parseFromString(text, "image/svg+xml").documentElement.tagName,
					body(name).toString(),
				);
				expect(root).toBe("svg");
			}
			const width = await page.evaluate(
				async (address) => {
					const image = new Image();
					image.src = address;
					await image.decode();
					return image.naturalWidth;
				},
				`data:image/png;base64,${body("PNG").toString("base64")}`,
			);
			expect(width).toBeGreaterThan(600);
			expect(readPdf(body("PDF")).pages).toBe(1);
			const figure = JSON.parse(body("JSON").toString());
			const [head = [], ...rows] = csvRows(body("CSV").toString());
			expect(rows.length).toBeGreaterThan(figure.spec.panels.length);
			expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head.length]));
		},
	);

	it("copies what stands beside the button", async () => {
		const { page } = await open(`${server.url}/${linesPage}`, { permissions: ["clipboard-read", "clipboard-write"] });
		for (const snippet of await page.locator(".snippet").all()) {
			await snippet.locator("button.copy").evaluate((button) => (button as HTMLButtonElement).click());
			await snippet.getByText("Copied", { exact: true }).waitFor({ state: "attached" });
			const copied = await page.evaluate(() => navigator.clipboard.readText());
			expect(copied).toBe(await snippet.locator("code").textContent());
		}
	});

	it("shows those panels that are chosen, and all where none is", async () => {
		const { page } = await open(`${server.url}/${heatMapPage}`);
		await drawn(page, 4);
		const titles = () =>
			page
				.locator("sightline-figure .panel")
				.evaluateAll((panels) => panels.map((panel) => panel.getAttribute("aria-label")?.split(":")[0]));
		const all = await titles();
		expect(all).toHaveLength(3);
		const box = page.getByRole("checkbox").nth(1);
		await box.focus();
		await page.keyboard.press("Space");
		expect(await titles()).toEqual([all[0], all[2]]);
		expect(await box.evaluate((element) => element.matches(":focus"))).toBe(true);
	});

	it("follows a change of the colour scheme", async () => {
		const { page } = await open(`${server.url}/${linesPage}`);
		await drawn(page, 2);
		const light = await picture(page, 0);
		await page.emulateMedia({ colorScheme: "dark" });
		await expect.poll(() => picture(page, 0), { timeout: 10_000 }).not.toBe(light);
	});

	it("puts all panels of a figure in a row where there is room, at one size, with the shape of the still's", async () => {
		const { page } = await open(`${server.url}/${heatMapPage}`);
		await drawn(page, 4);
		const sizes = await page
			.locator("sightline-figure .panel[aria-label*='eat map'] canvas")
			.evaluateAll((canvases) => canvases.map((canvas) => [canvas.clientWidth, canvas.clientHeight] as const));
		expect(sizes).toHaveLength(3);
		const tops = await page
			.locator("sightline-figure .panel[aria-label*='eat map'] canvas")
			.evaluateAll((canvases) => canvases.map((canvas) => canvas.getBoundingClientRect().top));
		expect(new Set(tops).size).toBe(1);
		for (const [width, height] of sizes) {
			expect(width).toBe(sizes[0]?.[0]);
			expect(height / width).toBeCloseTo(372 / 350, 1);
		}
	});

	it.each(["raghu-2021/claims/index.html", "images/index.html", "method/index.html", "glossary/index.html"])(
		"%s is narrow on a narrow screen",
		async (path) => {
			const { page } = await open(`${server.url}/${path}`, { viewport: { width: 380, height: 800 } });
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(380);
			await keepScreenshot(page, `${path.replaceAll("/", "_")}-narrow`);
		},
	);

	it("a figure's page is narrow on a narrow screen", async () => {
		const { page } = await open(`${server.url}/${heatMapPage}`, { viewport: { width: 380, height: 800 } });
		await drawn(page, 4);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(380);
		await keepScreenshot(page, "narrow");
	});

	it("draws in a foreign page, as an element and in a frame, from the snippets of the page", async () => {
		const { page: own } = await open(`${server.url}/${linesPage}`);
		const snippets = await own.locator("[data-placeholder] code").allTextContents();
		const folder = await temporaryFolder();
		await writeFile(
			join(folder, "index.html"),
			`<!DOCTYPE html><html lang="en"><title>Docs</title><body style="font-family: serif; width: 900px"><h1>Docs of somebody else</h1>${snippets[0]}${snippets[1]}</body></html>`,
		);
		const foreign = await serveFolder(folder);
		onTestFinished(() => foreign.close());
		const { page, complaints } = await open(`${foreign.url}/`);
		await drawn(page, 2);
		await page.frameLocator("iframe").locator("sightline-figure canvas").nth(1).waitFor();
		await page.waitForLoadState("networkidle");
		expect(complaints.filter((text) => !text.includes("favicon") && !text.includes("404"))).toEqual([]);
		await keepScreenshot(page, "foreign-page");
	});

	it("loads itself again when the site was built anew, and not otherwise", async () => {
		const { page } = await open("about:blank");
		await page.clock.install();
		await page.goto(`${server.url}/${linesPage}`);
		let loads = 0;
		page.on("load", () => loads++);
		await page.waitForLoadState("networkidle");
		await page.clock.runFor(4_000);
		await page.waitForLoadState("networkidle");
		expect(loads).toBe(0);
		const file = join(site.outDir, "build.json");
		const before = await readFile(file, "utf8");
		await writeFile(file, JSON.stringify({ digest: "another" }));
		await page.clock.runFor(4_000);
		await expect.poll(() => loads, { timeout: 10_000 }).toBe(1);
		await writeFile(file, before);
	});
});

/** Keeps what a page looks like in the folder that SIGHTLINE_SCREENSHOTS names, to be looked at by a person. */
async function keepScreenshot(page: Page, name: string): Promise<void> {
	const folder = process.env.SIGHTLINE_SCREENSHOTS;
	if (folder === undefined) return;
	await mkdir(folder, { recursive: true });
	await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
