/** Heat maps of the ratio of norms, tokens rightwards and blocks upwards. */
import type { Axis, HeatMapPanel, HeatMapSpec } from "../../src/report/figureSpec.ts";
import { provenanceOf } from "../../src/report/provenance.ts";
import type { ProvenanceResult, TokenRatiosResult } from "../../src/report/queryResult.ts";
import { sixDecimals } from "../../src/report/sixDecimals.ts";

/** Panels on one scale, from 0 to the whole number above the largest ratio that is drawn. */
export function tokenRatioSpec(panels: readonly HeatMapPanel[]): HeatMapSpec {
	const ratios = panels.flatMap(({ values }) => values.flat().filter((value) => value !== null));
	return {
		kind: "heatMap",
		quantity: "|skip| / |branch|",
		scale: { colours: "viridis", from: 0, to: Math.ceil(Math.max(1, ...ratios)) },
		panels,
	};
}

/** @param tokens how many of the first are drawn, each a group of its own; all, by rows of patches, if left out */
export function tokenRatioPanel(model: TokenRatiosResult, kind: "ATTENTION" | "MLP", tokens?: number): HeatMapPanel {
	const values = model.blocks.map(({ residualNorms: { branches } }) =>
		(branches.find((branch) => branch.kind === kind)?.tokens ?? [])
			.slice(0, tokens)
			.map(({ ratio }) => (ratio === null ? null : sixDecimals(ratio))),
	);
	const count = values[0]?.length ?? 0;
	return {
		title: `${model.title}: ${kind === "MLP" ? "MLP" : "self-attention"}`,
		rows: blockAxis(model),
		columns: tokens === undefined ? gridAxis(model, count) : firstAxis(model, count),
		values,
		standardErrors: values.map((row) => row.map(() => null)),
	};
}

export function tokenRatioProvenance({ blocks }: TokenRatiosResult): readonly ProvenanceResult[] {
	return provenanceOf(blocks.map(({ residualNorms }) => residualNorms));
}

function blockAxis({ title, blocks }: TokenRatiosResult): Axis {
	return {
		title: `${title} blocks`,
		steps: blocks.map(({ index }) => `block ${index}`),
		groups: blocks.map(({ index }, at) => ({
			label: String(index),
			name: `block ${index}`,
			start: at,
			end: at + 1,
		})),
	};
}

function firstAxis(model: TokenRatiosResult, count: number): Axis {
	const steps = tokenNames(model, count);
	return {
		title: "First tokens",
		steps,
		groups: steps.map((name, at) => ({ label: String(at), name, start: at, end: at + 1 })),
	};
}

/** The class token by itself, then the patches row by row. */
function gridAxis(model: TokenRatiosResult, count: number): Axis {
	const [rows = 0, columns = 0] = model.tokenGrid ?? [];
	const first = count - rows * columns;
	return {
		title: "Tokens, by row of patches",
		steps: tokenNames(model, count),
		groups: [
			...(model.classToken === true ? [{ label: "CLS", name: "class token", start: 0, end: 1 }] : []),
			...Array.from({ length: rows }, (_, row) => ({
				label: String(row),
				name: `row ${row}`,
				start: first + row * columns,
				end: first + (row + 1) * columns,
			})),
		],
	};
}

function tokenNames({ tokenGrid, classToken }: TokenRatiosResult, count: number): string[] {
	const [, columns = count] = tokenGrid ?? [];
	const before = classToken === true ? 1 : 0;
	return Array.from({ length: count }, (_, token) => {
		const patch = token - before;
		return patch < 0 ? "class token" : `patch (${Math.floor(patch / columns)}, ${patch % columns})`;
	});
}
