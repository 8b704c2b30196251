import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { buildSite } from "../../site/build.ts";
import { buildPlayground } from "../../site/playground/build.ts";
import type { Published } from "../../site/publishedAnswers.ts";
import { launchBrowser, noBrowser, serveFolder } from "../support/browser.ts";
import { type SyntheticSite, syntheticSite } from "../support/syntheticSite.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** The bundle is large: on a machine with much else to do, a page takes long to start. */
const patienceMs = 60_000;

let synthetic: SyntheticSite;
let folder: string;
let options: Parameters<typeof buildSite>[0];
beforeAll(async () => {
	synthetic = await syntheticSite();
	folder = join(synthetic.folder, "published");
	const playgroundDir = join(synthetic.folder, "playground");
	await buildPlayground(playgroundDir);
	options = { ...synthetic, reports: [synthetic.report], outDir: folder, playground: "published", playgroundDir };
	await buildSite(options);
}, 3 * patienceMs);
afterAll(() => synthetic?.remove());

describe("a site that is published with its playground", () => {
	it("holds what the API answered to each figure's query, to the last digit", async () => {
		const published = JSON.parse(await readFile(join(folder, "playground/published.json"), "utf8")) as Published;
		const { figures } = synthetic.report;
		expect(published.queries.map(({ query, variables }) => ({ query, variables }))).toEqual(
			figures.map(({ query, variables }) => ({ query, variables })),
		);
		for (const [index, { answer, answerBytes }] of published.queries.entries()) {
			const packed = await readFile(join(folder, "playground", answer));
			expect(packed.length).toBe(answerBytes);
			expect(JSON.parse(gunzipSync(packed).toString())).toEqual({ data: figures[index]?.result });
		}
	});

	it("packs an answer once: the second build takes it from the cache", async () => {
		const before = await readdir(synthetic.stillsDir);
		expect(before.filter((name) => name.endsWith("answer.json.gz"))).toHaveLength(synthetic.report.figures.length);
		await buildSite({ ...options, outDir: join(synthetic.folder, "again") });
		expect(await readdir(synthetic.stillsDir)).toEqual(before);
	});

	it("says which folder lacks the playground, and what to do", async () => {
		const [outDir, playgroundDir] = [join(synthetic.folder, "without"), await temporaryFolder()];
		await expect(buildSite({ ...options, outDir, playgroundDir })).rejects.toMatchObject({
			code: "STORAGE",
			message: expect.stringContaining(playgroundDir),
			hint: "Run: npm run build",
		});
	});
});

describe.skipIf(noBrowser !== null)(`its playground in a browser${noBrowser === null ? "" : ` (${noBrowser})`}`, () => {
	let server: { url: string; close(): void };
	let browser: Browser;
	beforeAll(async () => {
		[server, browser] = await Promise.all([serveFolder(folder), launchBrowser()]);
	});
	afterAll(async () => {
		await browser?.close();
		server?.close();
	});

	async function open(path: string) {
		const page = await browser.newPage();
		page.setDefaultTimeout(patienceMs);
		onTestFinished(() => page.close());
		const troubles: string[] = [];
		page.on("request", (request) => {
			const url = request.url();
			if (!url.startsWith(server.url) && !/^(data|blob):/.test(url)) troubles.push(`asked ${url}`);
		});
		page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
		page.on("pageerror", (error) => troubles.push(String(error)));
		await page.goto(`${server.url}/${path}`);
		const answered = async (text: string) => {
			const run = page.locator(".graphiql-execute-button");
			await run.waitFor();
			await vi.waitFor(
				async () => {
					await run.click();
					await page.waitForTimeout(1500);
					// The editor's blanks are of many kinds.
					const shown = (await page.locator(".graphiql-response").textContent()) ?? "";
					expect(shown.replace(/\s+/g, " ")).toContain(text);
				},
				{ timeout: patienceMs, interval: 100 },
			);
		};
		return { page, troubles, answered };
	}

	it(
		"answers a figure's query, opened from the figure's page, without a server",
		async () => {
			const { page, troubles, answered } = await open("raghu-2021/03-attention-distance/index.html");
			await page.getByRole("link", { name: "Open it in the playground" }).click();
			await answered("made-up attention distance");
			expect(await page.locator(".graphiql-tab-button").first().textContent()).toBe("AttentionDistance");
			expect(troubles).toEqual([]);
		},
		3 * patienceMs,
	);

	it(
		"says of any other query that it has no answer, and how to get one",
		async () => {
			const query = "{ models { id } }";
			const { troubles, answered } = await open(`playground/index.html#${new URLSearchParams({ query })}`);
			await answered("npx sightline serve");
			expect(troubles).toEqual([]);
		},
		3 * patienceMs,
	);
});
