/** `sightline store`: what the kept results and what was fetched take, and how to make room. */
import { Command } from "@commander-js/extra-typings";
import { knownIds } from "../data/catalogue.ts";
import { readOwnEntries } from "../data/ownEntries/ownEntriesFile.ts";
import { isAddress } from "../data/remote/address.ts";
import { fetchedSources, giveUpFetched } from "../data/remote/fetchedFiles.ts";
import { type Pruned, prune, usageByModel } from "../store/prune.ts";
import { formatBytes, parseBytes } from "./bytes.ts";
import { openStore } from "./openStore.ts";
import { jsonOption, storeOption } from "./options.ts";
import { remoteFolder } from "./remote.ts";
import { table } from "./table.ts";

export function storeCommand() {
	return new Command("store")
		.summary("show what the kept results take, or make room")
		.description(
			"Shows what the store keeps: results by model, and files fetched from elsewhere. A result is kept under the digest of\n" +
				"everything that determined it, so nothing in it is ever out of date; what is removed is measured, or fetched, again\n" +
				"when it is asked for.",
		)
		.addOption(storeOption())
		.addOption(jsonOption())
		.addHelpText(
			"after",
			"\nExamples:\n  sightline store\n  sightline store prune --keep 10GB\n  sightline store prune --fetched",
		)
		.action(async (options) => {
			const store = openStore(options.store);
			const models = await usageByModel(store);
			const sizeBytes = models.reduce((sum, usage) => sum + usage.sizeBytes, 0);
			const fetched = await fetchedSources(remoteFolder(store));
			const fetchedBytes = fetched.reduce((sum, source) => sum + source.sizeBytes, 0);
			if (options.json) return print(JSON.stringify({ place: store.place, sizeBytes, models, fetchedBytes, fetched }));
			const rows = models.map((usage) => [
				usage.model,
				usage.entries,
				formatBytes(usage.sizeBytes),
				Object.entries(usage.metrics)
					.map(([metric, bytes]) => `${metric} ${formatBytes(bytes)}`)
					.join(", "),
			]);
			const more = fetched.length > 0 ? `, and ${formatBytes(fetchedBytes)} fetched from elsewhere` : "";
			print(`${store.place}: ${formatBytes(sizeBytes)}${more}`);
			if (rows.length > 0) print(table(["model", "entries", "size", "of which"], rows).trimEnd());
			const sources = fetched.map(({ source, files, sizeBytes: bytes }) => [source, files, formatBytes(bytes)]);
			if (sources.length > 0) print(`\n${table(["fetched from", "files", "size"], sources).trimEnd()}`);
		})
		.addCommand(pruneCommand().exitOverride());
}

function pruneCommand() {
	return (
		new Command("prune")
			.summary("remove results until the store is small enough, or what was fetched")
			.description(
				"With --keep, removes results, those of the least recently used Gram matrices first, until they take no more than\n" +
					"that. With --fetched, removes files fetched from elsewhere, and what is left of downloads that were broken off, but\n" +
					"for the models that sightline.json in the working folder names; entries of other folders are not known, theirs\n" +
					"are fetched again. Do not run it while the same store is at work: that may have to measure or fetch again.",
			)
			.option("--keep <size>", "how much of the results may stay: 500MB, 10GB, 2GiB, 0", parseBytes)
			.option("--fetched", "remove fetched files that no entry here names")
			.addOption(storeOption())
			.addOption(jsonOption())
			.addHelpText(
				"after",
				"\nExamples:\n  sightline store prune --keep 10GB\n  sightline store prune --keep 0 --fetched",
			)
			// `sightline store --store x prune` puts the option at the parent.
			.action(async (_, command) => {
				const options = command.optsWithGlobals() as { keep?: number; fetched?: true; store?: string; json?: true };
				if (options.keep === undefined && options.fetched === undefined) {
					command.error("error: nothing to remove: say how much of the results may stay (--keep 10GB), or --fetched");
				}
				const store = openStore(options.store);
				// Told before anything is removed, since a sightline.json that is wrong names nothing.
				const named = options.fetched ? await addressesOfEntries() : [];
				const pruned = options.keep === undefined ? null : await prune(store, options.keep);
				const fetched = options.fetched ? await giveUpFetched(remoteFolder(store), named) : null;
				if (options.json) {
					print(JSON.stringify({ place: store.place, ...pruned, ...(fetched === null ? {} : { fetched }) }));
					return;
				}
				const removed = [
					...(pruned === null ? [] : [`removed ${inWords(pruned)}`]),
					...(fetched === null
						? []
						: [
								`removed ${formatBytes(fetched.removedBytes)} of what was fetched; ${formatBytes(fetched.keptBytes)} kept`,
							]),
				];
				print(removed.map((line) => `${store.place}: ${line}`).join("\n"));
			})
	);
}

async function addressesOfEntries(): Promise<string[]> {
	const { models } = await readOwnEntries(process.cwd(), knownIds);
	return models.map(({ source }) => source.file).filter(isAddress);
}

function inWords({ removedEntries, removedBytes, keptBytes }: Pruned): string {
	const results = `${removedEntries} result${removedEntries === 1 ? "" : "s"}`;
	return `${results}, ${formatBytes(removedBytes)}; ${formatBytes(keptBytes)} kept`;
}

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}
