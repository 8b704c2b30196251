/** A real browser for tests, and a server of static files that stands in for any web host. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { type Browser, chromium } from "playwright-core";

const path = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** Why tests that need a browser are skipped here; null where there is one. */
export const noBrowser = existsSync(path) ? null : `no Chromium at ${path}; set CHROMIUM to its path`;

export function launchBrowser(): Promise<Browser> {
	return chromium.launch({
		executablePath: path,
		args: [
			"--no-sandbox",
			"--disable-gpu",
			"--disable-quic",
			"--no-first-run",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
		],
	});
}

const types: Readonly<Record<string, string>> = {
	".html": "text/html; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".json": "application/json",
	".svg": "image/svg+xml",
	".png": "image/png",
	".csv": "text/csv; charset=utf-8",
	".woff2": "font/woff2",
};

/** Serves a folder on loopback, to pages of any origin, as static hosts do. */
export async function serveFolder(folder: string): Promise<{ url: string; close(): void }> {
	const server = createServer(async (request, response) => {
		const asked = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
		const file = join(folder, asked.endsWith("/") ? `${asked}index.html` : asked);
		try {
			const body = await readFile(file);
			response.writeHead(200, {
				"content-type": types[extname(file)] ?? "application/octet-stream",
				"access-control-allow-origin": "*",
			});
			response.end(body);
		} catch {
			response.writeHead(404).end();
		}
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	// A server that listens on a port has an address of this kind.
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
