/** An anatomy as text for a reader: what the model is, its parts block by block, and what was unsure. */
import type { Anatomy, Block, Layer } from "./anatomy.ts";
import { summarize, unitsPerStage } from "./summary.ts";

export function outline(anatomy: Anatomy): string {
	const { blocks, layers } = anatomy;
	const outside = layers.filter(({ block }) => block === null);
	const firstInside = layers.findIndex(({ block }) => block !== null);
	const isBefore = (layer: Layer) => firstInside < 0 || layers.indexOf(layer) < firstInside;
	const body = [
		...outside.filter(isBefore).map(layerLine),
		...blocks.map((block) => blockLine(anatomy, block)),
		...outside.filter((layer) => !isBefore(layer)).map(layerLine),
	];
	const remarks = anatomy.remarks.map((remark) => `  ! ${remark}`);
	return [...head(anatomy), "", ...columns(body), "", ...counts(anatomy), ...remarks, ""].join("\n");
}

function head(anatomy: Anatomy): string[] {
	const { family, input, output, tokens, parameters, pooling } = anatomy;
	const names = { vit: "ViT", mixer: "MLP-Mixer", cnn: "CNN", other: "other network" };
	const poolings = { cls: "class token", gap: "global average", "cls+gap": "class token and global average" };
	const lines = [
		["family", names[family]],
		["input", `${input.channels} x ${input.height} x ${input.width} (${input.tensor})`],
		["output", `${output.classes} classes (${output.tensor})`],
		["parameters", grouped(parameters)],
		["pooling", pooling === null ? "none found" : poolings[pooling]],
	];
	if (tokens !== null) {
		const [rows, across] = tokens.grid;
		const token = tokens.classToken ? " behind a class token" : "";
		lines.push(["tokens", `${tokens.count}: ${rows} x ${across} patches of ${tokens.patchPx} px${token}`]);
	}
	if (family === "cnn") lines.push(["stages", `${unitsPerStage(anatomy).join(" + ")} units`]);
	return lines.map(([name = "", value = ""]) => `${name.padEnd(11)} ${value}`);
}

/** A line of the table: what, its shape, its parts. */
type Row = readonly [name: string, shape: string, parts: string];

function layerLine({ name, shape }: Layer): Row {
	return [name, sides(shape), ""];
}

function blockLine({ layers, attentions }: Anatomy, { index, kind, stage, output }: Block): Row {
	const own = layers.filter(({ block }) => block === index);
	const parts = own.map(({ name }) => name.slice(name.lastIndexOf(".") + 1));
	const heads = attentions.find(({ block }) => block === index)?.heads;
	const notes = [stage === null ? kind : `${kind}, stage ${stage}`, ...(heads === undefined ? [] : [`${heads} heads`])];
	const shape = own.find(({ tensor }) => tensor === output)?.shape ?? [];
	return [`blocks.${index}`, sides(shape), `${notes.join(", ")}: ${parts.join(" ")}`];
}

function counts(anatomy: Anatomy): string[] {
	const { blocks, layers, attentions, residualAdditions } = summarize(anatomy);
	return [
		`${blocks} blocks, ${attentions} attentions, ${residualAdditions} residual additions`,
		`layers: ${layers.all} in "all", ${layers.blocks} in "blocks"`,
	];
}

function columns(rows: readonly Row[]): string[] {
	const width = (column: 0 | 1) => Math.max(0, ...rows.map((row) => row[column].length));
	const [names, shapes] = [width(0), width(1)];
	return rows.map(([name, shape, parts]) => `  ${name.padEnd(names)}  ${shape.padEnd(shapes)}  ${parts}`.trimEnd());
}

function sides(shape: readonly number[]): string {
	return shape.join(" x ");
}

/** 5 717 416 */
function grouped(count: number): string {
	return String(count).replace(/\B(?=(\d{3})+$)/g, " ");
}
