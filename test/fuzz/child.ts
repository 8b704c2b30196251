/**
 * Reads damaged files in a process of its own, so that its end and its memory are seen, and prints a line of JSON for each.
 * By hand, with stacks: node --import tsx test/fuzz/child.ts <folder> ONNX:17:1
 *
 * The folder is where the process works, keeps its home and what is temporary: whatever a file makes it write stands there.
 */
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SightlineError } from "../../src/errors.ts";
import { random } from "../../src/numerics/random.ts";
import type { Files } from "./format.ts";
import { formats } from "./formats.ts";
import { type Line, mostBytes, mostCpuSeconds, type Result } from "./result.ts";

const [folder = "", ...jobs] = process.argv.slice(2);
process.chdir(folder);
for (const name of ["HOME", "TMPDIR", "XDG_CACHE_HOME", "SIGHTLINE_STORE"]) process.env[name] = folder;

for (const job of jobs) {
	const [format = "", first = "0", count = "1"] = job.split(":");
	for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
		print({ begin: { format, seed } });
		print({ end: await resultOf(format, seed) });
	}
}
// The device's thread would keep the process alive.
process.exit();

function print(line: Line): void {
	process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function resultOf(format: string, seed: number): Promise<Result> {
	const { damaged, read } = formats[format] ?? unknown(format);
	const files = damaged(seed, random(seed, 1));
	const place = join(folder, "files");
	await writeAll(place, files);
	const before = await list(folder);
	const start = process.cpuUsage();
	const told = await tell(read(place, seed));
	const { user, system } = process.cpuUsage(start);
	const written = (await list(folder)).filter((name) => !before.includes(name));
	await rm(place, { recursive: true });
	const figures = { cpuSeconds: (user + system) / 1e6, peakBytes: process.resourceUsage().maxRSS * 1024 };
	const excess = excessOf({ ...figures, written });
	return { format, seed, ...(excess === null ? told : { outcome: "failed", reason: excess }), ...figures };
}

/** All but what the loader of TypeScript keeps. */
async function list(place: string): Promise<readonly string[]> {
	return (await readdir(place, { recursive: true })).filter((name) => !/^tsx-\d+/.test(name));
}

async function writeAll(place: string, files: Files): Promise<void> {
	for (const [name, content] of Object.entries(files)) {
		await mkdir(dirname(join(place, name)), { recursive: true });
		await writeFile(join(place, name), content);
	}
}

async function tell(reading: Promise<void>): Promise<Pick<Result, "outcome" | "reason">> {
	try {
		await reading;
		return { outcome: "read", reason: "" };
	} catch (error) {
		if (error instanceof SightlineError && error.message.trim() !== "")
			return { outcome: "refused", reason: `${error.code}: ${error.message.slice(0, 300)}` };
		return { outcome: "failed", reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
	}
}

function excessOf(of: { cpuSeconds: number; peakBytes: number; written: readonly string[] }): string | null {
	if (of.written.length > 0) return `it wrote ${of.written.join(", ")}`;
	if (of.cpuSeconds > mostCpuSeconds) return `it took ${of.cpuSeconds.toFixed(1)} s of processor time`;
	return of.peakBytes > mostBytes ? `it took ${Math.round(of.peakBytes / 2 ** 20)} MiB of memory` : null;
}

function unknown(format: string): never {
	throw new Error(`no format "${format}": there are ${Object.keys(formats).join(", ")}`);
}
