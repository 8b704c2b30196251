/**
 * Publishes the playground with a site that has no server: its files, what the figures' queries were answered with, and the
 * list of these queries with the schema.
 */
import { createHash } from "node:crypto";
import { copyFile, cp, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { SightlineError } from "../src/errors.ts";
import { typeDefs } from "../src/graphql/schema.generated.ts";
import type { Published, PublishedQuery } from "./publishedAnswers.ts";
import { playgroundPath, relative, type SiteFigure } from "./siteData.ts";

/** Of a figure's answer: JSON of many digits, less than half as long when packed, whatever host it lies on. */
export const answerName = "answer.json.gz";

/**
 * @param playgroundDir folder that `buildPlayground` made
 * @param cacheDir packed answers by their digest
 */
export async function writePlayground(
	figures: readonly SiteFigure[],
	siteDir: string,
	{ playgroundDir, cacheDir }: { readonly playgroundDir: string; readonly cacheDir: string },
): Promise<void> {
	const target = join(siteDir, playgroundPath);
	await copyPlayground(playgroundDir, target);
	const queries: PublishedQuery[] = [];
	for (const { figure, number, path } of figures) {
		const { title, query, variables, result } = figure;
		const answerBytes = await writeAnswer(result, join(siteDir, path, answerName), cacheDir);
		const answer = relative(playgroundPath, path + answerName);
		queries.push({ title: `Figure ${number}. ${title}`, query, variables, answer, answerBytes });
	}
	const published: Published = { format: 1, schema: typeDefs, queries };
	await writeFile(join(target, "published.json"), JSON.stringify(published));
}

/** The folder beside the compiled code; sources use that of the last compilation. */
export function defaultPlaygroundDir(): string {
	const folder = import.meta.url.endsWith(".ts") ? "../dist/site/playground/" : "./playground/";
	return fileURLToPath(new URL(folder, import.meta.url));
}

async function copyPlayground(from: string, to: string): Promise<void> {
	const mark = '<main id="playground"';
	let page: string;
	try {
		page = await readFile(join(from, "index.html"), "utf8");
	} catch (cause) {
		throw new SightlineError("STORAGE", `no playground in ${from}`, { hint: "Run: npm run build", cause });
	}
	await cp(from, to, { recursive: true });
	await writeFile(join(to, "index.html"), page.replace(mark, `${mark} data-published="published.json"`));
}

/** @returns its size in bytes */
async function writeAnswer(data: unknown, file: string, cacheDir: string): Promise<number> {
	const text = JSON.stringify({ data });
	const digest = createHash("sha256").update(text).digest("hex");
	const cached = join(cacheDir, `${digest.slice(0, 32)}-${answerName}`);
	try {
		await copyFile(cached, file);
	} catch {
		// Not packed yet. Renamed into place, so that nobody ever copies half of it.
		await mkdir(cacheDir, { recursive: true });
		const packed = await promisify(gzip)(text);
		await writeFile(file, packed);
		await writeFile(`${cached}.${process.pid}`, packed);
		await rename(`${cached}.${process.pid}`, cached);
	}
	return (await stat(file)).size;
}
