/** What a model consists of: its layers, block by block. */
import type { ZooModelResult } from "../../src/report/queryResult.ts";
import { type Html, html } from "../html.ts";

type Layer = ZooModelResult["layers"][number];

export function anatomyOutline({ layers, blocks, family }: ZooModelResult): Html {
	const name = family === "CNN" ? "unit" : "block";
	const runs = runsOf(layers);
	return html`<details class="data"><summary>Its ${layers.length} layers, in ${blocks.length} ${name}s</summary>
<section class="scroll" tabindex="0" aria-label="Layers">
<table>
<caption>Layers in the order of the forward pass; shapes without the batch</caption>
<thead><tr><th scope="col">Part</th><th scope="col">Layer</th><th scope="col">Kind</th><th scope="col">Shape</th></tr></thead>
${runs.map(
	(run) => html`<tbody>
${run.map((layer, at) => layerRow(layer, at === 0 ? { rows: run.length, text: partText(layer, run === runs[0], name, blocks) } : null))}</tbody>
`,
)}</table>
</section>
</details>`;
}

function layerRow({ name, kind, shape }: Layer, part: { readonly rows: number; readonly text: string } | null): Html {
	const head = part === null ? null : html`<th scope="rowgroup" rowspan="${part.rows}">${part.text}</th>`;
	return html`<tr>${head}<td><code>${name}</code></td><td>${kind}</td><td>${shape.join(" × ")}</td></tr>
`;
}

function partText({ block }: Layer, isFirst: boolean, name: string, blocks: ZooModelResult["blocks"]): string {
	if (block === null) return isFirst ? "before the first" : "behind the last";
	const stage = blocks.find(({ index }) => index === block)?.stage ?? null;
	return stage === null ? `${name} ${block}` : `${name} ${block}, stage ${stage}`;
}

/** Layers that stand side by side in one block. */
function runsOf(layers: readonly Layer[]): readonly (readonly Layer[])[] {
	const runs: Layer[][] = [];
	for (const layer of layers) {
		const last = runs.at(-1);
		if (last?.[0]?.block === layer.block) last.push(layer);
		else runs.push([layer]);
	}
	return runs;
}
