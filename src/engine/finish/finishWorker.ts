/** The thread that finishes values: CKA of many layers over many batches takes seconds, in which requests shall be served. */
import { statistics } from "../../metrics/statistics.ts";
import { serveCalls } from "../thread/serveCalls.ts";
import type { FinishCalls } from "./finishCalls.ts";

serveCalls<FinishCalls>({
	accuracy: async (sides) => ({ value: statistics.accuracy(...sides) }),
	attentionDistance: async (sides) => ({ value: statistics.attentionDistance(...sides) }),
	linearCka: async (sides) => ({ value: statistics.linearCka(...sides) }),
	linearCkaLeaveOneOut: async (sides) => ({ value: statistics.linearCkaLeaveOneOut(...sides) }),
});
