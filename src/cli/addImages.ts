/** `sightline add-images <path>`: looks at images, says what was found, and names them in sightline.json. */
import { Command } from "@commander-js/extra-typings";
import { type AddedImages, addImages, type ImagesToAdd } from "../data/ownEntries/addImages.ts";
import { ownEntriesName } from "../data/ownEntries/ownEntriesFile.ts";
import type { KeptChecks } from "../data/stored/checkImages.ts";
import type { StoredSet } from "../data/stored/storedSet.ts";
import { formatBytes } from "./bytes.ts";
import { keptChecks } from "./keptChecks.ts";
import { openStore } from "./openStore.ts";
import { jsonOption, storeOption } from "./options.ts";
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
		.action(async (path, { json, store, ...options }) => {
			const added = await addShown({ path, ...options }, keptChecks(openStore(store)));
			process.stdout.write(json ? `${JSON.stringify(asJson(added))}\n` : asText(added));
		});
}

async function addShown(images: ImagesToAdd, checks: KeptChecks): Promise<AddedImages> {
	const { stderr } = process;
	const options = { folder: process.cwd(), checks, mayReplace: true };
	if (!stderr.isTTY) return addImages(images, options);
	const onRead = (done: number, total: number) => stderr.write(`\r${done} of ${total} images read`);
	try {
		return await addImages(images, { ...options, onRead });
	} finally {
		stderr.write("\r\u001b[K");
	}
}

function asJson({ entry: { source }, set, how }: AddedImages) {
	const { id, title, digest, classNames, skipped, sizeBytes, smallest, largest } = set;
	return {
		...{ how, id, title, kind: source.kind, path: source.path, digest, sizeBytes, smallest, largest },
		splits: Array.from(set.splits, ([name, { count }]) => ({ name, count })),
		...{ classNames, skipped },
	};
}

function asText({ entry: { source }, set, how }: AddedImages): string {
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
