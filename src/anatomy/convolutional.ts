/** The body of a ResNet: stem, units in stages, pooling. */
import type { Block } from "./anatomy.ts";
import { type Body, finalNorm, type Parts } from "./body.ts";
import type { Flow } from "./flow.ts";
import { unitLayers } from "./layers.ts";
import { findPooling } from "./pooling.ts";
import { findUnits, partsBetween, type Unit } from "./units.ts";

export function convolutionalBody(flow: Flow, parts: Parts, output: string): Body {
	const units = findUnits(flow, parts.residuals, parts.normalisations);
	const first = units[0]?.residual.source ?? flow.source;
	const last = units.at(-1)?.output ?? flow.source;
	const stem = partsBetween(flow, parts.normalisations, flow.source, first);
	const norm = finalNorm(flow, parts, last, output);
	return {
		family: units.length > 0 ? "cnn" : "other",
		blocks: units.map((unit, index): Block => {
			const { kind, stage, output: tensor, residual } = unit;
			return { index, kind, stage, input: residual.source, output: tensor };
		}),
		attentions: [],
		residuals: units.map(({ residual: { stream, branch, sum, projected } }, block) => ({
			block,
			kind: "unit",
			stream,
			branch,
			sum,
			projected,
		})),
		tokens: null,
		pooling: findPooling(flow, last, output),
		layers: unitLayers(stem, units, norm?.output ?? null),
		remarks: [...normsMissing(parts), ...oddUnits(units), ...unplaced(parts.residuals.length - units.length)],
	};
}

function normsMissing({ normalisations }: Parts): string[] {
	return normalisations.length > 0
		? []
		: ["No norm was recognised (folded into the convolutions, or never there): none is listed."];
}

function oddUnits(units: readonly Unit[]): string[] {
	return units.flatMap(({ branch }, index) => {
		const count = branch.filter(({ kind }) => kind === "convolution").length;
		return count === 2 || count === 3
			? []
			: [`blocks.${index} has ${count} convolutions, not the 2 or 3 of a ResNet's unit.`];
	});
}

function unplaced(count: number): string[] {
	return count > 0 ? [`${count} residual additions have a branch without convolution; they are in no block.`] : [];
}
