/** `sightline inspect <model>`: what is found in a model's graph, before anything is measured. */
import { writeFile } from "node:fs/promises";
import { Command } from "@commander-js/extra-typings";
import { outline } from "../anatomy/outline.ts";
import { summarize } from "../anatomy/summary.ts";
import { readCatalogue } from "../data/catalogue.ts";
import type { OpenModel } from "../data/modelFile.ts";
import { printModel } from "../onnx/print.ts";
import { applicabilityOf } from "../plan/applicability.ts";
import { type Inspected, inspectPage } from "./inspectPage.ts";
import { openStore } from "./openStore.ts";
import { jsonOption, storeOption } from "./options.ts";
import { locator } from "./remote.ts";
import { pairs } from "./table.ts";

export function inspectCommand() {
	return new Command("inspect")
		.summary("show what is found in a model")
		.description(
			"Shows what Sightline finds in a model's graph: family, token grid, blocks, heads, residual additions, the\n" +
				"named layers that can be asked for, and which measurements apply. A model is an id (sightline models), the\n" +
				"path of a file, or the address of one on the Hugging Face Hub or elsewhere.",
		)
		.argument("<model>", "id, path or address")
		.option("--graph", "print the graph itself instead, a line a node")
		.option("--html <file>", "write what is found as a page, with the graph as boxes")
		.addOption(storeOption())
		.addOption(jsonOption())
		.addHelpText(
			"after",
			"\nExamples:\n  sightline inspect vit-s\n  sightline inspect ./model.onnx --json\n  sightline inspect ./model.onnx --graph\n" +
				"  sightline inspect ./model.onnx --html model.html\n  sightline inspect hf:Xenova/vit-base-patch16-224",
		)
		.action(async (model, options) => {
			const locate = locator(openStore(options.store));
			const open = await (await readCatalogue(process.cwd(), { locate })).openModel(model);
			if (options.html !== undefined) {
				await writeFile(options.html, inspectPage(inspected(open)));
				process.stderr.write(`${options.html} is written.\n`);
			} else if (options.json) process.stdout.write(`${JSON.stringify(inJson(open))}\n`);
			else process.stdout.write(options.graph ? printModel(open.model) : inWords(open));
		});
}

function inspected(open: OpenModel): Inspected {
	const { identity, anatomy } = open;
	const { id, digest, preprocessing } = identity;
	return { id, digest, preprocessing, anatomy, measurements: applicabilityOf(open) };
}

function inJson(open: OpenModel) {
	const { anatomy, ...rest } = inspected(open);
	return { ...rest, ...summarize(anatomy) };
}

function inWords(open: OpenModel): string {
	const { identity, anatomy } = open;
	const { id, digest, preprocessing } = identity;
	const own = pairs([
		["model", id],
		["digest", digest],
		["pixels", preprocessing],
	]);
	return `${own}\n${outline(anatomy)}\n${measurements(open)}\n`;
}

/** A line for each metric: that it applies, or why it does not. */
function measurements(open: OpenModel): string {
	const lines = applicabilityOf(open).map(({ measurement, reason }): [string, string] => [
		measurement,
		reason ?? "applies",
	]);
	return `measurements\n${pairs(lines)}`;
}
