import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { buildPlayground } from "../../site/playground/build.ts";
import { type RunningServer, startServer } from "../../src/graphql/server.ts";
import { launchBrowser, noBrowser } from "../support/browser.ts";
import { type FakeServices, fakeServices } from "../support/fakeServices.ts";

/** The bundle is large: on a machine with much else to do, a page takes long to start. */
const patienceMs = 60_000;

describe.skipIf(noBrowser !== null)(`the playground in a browser${noBrowser === null ? "" : ` (${noBrowser})`}`, () => {
	let services: FakeServices;
	let server: RunningServer;
	let browser: Browser;
	let playground: string;
	beforeAll(async () => {
		services = fakeServices();
		playground = await mkdtemp(join(tmpdir(), "sightline-playground-"));
		await buildPlayground(playground);
		[server, browser] = await Promise.all([startServer(services, { port: 0, playground }), launchBrowser()]);
	});
	afterAll(async () => {
		await browser?.close();
		await server?.close();
		await rm(playground, { recursive: true, force: true });
	});

	/** The playground, with what it requested from elsewhere and what it complained about. */
	async function open(colorScheme: "light" | "dark") {
		const page = await browser.newPage({ colorScheme });
		page.setDefaultTimeout(patienceMs);
		onTestFinished(() => page.close());
		const troubles: string[] = [];
		page.on("request", (request) => {
			const url = request.url();
			if (!url.startsWith(server.url) && !/^(data|blob):/.test(url)) troubles.push(`asked ${url}`);
		});
		page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
		page.on("pageerror", (error) => troubles.push(String(error)));
		await page.goto(server.url);
		const run = page.locator(".graphiql-execute-button");
		await run.waitFor();
		return { page, troubles, run, response: page.locator(".graphiql-response") };
	}

	test.each(["light", "dark"] as const)(
		"answers its first tab in %s, from this machine alone",
		async (scheme) => {
			const { page, troubles, run, response } = await open(scheme);
			expect(await page.locator(".graphiql-tab-button").allTextContents()).toEqual([
				"Welcome",
				"InsideAModel",
				"AttentionDistance",
				"Similarity",
				"TwoModels",
				"Adding",
				"Passes",
			]);
			await run.click();
			await vi.waitFor(async () => expect(await response.textContent()).toContain('"vit-s"'), patienceMs);
			expect(troubles).toEqual([]);
		},
		2 * patienceMs,
	);

	test(
		"shows passes as they change",
		async () => {
			const { page, troubles, run, response } = await open("light");
			await page.locator(".graphiql-tab-button").last().click();
			// GraphiQL takes up a tab's operation some time after its text: a run before that asks the first tab's question.
			await vi.waitFor(
				async () => {
					await page.waitForTimeout(1500);
					if (services.engine.listeners === 0) await run.click();
					await page.waitForTimeout(1500);
					expect(services.engine.listeners).toBe(1);
				},
				{ timeout: patienceMs, interval: 100 },
			);
			const pass = { id: "7", model: "vit-s", metrics: ["accuracy"], total: 512, secondsLeft: 2, note: null } as const;
			services.engine.change({ ...pass, done: 384, state: "running" });
			await vi.waitFor(async () => expect(await response.textContent()).toContain("384"), patienceMs);
			expect(troubles).toEqual([]);
		},
		2 * patienceMs,
	);
});
