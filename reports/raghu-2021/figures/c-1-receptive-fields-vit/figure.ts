/** Fig. C.1 of the paper: after every attention and MLP of a vision transformer, how far the receptive field reaches. */
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { provenanceOf } from "../../../../src/report/provenance.ts";
import type { ReceptiveFieldMapResult } from "../../../../src/report/queryResult.ts";
import { receptiveFieldPanel, receptiveFieldSpec } from "../../../../src/report/receptiveFieldMaps.ts";

interface Data {
	readonly vit: { readonly title: string; readonly receptiveFields: readonly ReceptiveFieldMapResult[] };
}

export const receptiveFieldsVit = defineFigure<Data>({
	id: "c-1-receptive-fields-vit",
	title: "Effective receptive fields of every layer of a ViT",
	alt: "Pictures of which pixels the middle of a layer depends on, after every attention and MLP of a vision transformer.",
	howToRead:
		"Watch the dark spot grow from map to map, and compare each attention with the MLP behind it. Where a map is grey to its edges, the layer listens to the whole image.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	bearsOn: ["C15", "C16"],
	chart: ({ vit }) => receptiveFieldSpec([receptiveFieldPanel(vit.title, vit.receptiveFields, 32)]),
	provenance: ({ vit }) => provenanceOf(vit.receptiveFields),
});
