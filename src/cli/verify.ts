/** `sightline verify <model>`: whether its preprocessing and its labels look right, by how often it is right. */
import { Command } from "@commander-js/extra-typings";
import { readCatalogue } from "../data/catalogue.ts";
import type { OpenModel } from "../data/modelFile.ts";
import { SightlineError } from "../errors.ts";
import { otherPreprocessings } from "../zoo/otherPreprocessing.ts";
import { type AskedAccuracy, askAccuracy, percent } from "./askAccuracy.ts";
import { onInterrupt } from "./interrupt.ts";
import { openStore } from "./openStore.ts";
import { deviceOption, jsonOption, share, storeOption, wholeNumber } from "./options.ts";
import { showPasses } from "./progress.ts";
import { locator } from "./remote.ts";
import { pairs } from "./table.ts";
import { judge, type Verdict } from "./verdict.ts";

export function verifyCommand() {
	return new Command("verify")
		.summary("check a model's preprocessing and labels on labelled images")
		.description(
			"Runs a model on labelled images and says whether what its entry says of pixels and labels looks right: whether it is as\n" +
				"often right as is claimed (--claimed, or `accuracy` of its entry), or clearly better than chance. Where it is not, the\n" +
				"usual other ways to prepare pixels are tried, and the best is named.",
		)
		.argument("<model>", "id, path or address")
		.option("--images <set>", "labelled images (default: those of the claim, or the set that the model's labels name)")
		.option("--split <name>", "which of its splits", "test")
		.option("--count <number>", "how many images", wholeNumber(1), 200)
		.option("--claimed <share>", "top-1 accuracy that is claimed, 0 to 1 (default: as its entry says)", share)
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
			const { labels } = await catalogue.openImageSet(set);
			const given = { ...open.entry, id: `${open.entry.id} (as given)`, labels };
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
				const card = await services.card(open.entry.id);
				const claimed = options.claimed ?? open.entry.accuracy?.top1 ?? card?.accuracy?.value ?? null;
				const chance = 1 / open.anatomy.output.classes;
				const verdict = judge(found.top1, claimed, chance);
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

interface Better {
	readonly name: string;
	readonly top1: AskedAccuracy["top1"];
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
	const set = asked ?? entry.accuracy?.images ?? entry.labels;
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
