/** `sightline store`: what the kept results take, and how to make room. */
import { Command } from "@commander-js/extra-typings";
import { prune, usageByModel } from "../store/prune.ts";
import { formatBytes, parseBytes } from "./bytes.ts";
import { openStore } from "./openStore.ts";
import { jsonOption, storeOption } from "./options.ts";
import { table } from "./table.ts";

export function storeCommand() {
	return new Command("store")
		.summary("show what the kept results take, or make room")
		.description(
			"Shows what the store keeps, by model. A result is kept under the digest of everything that determined it, so\n" +
				"nothing in it is ever out of date; what is removed is measured again when it is asked for.",
		)
		.addOption(storeOption())
		.addOption(jsonOption())
		.addHelpText("after", "\nExamples:\n  sightline store\n  sightline store prune --keep 10GB")
		.action(async (options) => {
			const store = openStore(options.store);
			const models = await usageByModel(store);
			const sizeBytes = models.reduce((sum, usage) => sum + usage.sizeBytes, 0);
			if (options.json) return print(JSON.stringify({ place: store.place, sizeBytes, models }));
			const rows = models.map((usage) => [
				usage.model,
				usage.entries,
				formatBytes(usage.sizeBytes),
				Object.entries(usage.metrics)
					.map(([metric, bytes]) => `${metric} ${formatBytes(bytes)}`)
					.join(", "),
			]);
			print(`${store.place}: ${formatBytes(sizeBytes)}`);
			if (rows.length > 0) print(table(["model", "entries", "size", "of which"], rows).trimEnd());
		})
		.addCommand(pruneCommand().exitOverride());
}

function pruneCommand() {
	return (
		new Command("prune")
			.summary("remove results until the store is small enough")
			.description(
				"Removes results, those of the least recently used Gram matrices first, until the store takes no more than\n" +
					"--keep. Do not run it while a measurement is running on the same store: it may have to measure again.",
			)
			.requiredOption("--keep <size>", "how much may stay: 500MB, 10GB, 2GiB, 0", parseBytes)
			.addOption(storeOption())
			.addOption(jsonOption())
			.addHelpText("after", "\nExamples:\n  sightline store prune --keep 10GB\n  sightline store prune --keep 0")
			// `sightline store --store x prune` puts the option at the parent.
			.action(async (_, command) => {
				const options = command.optsWithGlobals() as { keep: number; store?: string; json?: true };
				const store = openStore(options.store);
				const pruned = await prune(store, options.keep);
				if (options.json) return print(JSON.stringify({ place: store.place, ...pruned }));
				print(
					`${store.place}: removed ${pruned.removedEntries} result${pruned.removedEntries === 1 ? "" : "s"}, ${formatBytes(pruned.removedBytes)}; ` +
						`${formatBytes(pruned.keptBytes)} kept`,
				);
			})
	);
}

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}
