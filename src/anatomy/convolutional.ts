/** The body of a convolutional network: stem, blocks in stages, what lies between and behind them, pooling. */
import type { Block } from "./anatomy.ts";
import { type ChannelAxes, isChannelsLast, resolutionOf } from "./axes.ts";
import { type Body, finalNorm, type Parts } from "./body.ts";
import { type ConvolutionPart, partsBetween } from "./convolution.ts";
import { findDenseLayers } from "./dense.ts";
import { additionsFinding, blocksFinding, poolingFinding } from "./findings.ts";
import type { Flow } from "./flow.ts";
import { unitLayers } from "./layers.ts";
import { isConvolution } from "./operators.ts";
import { findPlainBlocks } from "./plain.ts";
import { findPooling } from "./pooling.ts";
import { leftBy } from "./residual.ts";
import { findSkipless } from "./skipless.ts";
import { findUnits, type Unit } from "./units.ts";

export function convolutionalBody(flow: Flow, parts: Parts, output: string): Body {
	const maps = flow.spine(flow.source, output).findLast((tensor) => isMap(flow, parts.axes, tensor)) ?? flow.source;
	const units = findBlocks(flow, parts, maps);
	const stages = stagesOf(flow, parts.axes, units);
	const last = units.at(-1)?.output ?? flow.source;
	const norm = finalNorm(flow, parts, last, output);
	const pooling = findPooling(flow, parts.axes, last, output);
	const residuals = units.flatMap(({ residual }, block) => (residual === null ? [] : [{ residual, block }]));
	const left = leftBy(flow, parts.residuals, new Set(residuals.map(({ residual }) => residual)));
	return {
		family: units.length > 0 ? "cnn" : "other",
		blocks: units.map((unit, index): Block => {
			const { kind, input, output: tensor } = unit;
			return { index, kind, stage: stages[index] ?? 0, input, output: tensor };
		}),
		attentions: [],
		residuals: residuals.map(({ residual: { stream, branch, sum, projected }, block }) => ({
			block,
			kind: "unit",
			stream,
			branch,
			sum,
			projected,
			...(isChannelsLast(flow, parts.axes, sum) ? { channelsLast: true } : {}),
		})),
		tokens: null,
		pooling,
		findings: [
			blocksFinding(
				units.map(({ kind }) => kind),
				units.length - residuals.length,
				left.beside,
			),
			additionsFinding(residuals.length, parts.residuals.length - residuals.length),
			poolingFinding(pooling),
		],
		layers: unitLayers(flow, outside(flow, parts, units, maps), units, norm?.output ?? null),
		remarks: [...normsMissing(parts), ...oddUnits(units), ...unplaced(left), ...branched(flow, units, maps)],
	};
}

/** Blocks by their additions, or by what they join, and between them those that do neither. */
function findBlocks(flow: Flow, { residuals, normalisations, axes }: Parts, maps: string): Unit[] {
	const added = findUnits(flow, residuals, normalisations);
	const found = added.length > 0 ? added : findDenseLayers(flow, normalisations, axes);
	const starts = [...found.map(({ input }) => input), maps];
	const ends = [flow.source, ...found.map(({ output }) => output)];
	const all = starts.flatMap((start, index) => {
		const end = ends[index] ?? flow.source;
		const between = flow.dominates(end, start) ? findSkipless(flow, normalisations, end, start) : [];
		return [...between, ...found.slice(index, index + 1)];
	});
	return all.length > 0 ? all : findPlainBlocks(flow, normalisations, maps);
}

/** A stage is a run of blocks of one width and resolution; of dense layers, whose width grows, of one resolution. */
function stagesOf(flow: Flow, axes: ChannelAxes, units: readonly Unit[]): number[] {
	const sides = ({ kind, output }: Unit): string =>
		(kind === "dense" ? resolutionOf(flow, axes, output) : flow.shape(output).slice(1)).join();
	let stage = 0;
	return units.map((unit, index) => {
		const before = units[index - 1];
		if (before !== undefined && sides(before) !== sides(unit)) stage++;
		return stage;
	});
}

/** Whether a tensor has more than one position. */
function isMap(flow: Flow, axes: ChannelAxes, tensor: string): boolean {
	return resolutionOf(flow, axes, tensor).some((side) => side > 1);
}

/** What lies before the first block, between two, and behind the last. */
export interface Outside {
	readonly stem: readonly ConvolutionPart[];
	/** Where something lies between two blocks, the index of the second. */
	readonly transitions: readonly { readonly before: number; readonly parts: readonly ConvolutionPart[] }[];
	readonly head: readonly ConvolutionPart[];
}

function outside(flow: Flow, { normalisations }: Parts, units: readonly Unit[], maps: string): Outside {
	const [first] = units;
	const last = units.at(-1);
	const between = (from: string, to: string) =>
		flow.dominates(from, to) ? partsBetween(flow, normalisations, from, to) : [];
	const head = last === undefined ? [] : between(last.output, maps);
	return {
		stem: between(flow.source, first?.input ?? flow.source),
		transitions: units.slice(1).flatMap((unit, index) => {
			const parts = between(units[index]?.output ?? "", unit.input);
			return parts.length === 0 ? [] : [{ before: index + 1, parts }];
		}),
		head: head.some(({ kind }) => kind === "convolution") ? head : [],
	};
}

function normsMissing({ normalisations }: Parts): string[] {
	return normalisations.length > 0
		? []
		: ["No norm was recognised (folded into the convolutions, or never there): none is listed."];
}

function oddUnits(units: readonly Unit[]): string[] {
	return units.flatMap(({ kind, branch }, index) => {
		const count = branch.filter((part) => part.kind === "convolution").length;
		return (kind !== "basic" && kind !== "bottleneck") || count === 2 || count === 3
			? []
			: [`blocks.${index} has ${count} convolutions, not the 2 or 3 of a ResNet's unit.`];
	});
}

/** Convolutions that a network without skips leads its maps through side by side, as Inception's. */
function branched(flow: Flow, units: readonly Unit[], maps: string): string[] {
	if (!units.some(({ kind }) => kind === "plain")) return [];
	const all = flow.between(flow.source, maps).filter(isConvolution);
	const beside = all.filter(({ outputs: [output = ""] }) => !flow.dominates(output, maps)).length;
	const words = `${beside} of ${all.length} convolutions lie in branches beside each other; they are in no block.`;
	return beside > 0 ? [words] : [];
}

function unplaced({ inside, beside }: ReturnType<typeof leftBy>): string[] {
	return [
		...(inside > 0 ? [`${inside} residual additions lie within the branches of blocks.`] : []),
		...(beside > 0 ? [`${beside} residual additions have a branch without convolution; they are in no block.`] : []),
	];
}
