/**
 * Damaged files of every kind, read in a process of their own. SIGHTLINE_FUZZ says how many of all kinds together,
 * SIGHTLINE_FUZZ_SEED where to begin. What such tests cannot see is a wrong result; that whole files are read rightly is
 * tested elsewhere.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { formats, sharesOf } from "./formats.ts";
import { readDamaged } from "./readDamaged.ts";
import type { Result } from "./result.ts";

const files = Number(process.env.SIGHTLINE_FUZZ ?? 400);
const first = Number(process.env.SIGHTLINE_FUZZ_SEED ?? 0);
const secondsAFile = 10;

let results: readonly Result[] = [];

beforeAll(
	async () => {
		const folder = await mkdtemp(join(tmpdir(), "sightline-fuzz-"));
		try {
			results = await readDamaged(
				sharesOf(files).map(([format, count]) => ({ format, first, count })),
				folder,
			);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
		if (files > 400) process.stdout.write(summary(results));
	},
	120_000 + files * secondsAFile * 1000,
);

test.each(Object.keys(formats))("a damaged file of %s is read, or refused by a named error", (format) => {
	const own = results.filter((result) => result.format === format);
	const failed = own.filter(({ outcome }) => outcome === "failed");
	expect(failed.map(({ seed, reason }) => `${format}:${seed}:1 ${reason}`)).toEqual([]);
	expect(own.length).toBe(sharesOf(files).find(([name]) => name === format)?.[1]);
});

/** A line for each kind of file. */
function summary(all: readonly Result[]): string {
	const lines = Object.keys(formats).map((format) => {
		const own = all.filter((result) => result.format === format);
		const counts = new Map<string, number>();
		for (const { outcome, reason } of own) {
			const what = outcome === "refused" ? reason.slice(0, reason.indexOf(":")) : outcome;
			counts.set(what, (counts.get(what) ?? 0) + 1);
		}
		const told = [...counts].map(([what, count]) => `${count} ${what}`).join(", ");
		const slowest = Math.max(...own.map(({ cpuSeconds }) => cpuSeconds).filter(Number.isFinite));
		return `${format}: ${own.length} files, ${told}; slowest ${slowest.toFixed(2)} s\n`;
	});
	const peak = Math.max(...all.map(({ peakBytes }) => peakBytes).filter(Number.isFinite)) / 2 ** 20;
	return `${lines.join("")}most memory ${Math.round(peak)} MiB\n`;
}
