/** Which measurements a model admits, told from its anatomy before anything runs. */
import { type Anatomy, headLayers } from "../anatomy/anatomy.ts";
import { attentionAbsence } from "./headRecord.ts";
import { metrics } from "./index.ts";
import { residualNorms } from "./residualNorms.ts";

export interface Applicability {
	/** The measurement's name, as in the GraphQL schema. */
	readonly measurement: string;
	/** Why it does not apply, in a sentence without the model's name; null where it does. */
	readonly reason: string | null;
}

/** Every metric there is, in the order of the list, and what is made of several. */
export function applicabilityOf(anatomy: Anatomy): readonly Applicability[] {
	return [
		...metrics.map((metric) => ({ measurement: metric.name, reason: metric.absence(anatomy) })),
		{ measurement: "headSubsetCka", reason: headSubsetAbsence(anatomy) },
		{ measurement: "skipAblation", reason: residualNorms.absence(anatomy) },
	];
}

function headSubsetAbsence(anatomy: Anatomy): string | null {
	const absence = attentionAbsence(anatomy);
	if (absence !== null) return absence;
	if (headLayers(anatomy).length === 0) return "what the heads take from the values is no tensor of the graph";
	return anatomy.attentions.every(({ heads }) => heads < 2) ? "every block has one head: there are no subsets" : null;
}
