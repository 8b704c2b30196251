/**
 * What was found in a model as one page of HTML that loads nothing: facts, the graph as boxes from the image to the
 * logits, how sure each part is, and what can be measured. Boxes are lists, so that they are read aloud in their order.
 */
import type { Anatomy, Finding, Layer, ResidualAddition } from "../anatomy/anatomy.ts";
import { facts, runSides, runWords, sides } from "../anatomy/outline.ts";
import { partName, type Run, runName, sectionsOf } from "../anatomy/runs.ts";
import type { Applicability } from "../plan/applicability.ts";

export interface Inspected {
	readonly id: string;
	readonly digest: string;
	readonly preprocessing: string;
	readonly anatomy: Anatomy;
	readonly measurements: readonly Applicability[];
}

export function inspectPage({ id, digest, preprocessing, anatomy, measurements }: Inspected): string {
	const boxes = sectionsOf(anatomy).map((section) =>
		"layer" in section ? layerBox(section.layer) : runBox(section.run),
	);
	const { input, output } = anatomy;
	const image = box("end", `image ${sides([input.channels, input.height, input.width])}`);
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(id)} - anatomy</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escaped(id)}</h1>
${definitions([...facts(anatomy), ["pixels", preprocessing], ["digest", digest]])}
<h2 id="network">From the image to the logits</h2>
<p>Blocks that are alike are drawn once. A plus is where a branch joins its stream.</p>
<ol class="network" aria-labelledby="network">
${[image, ...boxes, box("end", `logits ${output.classes}`)].join("\n")}
</ol>
<h2>How sure this is</h2>
${table(["part", "confidence", "why"], anatomy.findings.map(findingRow))}
${remarks(anatomy.remarks)}
<h2>What can be measured</h2>
${table(
	["measurement", "applies"],
	measurements.map(({ measurement, reason }) => [measurement, reason ?? "yes"]),
)}
</main>
</body>
</html>
`;
}

function layerBox({ name, shape }: Layer): string {
	return box("layer", name, sides(shape));
}

function runBox(run: Run): string {
	const title = `<h3>${escaped(runName(run))} <span>${escaped(runWords(run))}</span></h3>`;
	return `<li class="run">${title}\n<ol>\n${partBoxes(run).join("\n")}\n</ol>\n<p class="shape">${escaped(runSides(run))}</p></li>`;
}

/** The layers of a block, behind each branch the addition that it ends in. */
function partBoxes({ layers, additions }: Run): string[] {
	const inside = layers.filter(({ kind }) => kind !== "output");
	const left = new Set(additions);
	const boxes = inside.flatMap((layer) => {
		const added = additions.find(({ branch }) => branch === layer.tensor);
		if (added !== undefined) left.delete(added);
		const isAside = layer.kind === "projection" || partName(layer) === "projectionNorm";
		const part = box(isAside ? "part projection" : "part", partName(layer), sides(layer.shape));
		return [part, ...(added === undefined ? [] : [additionBox(added)])];
	});
	return [...boxes, ...[...left].map(additionBox)];
}

function additionBox({ kind, projected }: ResidualAddition): string {
	const stream = projected ? "the projected stream" : "the stream";
	return `<li class="sum"><span aria-hidden="true">+</span> ${escaped(kind)} joins ${stream}</li>`;
}

function box(kind: string, name: string, shape = ""): string {
	const size = shape === "" ? "" : ` <span class="shape">${escaped(shape)}</span>`;
	return `<li class="${kind}">${escaped(name)}${size}</li>`;
}

function findingRow({ part, confidence, reason }: Finding): readonly string[] {
	return [part, confidence, reason];
}

function remarks(sentences: readonly string[]): string {
	if (sentences.length === 0) return "";
	return `<h3>Remarks</h3>\n<ul>\n${sentences.map((each) => `<li>${escaped(each)}</li>`).join("\n")}\n</ul>`;
}

function definitions(rows: readonly (readonly [string, string])[]): string {
	const items = rows.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`);
	return `<dl>\n${items.join("\n")}\n</dl>`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
	const head = heads.map((each) => `<th scope="col">${escaped(each)}</th>`).join("");
	const body = rows.map(([first = "", ...others]) => {
		const cells = others.map((each) => `<td>${escaped(each)}</td>`).join("");
		return `<tr><th scope="row">${escaped(first)}</th>${cells}</tr>`;
	});
	return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody>\n</table>`;
}

/** Names come out of a stranger's file. */
function escaped(text: string): string {
	const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
	return text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}

const style = `
:root { color-scheme: light dark; --line: #767676; --box: #8881; --run: #0a58ca1a; --sum: #0a58ca; }
@media (prefers-color-scheme: dark) { :root { --sum: #8ab4f8; } }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem; }
h1, h3 { overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 0 0 .5rem; }
h3 span, .shape { font-weight: normal; font-size: .875rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
dd { margin: 0; overflow-wrap: anywhere; }
ol { list-style: none; margin: 0; padding: 0; }
.network > li { position: relative; max-width: 34rem; margin: 0 0 1.1rem; }
.network > li:not(:last-child)::after { content: ""; position: absolute; left: 1rem; bottom: -1.1rem; height: 1.1rem; border-left: 2px solid var(--line); }
.end, .layer, .run { border: 1px solid var(--line); border-radius: .4rem; padding: .4rem .8rem; background: var(--box); }
.end { border-radius: 1.2rem; font-weight: 600; }
.layer, .part { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; }
.run { background: var(--run); }
.run ol { border-left: 2px solid var(--line); margin-left: .2rem; }
.part { border: 1px solid var(--line); border-radius: .3rem; margin: .25rem 0 .25rem 2rem; padding: .1rem .6rem; background: Canvas; }
.sum { color: var(--sum); margin: .25rem 0 .6rem -.55rem; font-size: .875rem; }
.sum span { display: inline-block; width: 1rem; line-height: 1rem; text-align: center; border: 1px solid; border-radius: 50%; background: Canvas; }
.run > p { margin: .3rem 0 0; text-align: right; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); font-weight: normal; }
td { overflow-wrap: anywhere; }
th { white-space: nowrap; }
thead th { font-weight: 600; }
.projection { border-style: dashed; margin-left: 1rem; }
`;
