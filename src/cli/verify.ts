/** `sightline verify <model>`: whether its preprocessing and its labels look right, by how often it is right. */
import { Command, InvalidArgumentError } from "@commander-js/extra-typings";
import { readCatalogue } from "../data/catalogue.ts";
import type { OpenModel } from "../data/modelFile.ts";
import { SightlineError } from "../errors.ts";
import { otherPreprocessings } from "../zoo/otherPreprocessing.ts";
import { type AskedAccuracy, askAccuracy, percent } from "./askAccuracy.ts";
import { onInterrupt } from "./interrupt.ts";
import { openStore } from "./openStore.ts";
import { deviceOption, jsonOption, storeOption, wholeNumber } from "./options.ts";
import { showPasses } from "./progress.ts";
import { locator } from "./remote.ts";
import { pairs } from "./table.ts";

/** As far as images of the same kind may bring a model from what its card claims. */
const tolerance = 0.05;
/** A model that nobody claims anything of should do better than chance by this much. */
const timesChance = 3;

export function verifyCommand() {
	return new Command("verify")
		.summary("check a model's preprocessing and labels on labelled images")
		.description(
			"Runs a model on labelled images and says whether what its entry says of pixels and labels looks right: whether it is as\n" +
				"often right as its card claims (--claimed), or clearly better than chance. Where it does not, the usual other ways\n" +
				"to prepare pixels are tried, and the best is named.",
		)
		.argument("<model>", "id, path or address")
		.option("--images <set>", "labelled images (default: the set that the model's labels name)")
		.option("--split <name>", "which of its splits", "test")
		.option("--count <number>", "how many images", wholeNumber(1), 200)
		.option("--claimed <share>", "top-1 accuracy that its card claims, 0 to 1", share)
		.addOption(deviceOption())
		.addOption(storeOption())
		.addOption(jsonOption())
		.addHelpText(
			"after",
			"\nExamples:\n  sightline verify vit-s\n  sightline verify ./model.onnx --images ./photographs --split all --claimed 0.757\n\n" +
				"Exit codes: 0 it looks right, 1 it does not.",
		)
		.action(async (model, options) => {
			const catalogue = await readCatalogue(process.cwd(), { locate: locator(openStore(options.store)) });
			const open = await catalogue.openModel(model);
			const set = labelsOf(open, options.images);
			// Taken at its word: its logits are of these images' labels.
			const given = { ...open.entry, id: `${open.entry.id} (as given)`, labels: set };
			const others = otherPreprocessings(open.preprocessing).map(({ name, preprocessing }) => ({
				name,
				entry: { ...given, id: `${open.entry.id} (${name})`, preprocessing },
			}));
			const { openServices } = await import("./services.ts");
			const services = await openServices({ ...options, further: [given, ...others.map(({ entry }) => entry)] });
			const hidePasses = showPasses(services.engine);
			try {
				const images = { set, split: options.split, count: options.count };
				const ask = (id: string) => askAccuracy(services, id, images, onInterrupt());
				const found = await ask(given.id);
				const claimed = options.claimed ?? (await services.card(open.entry.id))?.accuracy?.value ?? null;
				const chance = 1 / open.anatomy.output.classes;
				const verdict = judge(found, claimed, chance);
				const better = verdict.right ? null : await bestOf(others, ask, found);
				process.stdout.write(
					options.json
						? `${JSON.stringify({ model, images, ...found, claimed, chance, ...verdict, better })}\n`
						: inWords(open, found, claimed, chance, verdict, better),
				);
				if (!verdict.right) process.exitCode = 1;
			} finally {
				hidePasses();
				await services.close();
			}
		});
}

interface Verdict {
	readonly right: boolean;
	/** In a sentence. */
	readonly why: string;
}

interface Better {
	readonly name: string;
	readonly top1: AskedAccuracy["top1"];
}

function judge({ top1: { low, high } }: AskedAccuracy, claimed: number | null, chance: number): Verdict {
	if (claimed !== null) {
		return high >= claimed - tolerance
			? { right: true, why: "It is as often right as is claimed." }
			: { right: false, why: `Even the upper end of the interval is more than ${percent(tolerance)} below the claim.` };
	}
	return low > timesChance * chance
		? {
				right: true,
				why: `It is clearly right more often than ${timesChance} times by chance; nothing is claimed of it.`,
			}
		: { right: false, why: `It is not clearly right more often than ${timesChance} times by chance.` };
}

/** The best of the other ways, if it is clearly better; null where none is. */
async function bestOf(
	others: readonly { readonly name: string; readonly entry: { readonly id: string } }[],
	ask: (id: string) => Promise<AskedAccuracy>,
	given: AskedAccuracy,
): Promise<Better | null> {
	let best: Better | null = null;
	for (const { name, entry } of others) {
		const { top1 } = await ask(entry.id);
		if (top1.low > given.top1.high && top1.value > (best?.top1.value ?? 0)) best = { name, top1 };
	}
	return best;
}

function labelsOf({ entry }: OpenModel, asked: string | undefined): string {
	const set = asked ?? entry.labels;
	if (set !== null) return set;
	throw new SightlineError("BAD_INPUT", `${entry.id} does not say whose labels its logits are`, {
		hint: "Name labelled images with --images, or the set in `labels` of its entry.",
	});
}

function inWords(
	open: OpenModel,
	{ top1, top5 }: AskedAccuracy,
	claimed: number | null,
	chance: number,
	{ right, why }: Verdict,
	better: Better | null,
): string {
	const lines: [string, string][] = [
		["model", open.entry.id],
		["pixels", open.identity.preprocessing],
		["top-1", `${percent(top1.value)} (${percent(top1.low)} to ${percent(top1.high)}) of ${top1.count} images`],
		["top-5", percent(top5.value)],
		["claimed", claimed === null ? "nothing" : percent(claimed)],
		["by chance", percent(chance)],
	];
	const advice = right
		? ""
		: better === null
			? "No other usual way to prepare pixels does clearly better: are the labels in the order of the logits?\n"
			: `With ${better.name} it is ${percent(better.top1.value)}: change \`preprocessing\` in its entry.\n`;
	return `${pairs(lines)}\n${right ? "looks right" : "does not look right"}: ${why}\n${advice}`;
}

function share(text: string): number {
	const value = Number(text);
	if (text.trim() !== "" && value >= 0 && value <= 1) return value;
	throw new InvalidArgumentError("expected a share from 0 to 1, such as 0.757.");
}
