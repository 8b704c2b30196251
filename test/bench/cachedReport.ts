/** Seconds for a report whose every value is in the store: from the query to the written site. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reports } from "../../reports/index.ts";
import { publish } from "../../src/cli/publish.ts";
import { openServices } from "../../src/cli/services.ts";
import { quickCount } from "../../src/report/counts.ts";

export async function measureCachedReport(): Promise<{ readonly images: number; readonly seconds: number }> {
	const folder = await mkdtemp(join(tmpdir(), "sightline-bench-"));
	const services = await openServices({ store: join(folder, "store"), device: "cpu" });
	try {
		const { signal } = new AbortController();
		const place = { outDir: join(folder, "site"), playground: null, siteUrl: null };
		await publish(services, { reports, choices: { images: { count: quickCount } }, ...place, signal });
		const start = performance.now();
		await publish(services, { reports, choices: { images: { count: quickCount } }, ...place, signal });
		return { images: quickCount, seconds: (performance.now() - start) / 1000 };
	} finally {
		await services.close();
		await rm(folder, { recursive: true });
	}
}
