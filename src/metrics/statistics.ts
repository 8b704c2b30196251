/** What can be made of records, by name: the values that a question may ask for. A new one is a line here. */
import { accuracy } from "./accuracy.ts";
import { accuracyDifference } from "./accuracyDifference.ts";
import { attentionDistance } from "./attentionDistance.ts";
import { attentionEntropy } from "./attentionEntropy.ts";
import { attentionMap } from "./attentionMap.ts";
import { ckaTrace } from "./ckaTrace.ts";
import { headSubsetCka } from "./headSubsetCka.ts";
import { leaveOneOut, linearCka } from "./linearCka.ts";
import { linearProbe } from "./linearProbe.ts";
import { localization } from "./localization.ts";
import { predictionAgreement } from "./predictionAgreement.ts";
import { receptiveField, receptiveFieldMaps } from "./receptiveField.ts";
import { residualNorms } from "./residualNorms.ts";
import { splitScore } from "./splitScore.ts";

export const statistics = {
	accuracy: accuracy.finish,
	accuracyDifference,
	attentionDistance: attentionDistance.finish,
	attentionEntropy: attentionEntropy.finish,
	attentionMap: attentionMap.finish,
	ckaTrace,
	headSubsetCka,
	linearCka: linearCka.finish,
	linearCkaLeaveOneOut: leaveOneOut,
	linearProbe: linearProbe.finish,
	localization: localization.finish,
	predictionAgreement,
	receptiveField: receptiveField.finish,
	receptiveFieldMaps,
	residualNorms: residualNorms.finish,
	splitScore,
} as const;

/**
 * Those that go through the records batch by batch and keep none of them: theirs may together be larger than the memory, so
 * each is read when its turn comes. The records of all others stay in memory until the value is there.
 */
export const oneRecordAtATime: ReadonlySet<StatisticName> = new Set<StatisticName>([
	"ckaTrace",
	"linearCka",
	"linearCkaLeaveOneOut",
	"splitScore",
]);

export type StatisticName = keyof typeof statistics;
/** The records that a statistic is made of: one side's, or rows before columns. */
export type StatisticSides<Name extends StatisticName> = Parameters<(typeof statistics)[Name]>[0];
/** What else the value depends on: plain JSON, or nothing. */
export type StatisticOptions<Name extends StatisticName> = Parameters<(typeof statistics)[Name]>[1];
export type StatisticValue<Name extends StatisticName> = ReturnType<(typeof statistics)[Name]>;
