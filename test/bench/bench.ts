/**
 * `npm run bench [-- id ...]`: how much of the bare speed is left when everything is measured, what it takes in memory,
 * and how fast answers come. A table on stdout, then the same as one line of JSON. Minutes; best on a quiet machine.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { formatBytes } from "../../src/cli/bytes.ts";
import { pairs, table } from "../../src/cli/table.ts";
import type { AllPairs } from "./allPairs.ts";
import type { measureCachedReport } from "./cachedReport.ts";
import type { FirstAnswer } from "./firstAnswer.ts";
import { type Health, measureHealth } from "./health.ts";
import type { HeatMapTimes } from "./heatMap.ts";
import type { MetricRates } from "./metrics.ts";
import type { Rates } from "./rates.ts";
import type { ReceptiveFields } from "./receptiveFields.ts";
import { subjects } from "./subjects.ts";

const asked = process.argv.slice(2);
const chosen = subjects.filter(({ id }) => asked.length === 0 || asked.includes(id));
const models = [];
for (const { id, batchSize } of chosen) {
	process.stderr.write(`${id} ...\n`);
	const rates = await child<Rates>("rates", id);
	const first = await child<FirstAnswer>("firstAnswer", id);
	models.push({ id, batchSize, ...rates, measuredOverBound: rates.ratio / rates.bound, first });
}
// What follows is about one vision transformer and one CNN, or those of them that were chosen.
const pair = chosen.filter(({ id }) => ["vit-s", "resnet-s"].includes(id));
const metrics = new Map<string, MetricRates>();
const receptiveFields = new Map<string, ReceptiveFields>();
for (const { id } of pair) {
	process.stderr.write(`metrics of ${id}, one by one, and its receptive fields ...\n`);
	metrics.set(id, await child<MetricRates>("metrics", id));
	receptiveFields.set(id, await child<ReceptiveFields>("receptiveFields", id));
}
process.stderr.write("cached report ...\n");
const cachedReport = await child<Awaited<ReturnType<typeof measureCachedReport>>>("cachedReport");
process.stderr.write("heat map ...\n");
const heatMap = await child<HeatMapTimes | null>("heatMap");
process.stderr.write("all pairs ...\n");
const allPairs = await allPairsOfStored();
process.stderr.write("health ...\n");
const health = await busyServer();

const rows = models.map((model) => [
	model.id,
	model.batchSize,
	model.bare.toFixed(1),
	model.instrumented.toFixed(1),
	model.ratio.toFixed(3),
	model.bound.toFixed(3),
	model.measuredOverBound.toFixed(2),
	formatBytes(model.first.peakBytes),
	`${model.first.seconds.toFixed(1)} s for ${model.first.images}`,
]);
const headings = ["model", "n", "bare/s", "measured/s", "ratio", "bound", "of bound", "peak memory", "first answer"];
process.stdout.write(`${table(headings, rows)}\n`);
process.stdout.write(`${metricsInWords()}\n`);
process.stdout.write(
	pairs([
		["processor", `${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores; Node ${process.versions.node}`],
		...[...receptiveFields].map(([id, fields]) => [`receptive fields of ${id}`, fieldsInWords(fields)] as const),
		["cached report", `${cachedReport.seconds.toFixed(1)} s for ${cachedReport.images} images`],
		["heat map of 100 x 100", heatMapInWords(heatMap)],
		["all pairs of stored", allPairsInWords(allPairs)],
		["/health", `${health.requests} requests during a pass of ${health.model}: ${inWords(health)}`],
	]),
);
process.stdout.write(
	`\n${JSON.stringify({ models, metrics: Object.fromEntries(metrics), receptiveFields: Object.fromEntries(receptiveFields), cachedReport, heatMap, allPairs, health })}\n`,
);

/** ViT-Tiny where it is at hand: its batches take the longest of what a server usually runs. */
function busyServer(): Promise<Health> {
	const folder = process.env.SIGHTLINE_TEST_DATA;
	return subjects.some(({ id }) => id === "vit-tiny")
		? measureHealth(`${folder}/models/vit-tiny-patch16-224/model.onnx`, 1024)
		: measureHealth("vit-s", 16_384);
}

async function allPairsOfStored(): Promise<AllPairs> {
	const folder = await mkdtemp(join(tmpdir(), "sightline-bench-"));
	try {
		const { recordBytes } = await child<Pick<AllPairs, "recordBytes">>("writeRecords", folder);
		return { ...(await child<Omit<AllPairs, "recordBytes">>("allPairs", folder)), recordBytes };
	} finally {
		await rm(folder, { recursive: true });
	}
}

function allPairsInWords({
	layers,
	images,
	batchSize,
	seconds,
	firstSeconds,
	takenBytes,
	recordBytes,
}: AllPairs): string {
	const times = `${seconds.toFixed(2)} s (the first ${firstSeconds.toFixed(2)} s)`;
	const about = `${layers.join(" x ")} layers, ${images} images, n = ${batchSize}, ${formatBytes(recordBytes)} of records`;
	return `${times} for ${about}; takes ${formatBytes(takenBytes)} of memory`;
}

/** Each metric alone: the share of the bare speed that is left, and the share that the arithmetic leaves. */
function metricsInWords(): string {
	const names = [...new Set([...metrics.values()].flatMap((rates) => Object.keys(rates)))];
	const cell = (rates: Rates | undefined) => (rates ? `${rates.ratio.toFixed(3)} / ${rates.bound.toFixed(3)}` : "");
	const rows = names.map((name) => [name, ...[...metrics.values()].map((rates) => cell(rates[name]))]);
	return table(["metric alone: ratio / bound", ...metrics.keys()], rows);
}

function fieldsInWords(fields: ReceptiveFields): string {
	const { images, channels, layers, seconds, peakBytes, backwardOverForward } = fields;
	const time = `${seconds.toFixed(1)} s for ${images} images x ${channels} channels x ${layers} layers`;
	return `${time}, peak ${formatBytes(peakBytes)}; a gradient from the last layer costs ${backwardOverForward.toFixed(2)} forward passes`;
}

function heatMapInWords(times: HeatMapTimes | null): string {
	if (times === null) return "not measured: no Chromium here";
	return `in the page after ${times.medianMs.toFixed(0)} ms, the first with its data after ${times.firstMs.toFixed(0)} ms`;
}

function inWords({ median, p99, slowest }: Health): string {
	return `median ${median.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, slowest ${slowest.toFixed(1)} ms`;
}

async function child<Result>(task: string, id = ""): Promise<Result> {
	const main = fileURLToPath(new URL("./child.ts", import.meta.url));
	const running = spawn(process.execPath, ["--import", "tsx", main, task, id], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	const [output] = await Promise.all([text(running.stdout), once(running, "exit")]);
	if (running.exitCode !== 0) throw new Error(`${task} ${id} ended with ${running.exitCode}`);
	// Printed by child.ts, which returns what the task's function does.
	return JSON.parse(output) as Result;
}
