/** `sightline models`: the models that can be named, and how well those that come along were measured to do. */
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { readCatalogue } from "../data/catalogue.ts";
import { readCard } from "../data/modelCard.ts";
import { weightsFolder } from "../data/modelFile.ts";
import type { MeasuredAccuracy } from "../zoo/card.ts";
import type { ModelEntry } from "../zoo/entry.ts";
import { zoo } from "../zoo/zoo.ts";
import { askAccuracy, percent } from "./askAccuracy.ts";
import { onInterrupt } from "./interrupt.ts";
import { deviceOption, jsonOption, storeOption } from "./options.ts";
import { showPasses } from "./progress.ts";
import type { OpenServices } from "./services.ts";
import { table } from "./table.ts";

/** Unseen images that a card's accuracy rests on. */
const cardImages = 4000;

export function modelsCommand() {
	return new Command("models")
		.summary("list the models that can be named")
		.description(
			"Lists the embedded models, with what each stands for, its size, its training and its accuracy on unseen images,\n" +
				"and those of sightline.json in the working folder.",
		)
		.option(
			"--measure",
			"for maintainers: measure each accuracy anew on the shipped weights and write it into the card",
		)
		.addOption(deviceOption())
		.addOption(storeOption())
		.addOption(jsonOption())
		.addHelpText("after", "\nExamples:\n  sightline models\n  sightline models --json")
		.action(async (options) => {
			if (options.measure) {
				const { openServices } = await import("./services.ts");
				await measureCards(await openServices(options));
			}
			const models = await Promise.all((await readCatalogue()).models.map(described));
			if (options.json) return void process.stdout.write(`${JSON.stringify(models)}\n`);
			const rows = models.map((model) => [
				model.id,
				model.family,
				model.parameters,
				model.imagesSeen,
				model.accuracy === null ? null : percent(model.accuracy),
				model.interval === null ? null : model.interval.map(percent).join(" to "),
				model.standsFor,
			]);
			const headings = ["id", "family", "parameters", "images seen", "accuracy", "95 % interval", "stands for"];
			process.stdout.write(table(headings, rows));
		});
}

/** A model as `--json` prints it; null where its card is not there yet. */
async function described({ id, title, expected, standsFor }: ModelEntry) {
	const card = await readCard(id);
	return {
		id,
		title,
		family: expected?.family ?? null,
		standsFor,
		parameters: expected?.parameters ?? null,
		imagesSeen: card?.imagesSeen ?? null,
		imagesDistinct: card?.imagesDistinct ?? null,
		accuracy: card?.accuracy?.value ?? null,
		interval: card?.accuracy ? [card.accuracy.low, card.accuracy.high] : null,
		licence: card?.licence ?? null,
	};
}

async function measureCards(services: OpenServices): Promise<void> {
	const hidePasses = showPasses(services.engine);
	const signal = onInterrupt();
	try {
		for (const { id } of zoo) await writeAccuracy(id, await accuracyOf(id, services, signal));
	} finally {
		hidePasses();
		await services.close();
	}
}

async function accuracyOf(id: string, services: OpenServices, signal: AbortSignal): Promise<MeasuredAccuracy> {
	// Unseen images of the set that it was trained on last.
	const set = (await readCard(id))?.imageSet;
	const { top1 } = await askAccuracy(services, id, { set, split: "test", count: cardImages }, signal);
	return { value: top1.value, low: top1.low, high: top1.high, images: cardImages };
}

/** Changes nothing else in the card, which the training wrote. */
async function writeAccuracy(id: string, accuracy: MeasuredAccuracy): Promise<void> {
	const file = join(weightsFolder, `${id}.card.json`);
	const card: unknown = JSON.parse(await readFile(file, "utf8"));
	const temporary = `${file}.part`;
	await writeFile(temporary, `${JSON.stringify({ ...Object(card), accuracy }, null, "\t")}\n`);
	await rename(temporary, file);
}
