/** Fig. C.2 of the paper: after the first convolution and every unit of a ResNet, how far the receptive field reaches. */
import { defineFigure, textBeside } from "../../../../src/report/definition.ts";
import { provenanceOf } from "../../../../src/report/provenance.ts";
import type { ReceptiveFieldMapResult } from "../../../../src/report/queryResult.ts";
import { receptiveFieldPanel, receptiveFieldSpec } from "../../../../src/report/receptiveFieldMaps.ts";

interface Data {
	readonly resnet: { readonly title: string; readonly receptiveFields: readonly ReceptiveFieldMapResult[] };
}

export const receptiveFieldsResnet = defineFigure<Data>({
	id: "c-2-receptive-fields-resnet",
	title: "Effective receptive fields of every layer of a ResNet",
	alt: "Pictures of which pixels the middle of a layer depends on, after the first convolution and every unit of a ResNet.",
	howToRead:
		"Watch the dark spot grow from map to map, and count how many it takes to reach the edges. Then set that beside Figure C.1: the same journey for a ViT.",
	query: textBeside(import.meta.url, "query.graphql"),
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	bearsOn: ["C15", "C17"],
	chart: ({ resnet }) => receptiveFieldSpec([receptiveFieldPanel(resnet.title, resnet.receptiveFields, 32)]),
	provenance: ({ resnet }) => provenanceOf(resnet.receptiveFields),
});
