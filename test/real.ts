import { chromium } from "playwright-core";
import { openServices } from "../src/cli/services.ts";
import { startServer } from "../src/graphql/server.ts";
const services = await openServices({ store: "/tmp/gqlstore", device: "cpu" });
const server = await startServer(services, { port: 0, playground: "/tmp/pg", onInternalError: (e) => console.error(e) });
console.log(server.url);
const query = '{ model(id: "vit-s") { accuracy(images: {count: 4096}) { top1 { value low high } } } }';
const client = new AbortController();
const asked = fetch(`${server.url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query }), signal: client.signal }).catch((e) => console.log("left:", e.name));
const seen: string[] = [];
services.engine.watch((p) => seen.push(`${p.state} ${p.done}/${p.total} ${p.note}`));
await new Promise((r) => setTimeout(r, 1500));
const times: number[] = [];
for (let i = 0; i < 100; i++) { const t = performance.now(); await fetch(`${server.url}/health`); times.push(performance.now() - t); await new Promise((r) => setTimeout(r, 10)); }
times.sort((a, b) => a - b); console.log("health p50", times[50], "p99", times[98]);
client.abort(); await asked; await new Promise((r) => setTimeout(r, 1500)); console.log(seen.join("; "));
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
for (const colorScheme of ["light", "dark"] as const) {
	const page = await browser.newPage({ colorScheme, viewport: { width: 1400, height: 850 } });
	const outside: string[] = [];
	page.on("request", (r) => { if (!r.url().startsWith(server.url) && !/^(data|blob):/.test(r.url())) outside.push(r.url()); });
	page.on("console", (m) => { if (m.type() === "error" || m.type() === "warning") console.log("console:", m.text()); });
	page.on("pageerror", (e) => console.log("pageerror", e.message));
	await page.goto(server.url); await page.waitForSelector(".graphiql-execute-button");
	await page.waitForTimeout(3000);
	await page.click(".graphiql-execute-button"); await page.waitForTimeout(3000);
	await page.screenshot({ path: `/tmp/pg-${colorScheme}.png` });
	console.log(colorScheme, "outside:", outside, "response:", (await page.locator(".graphiql-response").innerText()).slice(0, 80).replaceAll("\n", " "));
	if (colorScheme === "light") {
		const tabs = page.locator(".graphiql-tab-button"); console.log(await tabs.allInnerTexts());
		await tabs.nth(2).click(); await page.waitForTimeout(500); await page.click(".graphiql-execute-button"); await page.waitForTimeout(9000);
		await page.screenshot({ path: "/tmp/pg-attention.png" });
		await tabs.nth(5).click(); await page.waitForTimeout(500); await page.click(".graphiql-execute-button"); await page.waitForTimeout(1000);
		void fetch(`${server.url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query: query.replace("4096", "3000") }) });
		await page.waitForTimeout(4000);
		await page.screenshot({ path: "/tmp/pg-sub.png" });
	}
	await page.close();
}
await browser.close(); await server.close(); await services.close();
