/** `sightline add <model>`: looks at a model, says what was found, and names it in sightline.json. */
import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { outline } from "../anatomy/outline.ts";
import { summarize } from "../anatomy/summary.ts";
import { type AddedModel, addModel } from "../data/ownEntries/addModel.ts";
import { ownEntriesName } from "../data/ownEntries/ownEntriesFile.ts";
import { SightlineError } from "../errors.ts";
import { describePreprocessing, type Preprocessing, type ResizeFilter, resizeFilters } from "../zoo/preprocessing.ts";
import { roles } from "../zoo/roles.ts";
import { onInterrupt } from "./interrupt.ts";
import { openStore } from "./openStore.ts";
import { jsonOption, share, storeOption, wholeNumber } from "./options.ts";
import { fetchShown, openRemote } from "./remote.ts";
import { pairs } from "./table.ts";

export function addCommand() {
	return new Command("add")
		.summary("look at a model and name it in sightline.json")
		.description(
			"Looks at a model: an .onnx file, a checkpoint (.safetensors or .npz, with its config.json beside it), or the address of one\n" +
				"(hf:owner/name of the Hugging Face Hub, or https). Says what was found, and writes an entry into sightline.json in the\n" +
				"working folder, under whose id the model can be named everywhere. How pixels are prepared is read from the\n" +
				"preprocessor_config.json or config.json that was published with it, unless options say it. Added again, it is\n" +
				"looked at anew, and what its entry says beside that stays.",
		)
		.argument("<model>", "path or address")
		.option("--id <id>", "names the model (default: made of its path or address)")
		.option("--title <title>", "for people (default: the id)")
		.option("--labels <set>", "id of the image set whose labels its logits are")
		.option("--claimed <share>", "top-1 accuracy that its card claims, 0 to 1, which `verify` looks into", share)
		.option("--claimed-on <set>", "id of the image set of which that is claimed")
		.addOption(new Option("--role <roles...>", "whose places it takes in reports").choices(roles))
		.addOption(new Option("--resize <filter>", "how images are resized, whatever was published").choices(resizeFilters))
		.option("--short-side <pixels>", "what the shorter side is brought to before the middle is cut out", wholeNumber(1))
		.option("--mean <values>", "of each channel, of values in 0..1: 0.485,0.456,0.406", numbers)
		.option("--deviation <values>", "of each channel: 0.229,0.224,0.225", numbers)
		.option("--offline", "use only what was fetched before")
		.addOption(storeOption())
		.addOption(jsonOption())
		.addHelpText(
			"after",
			`
Examples:
  sightline add ./model.onnx --id mine --labels photographs
  sightline add ./resnet.onnx --mean 0.4914,0.4822,0.4465 --deviation 0.2470,0.2435,0.2616
  sightline add hf:Xenova/vit-base-patch16-224 --role vit --claimed 0.81
  sightline add hf:google/vit-base-patch16-224@main:model.safetensors --id vit-b`,
		)
		.action(async (model, options) => {
			const { id, title, labels, claimed, claimedOn, role, offline = false } = options;
			if (claimed === undefined && claimedOn !== undefined) {
				throw new SightlineError(
					"BAD_INPUT",
					"--claimed-on tells of which images a share is claimed: give --claimed too",
				);
			}
			const accuracy = claimed === undefined ? undefined : { top1: claimed, images: claimedOn ?? null };
			const added = await addModel(
				{ model, id, title, labels, accuracy, roles: role, preprocessing: preprocessingOf(options) },
				{
					folder: process.cwd(),
					fetch: async (address) =>
						fetchShown(await openRemote(openStore(options.store), offline), address, onInterrupt()),
					mayReplace: true,
				},
			);
			process.stdout.write(options.json ? `${JSON.stringify(asJson(added))}\n` : inWords(added));
		});
}

interface PixelOptions {
	readonly resize?: ResizeFilter | undefined;
	readonly shortSide?: number | undefined;
	readonly mean?: readonly number[] | undefined;
	readonly deviation?: readonly number[] | undefined;
}

/** What of it is said. */
function preprocessingOf({ resize, shortSide, mean, deviation }: PixelOptions): Partial<Preprocessing> {
	return {
		...(resize === undefined ? {} : { resize }),
		...(shortSide === undefined ? {} : { shortSide }),
		...(mean === undefined ? {} : { mean }),
		...(deviation === undefined ? {} : { deviation }),
	};
}

/** "0.485,0.456,0.406" */
function numbers(text: string): readonly number[] {
	const values = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
	if (values.every(Number.isFinite)) return values;
	throw new InvalidArgumentError("expected numbers with commas between them, such as 0.485,0.456,0.406.");
}

function asJson({ id, how, source, preprocessing, notes, open }: AddedModel) {
	const { sha256, anatomy } = open;
	return { id, how, source, sha256, preprocessing, notes, ...summarize(anatomy) };
}

function inWords({ id, how, preprocessing, notes, open: { identity, anatomy, sha256 } }: AddedModel): string {
	const own = pairs([
		["model", id],
		["digest", identity.digest],
		["SHA-256", sha256],
		["pixels", describePreprocessing(preprocessing)],
	]);
	const said = notes.map((note) => `  ${note}\n`).join("");
	return `${own}\n${said}${outline(anatomy)}\n${how} in ${ownEntriesName}: name it as ${id}\n`;
}
