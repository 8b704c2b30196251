/** `sightline add-images <path>`: looks at images, says what was found, and names them in sightline.json. */
import { basename, resolve } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { knownIds } from "../data/catalogue.ts";
import { checkOwnEntry, ownEntriesName, putOwnEntry } from "../data/ownEntries/ownEntriesFile.ts";
import type { KeptChecks } from "../data/stored/checkImages.ts";
import { kindOf } from "../data/stored/kindOf.ts";
import { type StoredSet, storedSetOpener } from "../data/stored/storedSet.ts";
import { SightlineError } from "../errors.ts";
import { type ImageSetEntry, plainEntry } from "../zoo/imageSetEntry.ts";
import { formatBytes } from "./bytes.ts";
import { keptChecks } from "./keptChecks.ts";
import { openStore } from "./openStore.ts";
import { jsonOption, storeOption } from "./options.ts";
import { idOf, portable } from "./ownName.ts";
import { pairs } from "./table.ts";

/** Of what is left out, in text; --json has all. */
const skippedShown = 20;

export function addImagesCommand() {
	return new Command("add-images")
		.summary("look at images and name them in sightline.json")
		.description(
			"Looks at a folder of images, ImageNet's layout, tar archives (WebDataset), Parquet tables (Hugging Face),\n" +
				"CIFAR's binary files or an .npz: reads every image once, says what was found and what cannot be read, and writes an entry\n" +
				"into sightline.json in the working folder, under whose id the set can be named everywhere.",
		)
		.argument("<path>", "folder or file that holds the images")
		.option("--id <id>", "names the set (default: the last part of the path)")
		.option("--title <title>", "for people (default: the id)")
		.option("--labels <name>", "the column, array, kind of label or extension that labels are taken from")
		.option("--upright", "turn images as EXIF says that the camera was held")
		.option("--strict", "refuse the set where anything in it cannot be read, now and later")
		.addOption(storeOption())
		.addOption(jsonOption())
		.addHelpText(
			"after",
			`
Examples:
  sightline add-images photographs --title "Our photographs"
  sightline add-images imagenet/val.tar --id imagenet --strict
  sightline add-images cifar-100-binary --labels coarse`,
		)
		.action(async (path, options) => {
			const entry = await entryOf(path, options);
			const change = {
				list: "imageSets",
				entry: jsonOf(entry),
				// Of the same images: they are looked at anew.
				mayReplace: (old: ImageSetEntry) => resolve(old.source.path) === entry.source.path,
			} as const;
			await checkOwnEntry(process.cwd(), knownIds, change);
			const set = await read(entry, keptChecks(openStore(options.store)));
			const written = { ...change, entry: { ...change.entry, digest: set.digest } };
			const how = await putOwnEntry(process.cwd(), knownIds, written);
			const text = options.json ? `${JSON.stringify(asJson(entry, set, how))}\n` : asText(entry, set, how);
			process.stdout.write(text);
		});
}

interface AddOptions {
	readonly id?: string;
	readonly title?: string;
	readonly labels?: string;
	readonly upright?: true;
	readonly strict?: true;
}

async function entryOf(given: string, options: AddOptions): Promise<ImageSetEntry> {
	const path = resolve(given);
	const kind = await kindOf(path);
	if (kind === null) throw new SightlineError("NOT_FOUND", `there is no folder or file ${path}`);
	const id = options.id ?? idOf(basename(path).replace(/\.(?:tar|parquet|bin|npz)$/i, ""), path);
	const entry = plainEntry(id, options.title ?? id, kind, path);
	return {
		...entry,
		source: { ...entry.source, labels: options.labels ?? null },
		strict: options.strict ?? false,
		upright: options.upright ?? false,
	};
}

async function read(entry: ImageSetEntry, checks: KeptChecks): Promise<StoredSet> {
	const { stderr } = process;
	const open = storedSetOpener(checks);
	if (!stderr.isTTY) return open(entry);
	try {
		return await open(entry, (done, total) => stderr.write(`\r${done} of ${total} images read`));
	} finally {
		stderr.write("\r\u001b[K");
	}
}

/** As it stands in the file: paths within the working folder are relative to it, what is usual is left out. */
function jsonOf({ id, title, source, strict, upright }: ImageSetEntry) {
	const { kind, path, labels } = source;
	return {
		...{ id, title },
		source: { kind, path: portable(path), ...(labels === null ? {} : { labels }) },
		...(strict ? { strict } : {}),
		...(upright ? { upright } : {}),
	};
}

function asJson({ source }: ImageSetEntry, set: StoredSet, how: "added" | "replaced") {
	const { id, title, digest, classNames, skipped, sizeBytes, smallest, largest } = set;
	return {
		...{ how, id, title, kind: source.kind, path: source.path, digest, sizeBytes, smallest, largest },
		splits: Array.from(set.splits, ([name, { count }]) => ({ name, count })),
		...{ classNames, skipped },
	};
}

function asText({ source }: ImageSetEntry, set: StoredSet, how: "added" | "replaced"): string {
	const { id, digest, classNames, skipped, sizeBytes } = set;
	const splits = Array.from(set.splits, ([name, { count }]) => `${name} ${count}`);
	const rows = pairs([
		["kind", source.kind],
		["images", set.splits.get("all")?.count ?? 0],
		["size", formatBytes(Math.round(sizeBytes))],
		["pixels", pixels(set)],
		["splits", splits.join(", ")],
		["classes", classNames.length === 0 ? "none: the images carry no labels" : inWords(classNames)],
		["skipped", skipped.length],
		["digest", digest],
	]);
	const named = skipped.slice(0, skippedShown).map(({ file, reason }) => `  ${file}: ${reason}\n`);
	const more = skipped.length > skippedShown ? `  and ${skipped.length - skippedShown} more; --json names all\n` : "";
	return `${rows}${named.join("")}${more}${how} as "${id}" in ${ownEntriesName}\n`;
}

/** Width x height, as people say it. */
function pixels({ smallest, largest, width }: StoredSet): string {
	const [least, most] = [smallest, largest].map(([height, width]) => `${width} x ${height}`);
	return width !== null && least === most ? `${least}` : `${least} to ${most}`;
}

function inWords(classNames: readonly string[]): string {
	const shown = classNames.slice(0, 5).join(", ");
	return classNames.length > 5 ? `${classNames.length}: ${shown}, ...` : `${classNames.length}: ${shown}`;
}
