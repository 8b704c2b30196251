/** An anatomy as text for a reader: what the model is, its parts block by block, and how sure they are. */
import type { Anatomy, Finding, Layer } from "./anatomy.ts";
import { partName, type Run, runName, sectionsOf } from "./runs.ts";
import { stages, summarize } from "./summary.ts";

export function outline(anatomy: Anatomy): string {
	const body = sectionsOf(anatomy).map((section) =>
		"layer" in section ? layerLine(section.layer) : runLine(section.run),
	);
	const remarks = anatomy.remarks.map((remark) => `  ! ${remark}`);
	const head = facts(anatomy).map(([name, value]) => `${name.padEnd(11)} ${value}`);
	const findings = columns(anatomy.findings.map(findingLine));
	return [...head, "", ...columns(body), "", ...counts(anatomy), "", ...findings, ...remarks, ""].join("\n");
}

/** What a model is, in words: a name and a value each. */
export function facts(anatomy: Anatomy): readonly (readonly [name: string, value: string])[] {
	const { family, input, output, tokens, parameters, pooling } = anatomy;
	const names = { vit: "ViT", mixer: "MLP-Mixer", cnn: "CNN", other: "other network" };
	const poolings = { cls: "class token", gap: "global average", "cls+gap": "class token and global average" };
	const found: [string, string][] = [
		["family", names[family]],
		["input", `${input.channels} x ${input.height} x ${input.width} (${input.tensor})`],
		["output", `${output.classes} classes (${output.tensor})`],
		["parameters", grouped(parameters)],
		["pooling", pooling === null ? "none found" : poolings[pooling]],
	];
	if (tokens !== null) {
		const [rows, across] = tokens.grid;
		const token = tokens.classToken ? " behind a class token" : "";
		const others = tokens.count - rows * across - (tokens.classToken ? 1 : 0);
		const more = others > 0 ? ` and ${others} more` : "";
		found.push(["tokens", `${tokens.count}: ${rows} x ${across} patches of ${tokens.patchPx} px${token}${more}`]);
	}
	const perStage = stages(anatomy);
	if (perStage !== null) found.push(["stages", `${perStage.join(" + ")} ${family === "cnn" ? "units" : "blocks"}`]);
	return found;
}

/** What a run of blocks is made of, in words: "12 x encoder, 3 heads". */
export function runWords({ blocks, heads, windows, additions }: Run): string {
	const [{ kind, stage }] = blocks;
	const count = blocks.length === 1 ? "" : `${blocks.length} x `;
	const notes = [
		...(stage === null ? [] : [`stage ${stage}`]),
		...(kind === "inverted" && additions.length === 0 ? ["no skip"] : []),
		...(heads === null ? [] : [`${heads} head${heads === 1 ? "" : "s"}`]),
		...(windows === null ? [] : [`${windows} windows`]),
	];
	return [`${count}${kind}`, ...notes].join(", ");
}

/** A shape as a reader sees it: 3 x 224 x 224. */
export function sides(shape: readonly number[]): string {
	return shape.join(" x ");
}

/** The shape of a run's outputs, of the first and the last where these differ. */
export function runSides({ shapes: [first, last] }: Run): string {
	return sides(first) === sides(last) ? sides(first) : `${sides(first)} to ${sides(last)}`;
}

/** How many blocks, attentions, additions and layers there are, in two lines. */
export function counts(anatomy: Anatomy): readonly [string, string] {
	const { blocks, layers, attentions, residualAdditions } = summarize(anatomy);
	return [
		`${blocks} blocks, ${attentions} attentions, ${residualAdditions} residual additions`,
		`layers: ${layers.all} in "all", ${layers.blocks} in "blocks"`,
	];
}

/** A line of a table. */
type Row = readonly [first: string, second: string, third: string];

function layerLine({ name, shape }: Layer): Row {
	return [name, sides(shape), ""];
}

function runLine(run: Run): Row {
	return [runName(run), runSides(run), `${runWords(run)}: ${run.layers.map(partName).join(" ")}`];
}

function findingLine({ part, confidence, reason }: Finding): Row {
	return [part, confidence, reason];
}

function columns(rows: readonly Row[]): string[] {
	const width = (column: 0 | 1) => Math.max(0, ...rows.map((row) => row[column].length));
	const [names, shapes] = [width(0), width(1)];
	return rows.map(([first, second, third]) => `  ${first.padEnd(names)}  ${second.padEnd(shapes)}  ${third}`.trimEnd());
}

/** 5 717 416 */
function grouped(count: number): string {
	return String(count).replace(/\B(?=(\d{3})+$)/g, " ");
}
