/** Model.headSubsetCka: subsets of a block's heads, from local to global, beside layers of another model. */
import { headLayers, type Layer } from "../../anatomy/anatomy.ts";
import type { OpenModel } from "../../data/modelFile.ts";
import { SightlineError } from "../../errors.ts";
import { attentionAbsence } from "../../metrics/headRecord.ts";
import { linearCka } from "../../metrics/linearCka.ts";
import { ask } from "../answer.ts";
import type { Context } from "../context.ts";
import { selectImages } from "../images.ts";
import type { HeadSubsetCka, ModelHeadSubsetCkaArgs } from "../schema.generated.ts";
import { distancesOf } from "./attention.ts";
import { measurementOf } from "./measurement.ts";
import { plainCka, similarity } from "./similarity.ts";

/** The units are layers as the anatomy has them. */
type Subsets = Omit<HeadSubsetCka, "units"> & { readonly units: readonly Layer[] };

export async function headSubsetCka(
	context: Context,
	open: OpenModel,
	{ block, window, with: units, images: input }: ModelHeadSubsetCkaArgs,
): Promise<Subsets> {
	const { anatomy } = open;
	const other = await similarity(context, { ...plainCka, rows: units, columns: units, images: input });
	const nothing = (reason: string): Subsets => ({
		windows: [],
		units: other.rows,
		values: [],
		standardErrors: [],
		correlations: [],
		reason,
		provenance: null,
	});
	const absence = attentionAbsence(anatomy);
	if (absence !== null) return nothing(absence);
	const blocks = anatomy.attentions.map((attention) => attention.block);
	if (!blocks.includes(block))
		throw new SightlineError("NOT_FOUND", `block ${block} of ${open.identity.id} has no attention`, {
			hint: `Blocks with attention: ${blocks.join(", ")}.`,
		});
	const layers = headLayers(anatomy).filter((layer) => layer.block === block);
	if (layers.length < 2)
		return nothing(
			layers.length === 1
				? "the block has one head: it has no subsets"
				: "what the heads take from the values is no tensor of the graph",
		);
	const size = window ?? Math.max(1, Math.floor(layers.length / 4));
	if (!(size >= 1 && size <= layers.length))
		throw new SightlineError("BAD_INPUT", `a window of ${size} heads; block ${block} has ${layers.length}`, {
			hint: `Left out, it is a quarter of the heads, ${Math.max(1, Math.floor(layers.length / 4))} here.`,
		});

	const images = await selectImages(context, input);
	const heads = {
		...measurementOf(
			linearCka,
			open,
			images,
			layers.map(({ name }) => name),
		),
		parameters: { tokens: plainCka.tokens },
	};
	const [columns] = await other.measurements();
	// All are asked for at once, so that they share a pass; the windows are known when the distances are.
	const [distances] = await Promise.all([
		distancesOf(context, open, input, "paper"),
		context.gatherer.measure(heads),
		context.gatherer.measure(columns),
	]);
	const sorted = distances.value.heads
		.filter((head) => head.block === block)
		.map(({ head, estimate }) => ({ head, distancePx: estimate.value ?? Number.NaN }))
		.sort((a, b) => a.distancePx - b.distancePx);
	if (sorted.some(({ distancePx }) => Number.isNaN(distancePx)))
		return nothing("some heads have no attention distance");
	const windows = Array.from({ length: sorted.length - size + 1 }, (_, from) => sorted.slice(from, from + size));
	const distancesPx = windows.map((heads) => heads.reduce((sum, { distancePx }) => sum + distancePx, 0) / size);
	const { value, provenance } = await ask(context, {
		metric: {
			...linearCka,
			variant: `${other.variant}; ${size} of ${sorted.length} heads of block ${block} side by side before the output projection, sorted by attention distance`,
		},
		statistic: "headSubsetCka",
		options: { windows: windows.map((heads) => heads.map(({ head }) => head)), distancesPx },
		measurements: [heads, columns],
		imagesUsed: ({ batches }) => batches * images.batchSize,
	});
	return {
		windows: windows.map((heads, index) => ({
			heads: heads.map(({ head }) => head),
			meanDistancePx: distancesPx[index] ?? 0,
		})),
		units: other.rows,
		values: value.values,
		standardErrors: value.standardErrors,
		correlations: value.correlations.map(({ value: rho, standardError, reason }) => ({ rho, standardError, reason })),
		reason: value.reasons[0]?.reason ?? null,
		provenance,
	};
}
