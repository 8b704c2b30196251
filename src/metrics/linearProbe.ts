import type { Anatomy, Layer } from "../anatomy/anatomy.ts";
import { SightlineError } from "../errors.ts";
import type { Metric, RecordSite, Records } from "./metric.ts";
import { type Probe, type ProbeImages, type ProbeOptions, probe } from "./probe.ts";
import { type ReadoutParameters, type ReadoutShape, readoutNodes, readoutShape } from "./readout.ts";

/**
 * How well a linear classifier reads the images' classes from a layer (Raghu et al. 2021, Figs 11, 13, D.4 and F): ridge
 * regression in closed form on a few images of each class (ridgeProbe.ts), tested on other images.
 *
 * in      a layer as one vector an image, or as vectors that are probed each by itself (readout.ts)
 * device  the vectors, float32
 * record  float32, per layer [images, vectors, width], then the labels [images]
 * value   per layer the share of test images whose class is found, mean over seeds (and over vectors): 0 to 1
 *
 * Single tokens keep what they read, vectors * width * 4 bytes an image and layer: 33 kB for 65 tokens of width 128, 151 kB
 * for 196 of 192.
 */
export const linearProbe: Metric<ReadoutParameters, readonly LayerProbe[], ProbeSides, ProbeOptions> = {
	name: "linearProbe",
	version: 1,
	variant:
		"ridge regression in closed form to targets of 1 and -1 on features standardised by the images fitted on, a constant " +
		"feature of 100 beside them (big_vision, fewshot_lsr.py)",
	laws: {
		symmetric: false,
		invariantTo: ["scaling", "translation"],
		notTo: ["rotation", "linearMap"],
	},

	absence: ({ layers }) => (layers.length === 0 ? "no layers were found" : null),

	nodes: (site) => Object.fromEntries(site.layers.map((layer, index) => [`layer${index}`, readoutNodes(site, layer)])),

	record(outputs, { images, labels }, site) {
		const parts = site.layers.map((layer, index) => {
			const output = outputs[`layer${index}`];
			if (output === undefined) throw new Error(`linearProbe: the pass gave no layer${index}`);
			return output.data.subarray(0, images * floatsOf(site, layer));
		});
		const record = new Float32Array(parts.reduce((length, part) => length + part.length, images));
		let from = 0;
		for (const part of [...parts, labels.subarray(0, images)]) {
			record.set(part, from);
			from += part.length;
		}
		return record;
	},

	recordBytes: (site, images) => 4 * images * site.layers.reduce((floats, layer) => floats + floatsOf(site, layer), 1),

	finish: ([test, train], options) =>
		test.layers.map((layer, index) => {
			const shape = shapeOf(test.anatomy, layer, test.parameters);
			return {
				layer: layer.name,
				...probe(imagesOf(test, index, shape), imagesOf(train, index, shape), shape, options),
			};
		}),
};

/** The images tested on, then those fitted on; of one model, with the same layers and parameters. */
export type ProbeSides = readonly [test: Records<ReadoutParameters>, train: Records<ReadoutParameters>];

export interface LayerProbe extends Probe {
	readonly layer: string;
}

function floatsOf({ anatomy, parameters }: RecordSite<ReadoutParameters>, layer: Layer): number {
	const { vectors, width } = shapeOf(anatomy, layer, parameters);
	return vectors * width;
}

/** @throws SightlineError BAD_INPUT where the layer has no such readout */
function shapeOf(anatomy: Anatomy, layer: Layer, parameters: ReadoutParameters): ReadoutShape {
	const shape = readoutShape(anatomy, layer, parameters);
	if (!("reason" in shape)) return shape;
	throw new SightlineError("BAD_INPUT", `linearProbe of ${layer.name}: ${shape.reason}`, {
		hint: "Ask for another readout or layer.",
	});
}

/** A layer's part of the records. */
function imagesOf(
	{ records, layers, anatomy, parameters }: ProbeSides[number],
	index: number,
	shape: ReadoutShape,
): ProbeImages {
	const widths = layers.map((layer) => floatsOf({ anatomy, parameters, layers, batchSize: 0 }, layer));
	const before = widths.slice(0, index).reduce((sum, width) => sum + width, 0);
	const all = widths.reduce((sum, width) => sum + width, 0);
	const own = shape.vectors * shape.width;
	const images = records.reduce((sum, batch) => sum + batch.images, 0);
	const [features, labels] = [new Float32Array(images * own), new Int32Array(images)];
	let from = 0;
	for (const { values, images: count } of records) {
		features.set(values.subarray(count * before, count * (before + own)), from * own);
		labels.set(values.subarray(count * all, count * (all + 1)), from);
		from += count;
	}
	return { features, labels };
}
