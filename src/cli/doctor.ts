/** `sightline doctor`: what Sightline has to work with here, and what is missing. */
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { type OpenModel, openModel, weightsFolder } from "../data/modelFile.ts";
import type { Trial } from "../engine/device/trial.ts";
import { openDevices } from "../engine/devices.ts";
import { type DeviceReport, listDevices } from "../engine/listDevices.ts";
import { version } from "../engine/version.ts";
import { SightlineError } from "../errors.ts";
import { makeFolder } from "../store/makeFolder.ts";
import { usageByModel } from "../store/prune.ts";
import { zoo } from "../zoo/zoo.ts";
import { formatBytes } from "./bytes.ts";
import { exitCodes } from "./failure.ts";
import { openStore } from "./openStore.ts";
import { jsonOption, storeOption } from "./options.ts";
import { pairs, table } from "./table.ts";

export function doctorCommand() {
	return new Command("doctor")
		.summary("show what Sightline has to work with here")
		.description(
			"Shows Node and runtime versions, each device and why --device auto takes it or not, the store and whether it can\n" +
				"be written, and the weights of the embedded models. Ends with 1 where something that is needed is missing.",
		)
		.addOption(storeOption())
		.addOption(jsonOption())
		.addHelpText("after", "\nExample:\n  sightline doctor")
		.action(async (options) => {
			const report = await examine(options.store);
			process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : inWords(report));
			if (!report.healthy) process.exitCode = exitCodes.failure;
		});
}

interface Examination {
	readonly healthy: boolean;
	readonly sightline: string;
	readonly node: string;
	readonly system: string;
	readonly devices: readonly DeviceReport[];
	/** The device that "auto" takes, and the trials that decided, where there was a choice. */
	readonly auto: { readonly provider: string; readonly why: string; readonly trials: readonly Trial[] };
	readonly store: { readonly place: string; readonly sizeBytes: number; readonly problem: string | null };
	readonly weights: readonly Weights[];
}

interface Weights {
	readonly model: string;
	readonly file: string;
	readonly sha256: string | null;
	/** What is wrong with it; null where its network and anatomy are as they should be. */
	readonly problem: string | null;
}

async function examine(askedStore: string | undefined): Promise<Examination> {
	const devices = await listDevices();
	const weights = await Promise.all(zoo.map(({ id, source }) => examineWeights(id, source.file)));
	const store = await examineStore(askedStore);
	const cpu = devices.find(({ provider }) => provider === "cpu");
	return {
		healthy: cpu?.available === true && store.problem === null && weights.every(({ problem }) => problem === null),
		sightline: version,
		node: process.version,
		system: `${process.platform} ${process.arch}`,
		devices,
		auto: await choose(devices),
		store,
		weights,
	};
}

/** What `--device auto` does here: the trials of the embedded models, where a GPU could be faster. */
async function choose(devices: readonly DeviceReport[]): Promise<Examination["auto"]> {
	const gpus = devices.filter(({ provider, available, software }) => provider !== "cpu" && available && !software);
	if (gpus.length === 0) return { provider: "cpu", why: "no graphics card answers", trials: [] };
	const opened = await openDevices("auto");
	try {
		const models = await Promise.all(zoo.map(({ id }) => openModel(id).catch(() => null)));
		const trials: Trial[] = [];
		for (const model of models.filter((one): one is OpenModel => one !== null)) {
			const trial = await opened.trial(model);
			if (trial !== null) trials.push(trial);
		}
		const providers = [...new Set(trials.map(({ fastest }) => fastest))];
		return {
			provider: providers.join(" or ") || opened.first.provider,
			why: "the faster in a short trial of each model",
			trials,
		};
	} finally {
		await opened.close();
	}
}

async function examineStore(asked: string | undefined): Promise<Examination["store"]> {
	const store = openStore(asked);
	try {
		await makeFolder(store.place);
		await access(store.place, constants.W_OK);
		const models = await usageByModel(store);
		const sizeBytes = models.reduce((sum, usage) => sum + usage.sizeBytes, 0);
		return { place: store.place, sizeBytes, problem: null };
	} catch (error) {
		const problem = error instanceof Error ? error.message : String(error);
		return { place: store.place, sizeBytes: 0, problem };
	}
}

async function examineWeights(model: string, name: string): Promise<Weights> {
	const file = join(weightsFolder, name);
	try {
		const sha256 = createHash("sha256")
			.update(await readFile(file))
			.digest("hex");
		await openModel(model);
		return { model, file, sha256, problem: null };
	} catch (error) {
		const problem = error instanceof SightlineError || error instanceof Error ? error.message : String(error);
		return { model, file, sha256: null, problem };
	}
}

function inWords({ sightline, node, system, devices, auto, store, weights }: Examination): string {
	const storeState = store.problem ?? `writable, ${formatBytes(store.sizeBytes)}`;
	const about = pairs([
		["Sightline", sightline],
		["Node", `${node} on ${system}`],
		["store", `${store.place}: ${storeState}`],
		["--device auto", `${auto.provider}: ${auto.why}`],
	]);
	const deviceRows = devices.map(({ provider, available, software, name }) => [
		provider,
		available ? (software ? "software" : "yes") : "no",
		name,
	]);
	const notes = devices.flatMap(({ provider, note, hint }) =>
		[note, hint].filter((line) => line !== null && line !== "").map((line) => [provider, line] as const),
	);
	const trialRows = auto.trials.map(({ model, seconds, fastest }) => [
		model,
		seconds
			.map((one) => `${one.provider} ${one.seconds === null ? "failed" : `${one.seconds.toFixed(3)} s`}`)
			.join(", "),
		fastest,
	]);
	const weightRows = weights.map(({ model, sha256, problem }) => [model, problem ?? "as it should be", sha256]);
	return [
		about,
		table(["device", "there", "name"], deviceRows),
		...(notes.length > 0 ? [pairs(notes)] : []),
		...(trialRows.length > 0 ? [table(["trial", "a batch of 16", "taken"], trialRows)] : []),
		table(["weights", "state", "SHA-256"], weightRows),
	].join("\n");
}
