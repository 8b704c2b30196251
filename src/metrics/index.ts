/** The metrics there are. A new one is a file and a line here. */
import { notFound } from "../errors.ts";
import { accuracy } from "./accuracy.ts";
import { attentionDistance } from "./attentionDistance.ts";
import { attentionEntropy } from "./attentionEntropy.ts";
import { attentionMap } from "./attentionMap.ts";
import { linearCka } from "./linearCka.ts";
import { linearProbe } from "./linearProbe.ts";
import { localization } from "./localization.ts";
import type { Recorder } from "./metric.ts";
import { prediction } from "./prediction.ts";
import { receptiveField } from "./receptiveField.ts";
import { residualNorms } from "./residualNorms.ts";

export const metrics: readonly Recorder[] = [
	linearCka,
	attentionDistance,
	attentionEntropy,
	attentionMap,
	accuracy,
	prediction,
	localization,
	linearProbe,
	receptiveField,
	residualNorms,
];

/** @throws SightlineError NOT_FOUND with the near misses */
export function metricNamed(name: string): Recorder {
	const found = metrics.find((metric) => metric.name === name);
	if (found === undefined)
		throw notFound(
			"metric",
			name,
			metrics.map((metric) => metric.name),
		);
	return found;
}
