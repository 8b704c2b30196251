/** What the figures of attention distance share: lines of sorted heads, and the most local and most global head of a block. */
import type { LinesPanel, LinesSpec, Point } from "./figureSpec.ts";
import { provenanceOf } from "./provenance.ts";
import type { AttentionDistanceResult, AttentionMapResult, HeadsResult, ProvenanceResult } from "./queryResult.ts";
import { type Estimate, largestOf, least, onScale, withStandardError } from "./statistics/estimates.ts";
import { threeDigits } from "./threeDigits.ts";

/** A panel a model. */
export function headLines(models: readonly HeadsResult[]): LinesSpec {
	return {
		kind: "lines",
		x: { title: "Head, sorted by distance", scale: "ranks" },
		y: { title: "Mean attention distance (px)", to: null },
		seriesName: "block",
		mapQuantity: "Mean attention weight of the patches, in thousandths",
		panels: models.map(panel),
	};
}

/** A model's blocks as lines, the heads of each sorted by distance; at first the two lowest and the two highest. */
function panel(model: HeadsResult): LinesPanel {
	const uniformPx = headsOf(model)[0]?.attentionDistance.uniformPx ?? null;
	const { blocks } = model;
	return {
		title: model.title,
		series: blocks.map(({ index, heads }) => ({
			label: `block ${index}`,
			shown: index < 2 || index >= blocks.length - 2,
			points: heads
				.flatMap(({ index: head, attentionDistance: { meanPx, standardErrorPx }, attentionMap }) =>
					meanPx === null
						? []
						: [{ y: meanPx, standardError: standardErrorPx, name: `head ${head}`, ...mapOf(attentionMap) }],
				)
				.sort((a, b) => a.y - b.y)
				.map((point, rank) => ({ x: rank + 1, ...point })),
		})),
		references: uniformPx === null ? [] : [{ label: "uniform attention", y: uniformPx }],
	};
}

/** Where a head looks, in thousandths to three digits; nothing where that is not known. */
function mapOf({ weights }: AttentionMapResult): Pick<Point, "map"> {
	return weights === null ? {} : { map: weights.map((row) => row.map((weight) => threeDigits(1000 * weight))) };
}

/** Over the distance of uniform attention. */
export function mostLocalHead(model: HeadsResult, block: number): Estimate {
	return least(overUniform(model, block));
}

/** Over the distance of uniform attention. */
export function mostGlobalHead(model: HeadsResult, block: number): Estimate {
	return largestOf(overUniform(model, block));
}

/** @param block counted from the last if negative */
function overUniform(model: HeadsResult, block: number): Estimate[] {
	if (model.blocks.length < 4)
		return [none(`${model.title} has ${model.blocks.length} blocks; lowest and highest pairs need 4`)];
	const heads = model.blocks.at(block)?.heads ?? [];
	if (heads.length === 0) return [none(`block ${block} of ${model.title} has no heads`)];
	return heads.map(({ index, attentionDistance }) =>
		shareOfUniform(attentionDistance, `head ${index} of block ${block}`),
	);
}

function shareOfUniform(distance: AttentionDistanceResult, head: string): Estimate {
	const { meanPx, standardErrorPx, uniformPx, reason, provenance } = distance;
	if (!(uniformPx !== null && uniformPx > 0)) return none(`${head}: ${reason ?? "no distance of uniform attention"}`);
	const images = provenance?.imagesUsed ?? 0;
	const whole = withStandardError(meanPx, standardErrorPx, images, reason === null ? null : `${head}: ${reason}`);
	return onScale(whole, (px) => px / uniformPx);
}

function none(reason: string): Estimate {
	return () => ({ reason });
}

/** How the distances of the models' heads came about. */
export function headProvenance(models: readonly HeadsResult[]): readonly ProvenanceResult[] {
	return provenanceOf(models.flatMap(headsOf).map(({ attentionDistance }) => attentionDistance));
}

function headsOf(model: HeadsResult) {
	return model.blocks.flatMap((block) => block.heads);
}
