/** Block.residualNorms. All additions of a model are one measurement and one answer; each block takes its own from it. */
import type { Estimate } from "../../metrics/metric.ts";
import type { TokenNorms } from "../../metrics/normSums.ts";
import { type BranchNorms, residualNorms as metric } from "../../metrics/residualNorms.ts";
import { ask } from "../answer.ts";
import type { Context } from "../context.ts";
import { selectImages } from "../images.ts";
import type { BlockParent } from "../parents.ts";
import type {
	BlockResidualNormsArgs,
	ResidualNorms,
	BranchNorms as ShownBranch,
	TokenNorms as ShownNorms,
} from "../schema.generated.ts";
import { measurementOf } from "./measurement.ts";

const aggregations = {
	meanOfRatios: "the mean of per-token ratios",
	ratioOfMeans: "the ratio of mean norms",
} as const;

export async function residualNorms(
	context: Context,
	{ open, block }: BlockParent,
	{ images: input, aggregation, projections }: BlockResidualNormsArgs,
): Promise<ResidualNorms> {
	const images = await selectImages(context, input);
	const reason = metric.absence(open.anatomy);
	if (reason !== null) return { branches: [], reason, provenance: null };
	const { value, provenance } = await ask(context, {
		metric: { ...metric, variant: `${metric.variant}; of ratios, ${aggregations[aggregation]}` },
		statistic: "residualNorms",
		options: { aggregation },
		measurements: [measurementOf(metric, open, images)],
		imagesUsed: (branches) => branches[0]?.images ?? 0,
	});
	const own = value.filter((branch) => branch.block === block.index);
	return {
		branches: own.map((branch) => (projections || !branch.projected ? shown(branch) : leftOut(branch))),
		reason: own.length === 0 ? "the block has no residual addition" : null,
		provenance,
	};
}

function shown({ kind, projected, cls, spatial, tokens, reason }: BranchNorms): ShownBranch {
	return { kind, projected, cls: cls && norms(cls), spatial: norms(spatial), tokens, reason };
}

function norms({ ratio, cosineWithSum, cosineWithBranch }: TokenNorms): ShownNorms {
	const quantities: readonly Estimate[] = [ratio, cosineWithSum, cosineWithBranch];
	return {
		ratio: ratio.value,
		ratioStandardError: ratio.standardError,
		cosineWithSum: cosineWithSum.value,
		cosineWithSumStandardError: cosineWithSum.standardError,
		cosineWithBranch: cosineWithBranch.value,
		cosineWithBranchStandardError: cosineWithBranch.standardError,
		reason: (quantities.find(({ value }) => value === null) ?? ratio).reason,
	};
}

function leftOut({ kind, projected, tokens }: BranchNorms): ShownBranch {
	const reason = "its shortcut is a projection, not the identity";
	const nothing: Estimate = { value: null, standardError: null, reason };
	const spatial = norms({ ratio: nothing, cosineWithSum: nothing, cosineWithBranch: nothing });
	const none = { ratio: null, cosineWithSum: null, cosineWithBranch: null };
	return { kind, projected, cls: null, spatial, tokens: tokens.map(() => none), reason };
}
