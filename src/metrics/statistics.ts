/** What can be made of records, by name: the values that a question may ask for. A new one is a line here. */
import { accuracy } from "./accuracy.ts";
import { attentionDistance } from "./attentionDistance.ts";
import { leaveOneOut, linearCka } from "./linearCka.ts";

export const statistics = {
	accuracy: accuracy.finish,
	attentionDistance: attentionDistance.finish,
	linearCka: linearCka.finish,
	linearCkaLeaveOneOut: leaveOneOut,
} as const;

export type StatisticName = keyof typeof statistics;
/** The records that a statistic is made of: one side's, or rows before columns. */
export type StatisticSides<Name extends StatisticName> = Parameters<(typeof statistics)[Name]>[0];
/** What else the value depends on: plain JSON, or nothing. */
export type StatisticOptions<Name extends StatisticName> = Parameters<(typeof statistics)[Name]>[1];
export type StatisticValue<Name extends StatisticName> = ReturnType<(typeof statistics)[Name]>;
