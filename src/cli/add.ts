/** `sightline add <model>`: looks at a model, says what was found, and names it in sightline.json. */
import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { outline } from "../anatomy/outline.ts";
import { summarize } from "../anatomy/summary.ts";
import { knownIds } from "../data/catalogue.ts";
import { modelOpener, type OpenModel } from "../data/modelFile.ts";
import { ownEntriesName, putOwnEntry } from "../data/ownEntries/ownEntriesFile.ts";
import { readJson } from "../data/readJson.ts";
import { isAddress } from "../data/remote/address.ts";
import { SightlineError } from "../errors.ts";
import { describePreprocessing, type Preprocessing } from "../zoo/preprocessing.ts";
import { publishedPreprocessing } from "../zoo/published/publishedPreprocessing.ts";
import { onInterrupt } from "./interrupt.ts";
import { openStore } from "./openStore.ts";
import { jsonOption, storeOption } from "./options.ts";
import { idOf, portable } from "./ownName.ts";
import { fetchShown, openRemote } from "./remote.ts";
import { pairs } from "./table.ts";

export function addCommand() {
	return new Command("add")
		.summary("look at a model and name it in sightline.json")
		.description(
			"Looks at a model: an .onnx file, a checkpoint (.safetensors or .npz, with its config.json beside it), or the address of one\n" +
				"(hf:owner/name of the Hugging Face Hub, or https). Says what was found, and writes an entry into sightline.json in the\n" +
				"working folder, under whose id the model can be named everywhere. How pixels are prepared is read from the\n" +
				"preprocessor_config.json or config.json that was published with it.",
		)
		.argument("<model>", "path or address")
		.option("--id <id>", "names the model (default: made of its path or address)")
		.option("--title <title>", "for people (default: the id)")
		.option("--labels <set>", "id of the image set whose labels its logits are")
		.option("--offline", "use only what was fetched before")
		.addOption(storeOption())
		.addOption(jsonOption())
		.addHelpText(
			"after",
			`
Examples:
  sightline add ./model.onnx --id mine --labels photographs
  sightline add hf:Xenova/vit-base-patch16-224
  sightline add hf:google/vit-base-patch16-224@main:model.safetensors --id vit-b`,
		)
		.action(async (given, options) => {
			const place = await placeOf(given, options);
			const id = options.id ?? idOf(nameOf(given), given);
			const open = await modelOpener([], process.cwd())(place.file);
			const source = { kind: open.entry.source.kind, file: place.named };
			const { preprocessing, notes } = await preprocessingOf(place.file, open);
			const labels = options.labels === undefined ? {} : { labels: options.labels };
			const how = await putOwnEntry(process.cwd(), knownIds, {
				list: "models",
				entry: { id, title: options.title ?? id, source, preprocessing, ...labels },
				// The same model: it is looked at anew.
				mayReplace: (old) => old.source.file === source.file,
			});
			process.stdout.write(
				options.json
					? `${JSON.stringify({ id, how, source, preprocessing, notes, ...summarize(open.anatomy) })}\n`
					: inWords(id, open, preprocessing, notes, how),
			);
		});
}

interface Place {
	/** On this machine. */
	readonly file: string;
	/** As the entry names it: an address with its commit, or a path. */
	readonly named: string;
}

async function placeOf(given: string, { store, offline }: { store?: string; offline?: true }): Promise<Place> {
	if (isAddress(given)) {
		const remote = await openRemote(openStore(store), offline ?? false);
		const { file, address } = await fetchShown(remote, given, onInterrupt());
		return { file, named: address };
	}
	const file = resolve(given);
	if (!existsSync(file)) {
		throw new SightlineError("NOT_FOUND", `there is no file ${file}`, {
			hint: "A model of the Hugging Face Hub is named as hf:owner/name.",
		});
	}
	return { file, named: portable(file) };
}

/** "hf:owner/name@main:onnx/model.onnx" is called name, "./models/vit.onnx" vit. */
function nameOf(given: string): string {
	const repository = /^hf:[^/]+\/([^@:]+)/.exec(given)?.[1];
	return repository ?? basename(given).replace(/\.(?:onnx|npz|safetensors(?:\.index\.json)?)$/i, "");
}

/** As it was published beside the file or in the folder above; pixels in -1..1 where nothing was. */
async function preprocessingOf(
	file: string,
	{ anatomy, preprocessing }: OpenModel,
): Promise<{ preprocessing: Preprocessing; notes: readonly string[] }> {
	const { height, width } = anatomy.input;
	for (const name of ["preprocessor_config.json", "config.json"]) {
		for (const folder of [dirname(file), dirname(dirname(file))]) {
			const config = await readJson(join(folder, name));
			if (config === null || (name === "config.json" && !isPreprocessing(config))) continue;
			const published = publishedPreprocessing(config, name, [height, width]);
			return { preprocessing: published.preprocessing, notes: [`Read from ${name}.`, ...published.notes] };
		}
	}
	const notes = [
		"No preprocessing was published with it: pixels in -1..1 are taken for granted; change the entry if not.",
	];
	return { preprocessing, notes };
}

/** transformers' config.json says nothing of pixels, timm's does. */
function isPreprocessing(config: unknown): boolean {
	return typeof config === "object" && config !== null && ("pretrained_cfg" in config || "input_size" in config);
}

function inWords(
	id: string,
	{ identity, anatomy }: OpenModel,
	preprocessing: Preprocessing,
	notes: readonly string[],
	how: string,
): string {
	const own = pairs([
		["model", id],
		["digest", identity.digest],
		["pixels", describePreprocessing(preprocessing)],
	]);
	const said = notes.map((note) => `  ${note}\n`).join("");
	return `${own}\n${said}${outline(anatomy)}\n${how} in ${ownEntriesName}: name it as ${id}\n`;
}
