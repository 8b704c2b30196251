/** What metrics of attention heads share: a number for each head of each image, [images, heads of all blocks], float32. */
import type { Anatomy, Attention, TokenLayout } from "../anatomy/anatomy.ts";
import { SightlineError } from "../errors.ts";
import { meanAndStandardError } from "../numerics/moments.ts";
import type { BatchRecord, DeviceTensor, Estimate } from "./metric.ts";
import { streamAbsence } from "./streamAbsence.ts";

/** A head's mean over images. */
export interface HeadEstimate {
	readonly block: number;
	/** Within the block. */
	readonly head: number;
	/** The standard error is that of the mean over images. */
	readonly estimate: Estimate;
	/** Standard deviation over images; null for fewer than 2. */
	readonly deviation: number | null;
}

/** Why a model's attention cannot be read, in a sentence without its name. */
export function attentionAbsence(anatomy: Anatomy): string | null {
	if (anatomy.attentions.length === 0) return "it has no attention whose weights the graph holds";
	const windowed = anatomy.attentions.find(({ windows }) => windows !== undefined);
	if (windowed !== undefined)
		return `block ${windowed.block} attends within ${windowed.windows} windows, so no head sees the whole grid`;
	return streamAbsence(anatomy);
}

/** @throws SightlineError BAD_INPUT where attentionAbsence is not null */
export function attentionTokens(anatomy: Anatomy): TokenLayout {
	const { tokens } = anatomy;
	if (tokens !== null && anatomy.attentions.length > 0) return tokens;
	throw new SightlineError("BAD_INPUT", `no attention over a grid of patches: ${attentionAbsence(anatomy)}`, {
		hint: "It is defined for vision transformers only; `sightline inspect` shows what was found.",
	});
}

/** @throws SightlineError BAD_INPUT unless every token attends to every token of the grid */
export function requireTokens(
	{ block, heads }: Attention,
	shape: readonly number[],
	{ count, grid }: TokenLayout,
): void {
	const [queries, keys] = shape.slice(-2);
	if (queries === count && keys === count) return;
	const expected = `${count} (of which ${grid.join(" x ")} patches)`;
	throw new SightlineError(
		"BAD_INPUT",
		`block ${block} attends with ${queries} tokens to ${keys} (${heads} heads), expected ${expected}`,
		{ hint: "Each patch must be one token, in row order; `sightline inspect` shows what was found." },
	);
}

export const attentionOutput = ({ block }: Pick<Attention, "block">): string => `block${block}`;

export const headCount = (attentions: readonly Attention[]): number =>
	attentions.reduce((sum, { heads }) => sum + heads, 0);

/**
 * A batch's record.
 *
 * @param outputs by attentionOutput: [n, heads * width] each
 * @param width numbers of each head
 */
export function headRecord(
	outputs: Readonly<Record<string, DeviceTensor>>,
	images: number,
	attentions: readonly Attention[],
	width = 1,
): Float32Array {
	const length = headCount(attentions) * width;
	const record = new Float32Array(images * length);
	let from = 0;
	for (const attention of attentions) {
		const output = outputs[attentionOutput(attention)];
		if (output === undefined) throw new Error(`the pass gave no ${attentionOutput(attention)}`);
		const own = attention.heads * width;
		for (let image = 0; image < images; image++)
			record.set(output.data.subarray(image * own, (image + 1) * own), image * length + from);
		from += own;
	}
	return record;
}

/** The means over images of all heads, block by block. */
export function headEstimates(
	attentions: readonly Attention[],
	records: readonly BatchRecord[],
): readonly HeadEstimate[] {
	const width = headCount(attentions);
	const heads = attentions.flatMap(({ block, heads }) => Array.from({ length: heads }, (_, head) => ({ block, head })));
	return heads.map(({ block, head }, column) => {
		const values = records.flatMap(({ values, images }) =>
			Array.from({ length: images }, (_, image) => values[image * width + column] as number),
		);
		return { block, head, ...estimated(values) };
	});
}

function estimated(values: readonly number[]): Pick<HeadEstimate, "estimate" | "deviation"> {
	const nothing = (reason: string) =>
		({ estimate: { value: null, standardError: null, reason }, deviation: null }) as const;
	if (values.length === 0) return nothing("no images");
	const { mean, standardError } = meanAndStandardError(values);
	if (!Number.isFinite(mean)) return nothing("attention weights are not finite, or rest on the class token alone");
	const reason = standardError === null ? "no standard error: it needs 2 images" : null;
	const deviation = standardError === null ? null : standardError * Math.sqrt(values.length);
	return { estimate: { value: mean, standardError, reason }, deviation };
}
