/** What the figures of skips share: values of a model's residual additions, block by block, as estimates and as lines. */
import type { Series } from "./figureSpec.ts";
import { provenanceOf } from "./provenance.ts";
import type { BranchNormsResult, NormsResult, ProvenanceResult } from "./queryResult.ts";
import { sixDecimals } from "./sixDecimals.ts";
import { type Estimate, withStandardError } from "./statistics/estimates.ts";

/** Which additions, at which tokens. */
export interface Place {
	readonly kind: BranchNormsResult<never>["kind"];
	/** The class token, or the mean over patches or positions. */
	readonly tokens: "cls" | "spatial";
}

/** Takes one value of a token with its error over images. */
export type Read<Token> = (token: Token) => {
	readonly value: number | null;
	readonly standardError: number | null;
	readonly reason: string | null;
};

/** One a block, in the order of the forward pass. */
export function branchEstimates<Token>(model: NormsResult<Token>, place: Place, read: Read<Token>): Estimate[] {
	return model.blocks.map(({ index, residualNorms: { branches, reason, provenance } }) => {
		const token = tokenAt(branches, place);
		if (token === null) {
			const missing = reason ?? (place.tokens === "cls" ? "there is no class token" : `there is no ${place.kind}`);
			return () => ({ reason: `${model.title}, block ${index}: ${missing}` });
		}
		const { value, standardError, reason: why } = read(token);
		return withStandardError(value, standardError, provenance?.imagesUsed ?? 0, why);
	});
}

/** A line over the blocks; without points where the model has no such additions or tokens. */
export function branchSeries<Token>(label: string, model: NormsResult<Token>, place: Place, read: Read<Token>): Series {
	const points = model.blocks.flatMap(({ index, residualNorms: { branches } }) => {
		const token = tokenAt(branches, place);
		const { value, standardError } = token === null ? { value: null, standardError: null } : read(token);
		if (value === null) return [];
		const error = standardError === null ? null : sixDecimals(standardError);
		return [{ x: index, y: sixDecimals(value), standardError: error, name: `block ${index}` }];
	});
	return { label, shown: true, points };
}

/** The five lines of the paper's panels; those without points, or of a model that is not there, are left out. */
export function modelSeries<Token>(
	vit: NormsResult<Token>,
	resnet: NormsResult<Token> | undefined,
	read: Read<Token>,
): readonly Series[] {
	return [
		branchSeries("attention, patches", vit, { kind: "ATTENTION", tokens: "spatial" }, read),
		branchSeries("MLP, patches", vit, { kind: "MLP", tokens: "spatial" }, read),
		branchSeries("attention, class token", vit, { kind: "ATTENTION", tokens: "cls" }, read),
		branchSeries("MLP, class token", vit, { kind: "MLP", tokens: "cls" }, read),
		...(resnet === undefined ? [] : [branchSeries(resnet.title, resnet, { kind: "UNIT", tokens: "spatial" }, read)]),
	].filter(({ points }) => points.length > 0);
}

export function normsProvenance(models: readonly NormsResult<unknown>[]): readonly ProvenanceResult[] {
	return provenanceOf(models.flatMap(({ blocks }) => blocks.map(({ residualNorms }) => residualNorms)));
}

function tokenAt<Token>(branches: readonly BranchNormsResult<Token>[], { kind, tokens }: Place): Token | null {
	return branches.find((branch) => branch.kind === kind)?.[tokens] ?? null;
}
