/** Fig. D.4 of the paper: how well each token by itself tells the class, as maps. Claim C28 about it stands at Fig. 11. */
import { defineFigure, present, textBeside } from "../../../../src/report/definition.ts";
import type { MapsPanel, PictureMap } from "../../../../src/report/figureSpec.ts";
import { provenanceOf } from "../../../../src/report/provenance.ts";
import type { LinearProbeResult, ProvenanceResult } from "../../../../src/report/queryResult.ts";
import { threeDigits } from "../../../../src/report/threeDigits.ts";

interface Data {
	readonly vit: Probed;
	readonly vitGap: Probed;
	readonly resnet: Probed;
}

interface Probed {
	readonly title: string;
	readonly linearProbe: readonly ProbeOfPlaces[];
}

interface ProbeOfPlaces extends LinearProbeResult {
	/** [row][column], 0 to 1; the accuracy is the mean of it. */
	readonly map: readonly (readonly number[])[] | null;
	readonly trainProvenance: ProvenanceResult | null;
}

export const probesByPlace = defineFigure<Data, keyof Data>({
	id: "d-4-probes-by-place",
	title: "How well each token by itself tells the class",
	alt: "Rows of pictures, one for each model, vision transformers and a ResNet: at each place of the image, the accuracy of a classifier that reads the token there.",
	howToRead:
		"Each cell is a place of the image, and its brightness how well a token there names the class. An even map means that all places know as much; a bright middle means that they know what lies under them.",
	query: textBeside(import.meta.url, "query.graphql"),
	optional: ["vit", "vitGap", "resnet"],
	caption: textBeside(import.meta.url, "caption.md"),
	claims: [],
	bearsOn: ["C28"],
	chart: ({ vit, vitGap, resnet }) => ({
		kind: "maps",
		quantity: "Accuracy of a ten-shot probe (%)",
		colours: "viridis",
		scale: "map",
		mapName: "layer",
		panels: present([vit, vitGap, resnet]).map(panel),
	}),
	provenance: ({ vit, vitGap, resnet }) =>
		present([vit, vitGap, resnet]).flatMap(({ linearProbe }) => [
			...provenanceOf(linearProbe),
			...provenanceOf(linearProbe.map(({ trainProvenance }) => ({ provenance: trainProvenance }))),
		]),
});

function panel({ title, linearProbe }: Probed): MapsPanel {
	const maps = linearProbe.flatMap(({ layer, accuracy, map, reason }): PictureMap[] => {
		if (layer === null) return [];
		const label = layer.block === null ? layer.name : `block ${layer.block}`;
		return map === null || accuracy === null
			? [{ label, shown: true, values: [[null]], mark: null, note: reason ?? "no probe" }]
			: [
					{
						label,
						shown: true,
						values: map.map((row) => row.map(percent)),
						mark: null,
						note: `mean ${percent(accuracy)}`,
					},
				];
	});
	return { title: maps.length === 0 ? `${title}: ${linearProbe[0]?.reason ?? "no layers"}` : title, maps };
}

function percent(share: number): number {
	return threeDigits(100 * share);
}
