/** How a figure's values came about. */
import type { FigureProvenance } from "../../src/report/provenance.ts";
import { type Html, html } from "../html.ts";

/** What values rest on, in one line: "n = 512 images (leaves test; seed 0; batches of 64)". */
export function basisOf({ imagesUsed, images, seeds, batchSizes }: FigureProvenance): string {
	return `n = ${imagesUsed} images (${images.join(", ")}; seed ${seeds.join(", ")}; batches of ${batchSizes.join(", ")})`;
}

export function provenanceList(provenance: FigureProvenance): Html {
	const { imagesAsked, imagesUsed, batchSizes, seeds, images, devices, precisions, versions, variants } = provenance;
	const asked = imagesAsked === imagesUsed ? "" : ` of ${imagesAsked} asked for (full batches only)`;
	return html`<dl class="provenance">
<dt>Images</dt><dd>${imagesUsed}${asked}, ${images.join(", ")}</dd>
<dt>Batches</dt><dd>of ${batchSizes.join(", ")}</dd>
<dt>Seed</dt><dd>${seeds.join(", ")}</dd>
<dt>Variant</dt><dd>${toldOnce(variants).map((variant) => html`<p>${variant}</p>`)}</dd>
<dt>Models (SHA-256)</dt><dd>${provenance.modelDigests.map((digest) => html`<code class="digest">${digest}</code> `)}</dd>
<dt>Device</dt><dd>${devices.join(", ")}; ${precisions.join(", ")}</dd>
<dt>Versions</dt><dd>${versions.join(", ")}</dd>
<dt>Measured</dt><dd><time datetime="${provenance.measuredAt}">${provenance.measuredAt.replace("T", " ").replace(/\.\d+Z$/, " UTC")}</time></dd>
</dl>`;
}

/** Variants whose parts, which semicolons divide, are the same but for one: as one that tells the others once. */
export function toldOnce(variants: readonly string[]): readonly string[] {
	const all = variants.map((variant) => variant.split("; "));
	const [first = []] = all;
	const differing = first.flatMap((part, at) => (all.some((parts) => parts[at] !== part) ? at : []));
	const [only = 0] = differing;
	if (differing.length !== 1 || first.length < 2 || all.some(({ length }) => length !== first.length)) return variants;
	const choices = all.map((parts) => parts[only]).join(", or ");
	return [first.map((part, at) => (at === only ? choices : part)).join("; ")];
}
