/** Model.linearProbe. Each layer is two measurements (tested on, fitted on) and an answer of its own. */
import { type Anatomy, type Layer, layersOf } from "../../anatomy/anatomy.ts";
import type { OpenModel } from "../../data/modelFile.ts";
import { SightlineError } from "../../errors.ts";
import { linearProbe as metric } from "../../metrics/linearProbe.ts";
import type { ProbeOptions } from "../../metrics/probe.ts";
import { type ReadoutParameters, readoutShape } from "../../metrics/readout.ts";
import type { ImageSelection } from "../../plan/measurement.ts";
import { ask } from "../answer.ts";
import type { Context } from "../context.ts";
import { blockOutputs, layersNamed } from "../layers.ts";
import { limits } from "../limits.ts";
import type { LinearProbe, ModelLinearProbeArgs } from "../schema.generated.ts";
import { measurementOf } from "./measurement.ts";
import { probeImages } from "./probeImages.ts";

export async function linearProbe(
	context: Context,
	open: OpenModel,
	given: ModelLinearProbeArgs,
): Promise<readonly Probed[]> {
	const { anatomy } = open;
	const { images, train, classes } = await probeImages(context, given.images, given.train ?? null);
	const options = optionsOf(given, classes);
	const absence = metric.absence(anatomy);
	if (absence !== null) return [nothing(null, absence)];
	const layers = layersAsked(open, given);
	const { readout } = given;
	// What makes no difference shall make no other key.
	const parameters: ReadoutParameters = { readout, patchFlatten: anatomy.family === "cnn" && given.patchFlatten };
	const shapes = layers.map((layer) => readoutShape(anatomy, layer, parameters));
	requireMemory(shapes, images.count + train.count);
	return Promise.all(
		layers.map(async (layer, index) => {
			const shape = shapes[index] as ReturnType<typeof readoutShape>; // one for each layer
			if ("reason" in shape) return nothing(layer, shape.reason);
			if (classes === 0) return nothing(layer, `the images of "${images.set}" carry no labels`);
			const side = (selection: ImageSelection) => ({
				...measurementOf(metric, open, selection, [layer.name]),
				parameters,
			});
			const { value, provenance, otherImages } = await ask(context, {
				metric: { ...metric, variant: variantOf(parameters, options) },
				statistic: "linearProbe",
				options,
				measurements: [side(images), side(train)],
				imagesUsed: ([found], measurement) => (measurement === 0 ? found?.testImages : found?.trainImages) ?? 0,
			});
			const [found] = value;
			if (found === undefined) throw new Error(`linearProbe has no value of ${layer.name}`);
			const { accuracy, low, high, seeds, map, reason } = found;
			return {
				layer,
				accuracy,
				low,
				high,
				perSeed: seeds,
				map,
				width: shape.width,
				reason,
				provenance,
				trainProvenance: otherImages,
			};
		}),
	);
}

/** As the schema has it, but for the layer, which its own resolvers know how to tell. */
type Probed = Omit<LinearProbe, "layer"> & { readonly layer: Layer | null };

function nothing(layer: Layer | null, reason: string): Probed {
	const none = { accuracy: null, low: null, high: null, perSeed: [], map: null, width: null };
	return { layer, ...none, reason, provenance: null, trainProvenance: null };
}

function layersAsked(open: OpenModel, { layers, blocks }: ModelLinearProbeArgs): readonly Layer[] {
	if (layers != null) return layersNamed(open, layers);
	return blocks == null ? pointsOfDepth(open.anatomy) : blockOutputs(open, blocks);
}

/** What enters the first block (of a ViT the tokens with their positions, of a CNN the stem), and every block's output. */
function pointsOfDepth(anatomy: Anatomy): readonly Layer[] {
	const outputs = layersOf(anatomy, "blocks");
	const first = anatomy.layers.findIndex(({ block }) => block !== null);
	const entering = first > 0 ? anatomy.layers[first - 1] : undefined;
	if (outputs.length === 0) return anatomy.layers;
	return entering === undefined ? outputs : [entering, ...outputs];
}

/** @throws SightlineError BAD_INPUT a number that cannot be; LIMIT one too high */
function optionsOf({ shots = null, seeds, l2 }: ModelLinearProbeArgs, classes: number): ProbeOptions {
	const within = (name: string, given: number, most: number) => {
		if (!(given >= 1)) throw new SightlineError("BAD_INPUT", `${name} is ${given}; it must be at least 1`);
		if (given > most) throw new SightlineError("LIMIT", `${name} is ${given}; at most ${most} is allowed`);
	};
	if (shots !== null) within("shots", shots, limits.shots);
	within("seeds", seeds, limits.seeds);
	within("the number of values of l2", l2.length, limits.ridges);
	const wrong = l2.find((value) => !(value > 0));
	if (wrong !== undefined)
		throw new SightlineError("BAD_INPUT", `l2 is ${wrong}; it must be above 0`, { hint: "big_vision takes 1024." });
	return { classes, shots, seeds, l2 };
}

/** @throws SightlineError LIMIT where the vectors of all layers and images are too many bytes */
function requireMemory(shapes: readonly ReturnType<typeof readoutShape>[], images: number): void {
	const floats = shapes.reduce((sum, shape) => sum + ("reason" in shape ? 0 : shape.vectors * shape.width), 0);
	const bytes = 4 * floats * images;
	if (bytes <= limits.probeBytes) return;
	const megabytes = (size: number) => Math.round(size / 1e6);
	throw new SightlineError(
		"LIMIT",
		`the probes would read ${megabytes(bytes)} MB of features; at most ${megabytes(limits.probeBytes)} MB are allowed`,
		{ hint: "Ask for fewer layers or images at once, or for another readout than TOKENS." },
	);
}

function variantOf({ readout, patchFlatten }: ReadoutParameters, { shots, seeds, l2 }: ProbeOptions): string {
	const read = {
		cls: "the class token",
		tokens: "each patch token or position by itself",
		firstToken: "the first patch token or position",
		mean: "the mean over patch tokens or positions",
		meanWithCls: "the mean over all tokens with the class token",
		all: "patch tokens or positions side by side",
	}[readout];
	const pooling = patchFlatten ? ", maps flattened by patches before they are pooled" : "";
	const chosen = shots === null ? "all images" : `${shots} images`;
	const [ridge] = l2;
	const ridges = l2.length === 1 ? `l2 ${ridge}` : `l2 of ${l2.join(", ")} by held-out images`;
	return `${metric.variant}; of ${read}${pooling}; ${chosen} a class, ${seeds} ${seeds === 1 ? "seed" : "seeds"}, ${ridges}`;
}
