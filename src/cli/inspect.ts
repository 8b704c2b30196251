/** `sightline inspect <model>`: what is found in a model's graph, before anything is measured. */
import { Command } from "@commander-js/extra-typings";
import type { Anatomy } from "../anatomy/anatomy.ts";
import { type AnatomySummary, summarize } from "../anatomy/summary.ts";
import { type OpenModel, openModel } from "../data/modelFile.ts";
import { jsonOption } from "./options.ts";
import { pairs, table } from "./table.ts";

export function inspectCommand() {
	return new Command("inspect")
		.summary("show what is found in a model")
		.description(
			"Shows what Sightline finds in a model's graph: family, token grid, blocks, heads, residual additions and the\n" +
				"named layers that can be asked for. A model is an id (sightline models) or the path of an .onnx file.",
		)
		.argument("<model>", "id, or path of an .onnx file")
		.addOption(jsonOption())
		.addHelpText("after", "\nExamples:\n  sightline inspect vit-s\n  sightline inspect ./model.onnx --json")
		.action(async (model, options) => {
			const open = await openModel(model);
			const summary = summarize(open.anatomy);
			const { id, digest, preprocessing } = open.identity;
			process.stdout.write(
				options.json
					? `${JSON.stringify({ id, digest, preprocessing, ...summary })}\n`
					: `${outline(open, summary)}\n${layerTable(open.anatomy)}`,
			);
		});
}

function outline({ identity, anatomy }: OpenModel, summary: AnatomySummary): string {
	const { input, layers } = summary;
	return pairs([
		["model", identity.id],
		["family", summary.family],
		["parameters", summary.parameters.toLocaleString("en")],
		["input", `${input.channels} x ${input.height} x ${input.width}, ${identity.preprocessing}`],
		["classes", summary.classes],
		["tokens", tokensInWords(anatomy)],
		["pooling", summary.pooling],
		["blocks", blocksInWords(anatomy, summary)],
		["attentions", attentionsInWords(summary)],
		["residual additions", summary.residualAdditions],
		["layers", `${layers.all} in "all", ${layers.blocks} in "blocks"`],
		...summary.remarks.map((remark) => ["unsure", remark] as const),
		["digest", identity.digest],
	]);
}

function tokensInWords({ tokens }: Anatomy): string | null {
	if (tokens === null) return null;
	const [rows, columns] = tokens.grid;
	const patches = `${rows} x ${columns} patches of ${tokens.patchPx} px`;
	return tokens.classToken ? `${patches} and a class token` : patches;
}

function blocksInWords({ blocks }: Anatomy, { unitsPerStage }: AnatomySummary): string {
	const kinds = [...new Set(blocks.map(({ kind }) => kind))].join(" and ");
	return `${blocks.length} ${kinds}${unitsPerStage === null ? "" : `, by stage ${unitsPerStage.join(", ")}`}`;
}

function attentionsInWords({ attentions, headsPerAttention }: AnatomySummary): string | null {
	if (attentions === 0) return null;
	return `${attentions} of ${headsPerAttention ?? "various numbers of"} heads`;
}

function layerTable({ layers }: Anatomy): string {
	return table(
		["layer", "kind", "shape"],
		layers.map(({ name, kind, shape }) => [name, kind, `[${shape.join(", ")}]`]),
	);
}
