import { centreGradients, type GradientVariant } from "./centreGradients.ts";
import type { DeviceTensor, Metric, RecordSite, Records } from "./metric.ts";
import {
	fieldsOf,
	mapsToShow,
	type ReceptiveField,
	type ReceptiveFieldMap,
	type SummedMaps,
} from "./receptiveFieldStatistics.ts";
import { allTaps, channelsOf, type Tap, tapsOf } from "./receptiveFieldTaps.ts";
import { sampledChannels } from "./sampledChannels.ts";
import { streamAbsence } from "./streamAbsence.ts";

/**
 * Effective receptive fields (Raghu et al. 2021, Figs 6 and C; Luo et al. 2016, arXiv:1701.04128): |d z_c(centre) / d input|
 * averaged over the channels c of a layer and over images, where only the layer's centre cell counts. What the paper
 * leaves open: the centre is the cell (rows // 2, columns // 2), colours are summed, and the input is the pixels as the
 * model gets them, normalised. A convolution with a stride looks beside the middle of its cell, by up to half of it; what
 * is measured from the middle of the cell holds that as well.
 *
 * in      the model itself: nodes of autodiff carry gradients from a layer back to the pixels
 * device  per layer a map of each image, [n, height, width]
 * record  float32 per layer: how many images have a finite map, and the sum of these maps [height, width], made in float64
 * value   per layer, how the mean map is concentrated about the centre; errors by the jackknife over batches
 */
export const receptiveField: Metric<
	ReceptiveFieldParameters,
	readonly ReceptiveField[],
	readonly [Records<ReceptiveFieldParameters>],
	ReceptiveFieldOptions
> = {
	name: "receptiveField",
	version: 1,
	variant:
		"gradients of the centre cell (rows // 2, columns // 2) with respect to the normalised pixels, summed over colours, " +
		"averaged over images",
	laws: { symmetric: false, invariantTo: ["scaling", "imageOrder"], notTo: ["rotation", "linearMap"] },

	absence(anatomy) {
		if (anatomy.residuals.length === 0) return "it has no residual additions";
		if (allTaps(anatomy).length === 0) return "its layers form no grid of cells of which one is the centre";
		return streamAbsence(anatomy);
	},

	nodes(site) {
		const { variant, channels } = site.parameters;
		const maps = tapsAt(site).map((tap) =>
			centreGradients(site, tap, variant, sampledChannels(channelsOf(tap), channels)),
		);
		return Object.fromEntries(maps.map((map, index) => [outputOf(index), map]));
	},

	record(outputs, { images }, site) {
		const pixels = pixelsOf(site);
		const taps = tapsAt(site);
		const record = new Float32Array(taps.length * (1 + pixels));
		for (const index of taps.keys()) {
			const { finite, sum } = sumOfMaps(mapsOf(outputs, index), images, pixels);
			record[index * (1 + pixels)] = finite;
			record.set(sum, index * (1 + pixels) + 1);
		}
		return record;
	},

	recordBytes: (site) => 4 * tapsAt(site).length * (1 + pixelsOf(site)),

	finish: ([records], { patchPx }) =>
		fieldsOf(summedMaps(records), records.anatomy.input, patchPx, records.parameters.variant),
};

/** The maps that `finish` describes. */
export function receptiveFieldMaps([records]: readonly [
	Records<ReceptiveFieldParameters>,
]): readonly ReceptiveFieldMap[] {
	return mapsToShow(summedMaps(records), records.anatomy.input, records.parameters.variant);
}

export type ReceptiveFieldParameters = {
	/** "before" or "after" all residual additions, or names joined by commas (receptiveFieldTaps.ts). */
	readonly taps: string;
	readonly variant: GradientVariant;
	/** Of a Jacobian: how many are drawn of each layer's; of the other variants "all". */
	readonly channels: number | "all";
};

export interface ReceptiveFieldOptions {
	/** Side of the patch about the centre, pixels. */
	readonly patchPx: number;
}

/** The variant in words: what is the same for all, and what the parameters chose. */
export function receptiveFieldVariant({ variant, channels }: ReceptiveFieldParameters): string {
	const ofJacobian =
		channels === "all"
			? "absolute gradient of each channel, then the mean over all (Raghu et al. 2021)"
			: `absolute gradient of each channel, then the mean over ${channels} channels (all, where a layer has fewer), drawn ` +
				"once for all images: unbiased for the mean over all (Raghu et al. 2021); errors are those over images, not over channels";
	const words: Readonly<Record<GradientVariant, string>> = {
		jacobian: ofJacobian,
		channelSum: "absolute gradient of the sum over channels, in which opposite signs cancel",
		repLKNet:
			"positive part of the gradient of the sum of the channels' positive parts (Ding et al. 2022); the picture is " +
			"log10(score + 1) over its largest value",
	};
	return `${words[variant]}; ${receptiveField.variant}`;
}

const outputOf = (tap: number): string => `map${tap}`;

function tapsAt({ anatomy, parameters }: RecordSite<ReceptiveFieldParameters>): readonly Tap[] {
	return tapsOf(anatomy, parameters.taps);
}

function pixelsOf({ anatomy: { input } }: RecordSite<ReceptiveFieldParameters>): number {
	return input.height * input.width;
}

function mapsOf(outputs: Readonly<Record<string, DeviceTensor>>, tap: number): Float32Array {
	const output = outputs[outputOf(tap)];
	if (output === undefined) throw new Error(`receptiveField: the pass gave no ${outputOf(tap)}`);
	return output.data;
}

/** Of the real images of a batch: those with a number at every pixel are added, the others left out. */
function sumOfMaps(maps: Float32Array, images: number, pixels: number): { finite: number; sum: Float64Array } {
	const sum = new Float64Array(pixels);
	let finite = 0;
	for (let image = 0; image < images; image++) {
		const map = maps.subarray(image * pixels, (image + 1) * pixels);
		if (!map.every(Number.isFinite)) continue;
		finite++;
		for (let pixel = 0; pixel < pixels; pixel++) sum[pixel] = (sum[pixel] as number) + (map[pixel] as number);
	}
	return { finite, sum };
}

/** What the batches hold of each layer. */
function summedMaps(records: Records<ReceptiveFieldParameters>): readonly SummedMaps[] {
	const length = 1 + pixelsOf(records);
	return tapsAt(records).map((tap, index) => {
		const batches = records.records.map(({ values }) => {
			const [finite = 0] = values.subarray(index * length, index * length + 1);
			return { finite, sum: values.subarray(index * length + 1, (index + 1) * length) };
		});
		return {
			tap,
			images: records.records.reduce((total, { images }) => total + images, 0),
			batches: batches.filter(({ finite }) => finite > 0),
		};
	});
}
