/** Fig. C.3 of the paper: after every attention and MLP of a larger vision transformer, how far the receptive field reaches. */
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { provenanceOf } from "../../../../src/report/provenance.ts";
import type { ReceptiveFieldMapResult } from "../../../../src/report/queryResult.ts";
import { receptiveFieldPanel, receptiveFieldSpec } from "../../../../src/report/receptiveFieldMaps.ts";

interface Data {
	readonly vit: { readonly title: string; readonly receptiveFields: readonly ReceptiveFieldMapResult[] };
}

export const receptiveFieldsLargeVit = defineFigure<Data>({
	id: "c-3-receptive-fields-large-vit",
	title: "Effective receptive fields of every layer of a larger ViT",
	alt: "Pictures of which pixels the middle of a layer depends on, after every attention and MLP of a larger vision transformer.",
	howToRead:
		"Find the first map that is grey to its edges, and how far up it stands. Compare that with the smaller ViT of Figure C.1, relative to the number of layers.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	bearsOn: ["C15", "C16"],
	chart: ({ vit }) => receptiveFieldSpec([receptiveFieldPanel(vit.title, vit.receptiveFields, 32)]),
	provenance: ({ vit }) => provenanceOf(vit.receptiveFields),
});
