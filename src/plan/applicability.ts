/** Which measurements a model admits, told before anything runs. */
import { type Anatomy, headLayers, layersOf } from "../anatomy/anatomy.ts";
import { SightlineError } from "../errors.ts";
import { attentionAbsence } from "../metrics/headRecord.ts";
import { metrics } from "../metrics/index.ts";
import type { Parameters } from "../metrics/metric.ts";
import { allTaps } from "../metrics/receptiveFieldTaps.ts";
import { residualNorms } from "../metrics/residualNorms.ts";
import type { Measurement } from "./measurement.ts";
import { type PlannedModel, planPass } from "./pass.ts";

export interface Applicability {
	/** The measurement's name, as in the GraphQL schema. */
	readonly measurement: string;
	/** Why it does not apply, in a sentence without the model's name; null where it does. */
	readonly reason: string | null;
}

/** Every metric there is, in the order of the list, and what is made of several. */
export function applicabilityOf(open: PlannedModel): readonly Applicability[] {
	const { anatomy } = open;
	return [
		...metrics.map(({ name, absence }) => ({ measurement: name, reason: absence(anatomy) ?? refusal(open, name) })),
		{ measurement: "headSubsetCka", reason: headSubsetAbsence(anatomy) },
		{ measurement: "skipAblation", reason: residualNorms.absence(anatomy) },
	];
}

/** A pass that measures it is planned, which tells what the graph refuses: an operator without a gradient, say. */
function refusal(open: PlannedModel, name: string): string | null {
	const { metric, ...asked } = widestQuestion(open.anatomy, name);
	const images = { set: "", split: "", digest: "", count: batchSize, batchSize };
	const measurement = { model: open.identity, metric, ...asked, images };
	try {
		planPass(open, [measurement], "cpu");
		return null;
	} catch (error) {
		if (error instanceof SightlineError) return error.message;
		throw error;
	}
}

/** The fewest images that every metric can read. */
const batchSize = 4;

/** A question that reads all that the metric may read of a model. */
export function widestQuestion(anatomy: Anatomy, name: string): Pick<Measurement, "metric" | "parameters" | "layers"> {
	const { version } = metrics.find((metric) => metric.name === name) ?? { version: 0 };
	const parameters: Readonly<Record<string, Parameters>> = {
		linearCka: { tokens: "all" },
		attentionDistance: { variant: "paper" },
		attentionMap: { query: "mean" },
		localization: { patchPx: "grid" },
		linearProbe: { readout: "mean", patchFlatten: false },
		// From the last layer gradients pass every operator before it.
		receptiveField: { taps: allTaps(anatomy).at(-1)?.name ?? "", variant: "channelSum", channels: "all" },
	};
	const outputs = layersOf(anatomy, "blocks").map((layer) => layer.name);
	// Of a CNN's first maps the pairs of positions and patches may be too many; what is asked for first is the last.
	const last = outputs.slice(-1);
	const layers: Readonly<Record<string, Measurement["layers"]>> = {
		linearCka: "all",
		linearProbe: outputs,
		localization: last,
	};
	return { metric: { name, version }, parameters: parameters[name] ?? {}, layers: layers[name] ?? [] };
}

function headSubsetAbsence(anatomy: Anatomy): string | null {
	const absence = attentionAbsence(anatomy);
	if (absence !== null) return absence;
	if (headLayers(anatomy).length === 0) return "what the heads take from the values is no tensor of the graph";
	return anatomy.attentions.every(({ heads }) => heads < 2) ? "every block has one head: there are no subsets" : null;
}
