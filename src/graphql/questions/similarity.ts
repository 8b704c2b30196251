/** Query.similarity: linear CKA of layers. The layers are known at once; what is measured waits until it is asked for. */
import { type Layer, layersOf } from "../../anatomy/anatomy.ts";
import { notFound, SightlineError } from "../../errors.ts";
import { type CkaMatrix, linearCka } from "../../metrics/linearCka.ts";
import { type ImageSelection, type Measurement, measurementKey } from "../../plan/measurement.ts";
import { type Answer, ask } from "../answer.ts";
import type { Context } from "../context.ts";
import { selectImages } from "../images.ts";
import { openModel } from "../models.ts";
import type { SimilarityParent } from "../parents.ts";
import type { ImagesInput, LayersInput } from "../schema.generated.ts";
import { measurementOf } from "./measurement.ts";

export async function similarity(
	context: Context,
	rows: LayersInput,
	columns: LayersInput,
	input: ImagesInput,
): Promise<SimilarityParent> {
	const images = selectImages(context.services, input);
	const [row, column] = await Promise.all([rows, columns].map((layers) => sideOf(context, layers, images)));
	if (row === undefined || column === undefined) throw new Error("a similarity has two sides");
	const same = measurementKey(row.measurement) === measurementKey(column.measurement);
	return {
		rows: row.layers,
		columns: column.layers,
		measurements: same ? [row.measurement] : [row.measurement, column.measurement],
	};
}

/** Values, standard errors, and why some are missing. */
export function matrix(context: Context, { measurements }: SimilarityParent): Promise<Answer<CkaMatrix>> {
	return ask(context, {
		metric: linearCka,
		statistic: "linearCka",
		options: undefined,
		measurements,
		imagesUsed: ({ batches }) => batches * measurements[0].images.batchSize,
	});
}

/** The matrix without each batch: [batch][row][column]. */
export function leaveOneOut(
	context: Context,
	{ measurements }: SimilarityParent,
): Promise<Answer<readonly CkaMatrix["values"][]>> {
	return ask(context, {
		metric: linearCka,
		statistic: "linearCkaLeaveOneOut",
		options: undefined,
		measurements,
		imagesUsed: (matrices) => matrices.length * measurements[0].images.batchSize,
	});
}

interface Side {
	readonly layers: readonly Layer[];
	readonly measurement: Measurement;
}

async function sideOf(context: Context, { model, preset, names }: LayersInput, images: ImageSelection): Promise<Side> {
	const open = await openModel(context, model);
	if (names == null) {
		const layers = layersOf(open.anatomy, preset);
		if (layers.length > 0) return { layers, measurement: measurementOf(linearCka, open, images, preset) };
		throw new SightlineError("BAD_INPUT", `no layers of the preset "${preset}" were found in ${model}`, {
			hint: "Name layers instead, or look at what was found: { model(id) { remarks layers { name } } }.",
		});
	}
	const layers = names.map((name) => layerNamed(name, model, open.anatomy.layers));
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (names.length === 0 || twice !== undefined)
		throw new SightlineError(
			"BAD_INPUT",
			twice === undefined ? `names of layers of ${model} is an empty list` : `layer "${twice}" is named twice`,
			{ hint: "Name each layer once, or leave `names` out and take a preset." },
		);
	return { layers, measurement: measurementOf(linearCka, open, images, names) };
}

function layerNamed(name: string, model: string, layers: readonly Layer[]): Layer {
	const layer = layers.find((candidate) => candidate.name === name);
	if (layer !== undefined) return layer;
	throw notFound(
		`layer of ${model}`,
		name,
		layers.map((candidate) => candidate.name),
	);
}
