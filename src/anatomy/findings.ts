/** How sure the parts are that every family has. */
import type { Anatomy, Block, Finding } from "./anatomy.ts";

export function poolingFinding(pooling: Anatomy["pooling"]): Finding {
	const reasons = {
		cls: "Behind the last block the first token alone goes on.",
		gap: "Behind the last block the mean over all places goes on.",
		"cls+gap": "Behind the last block the first token and the mean over places go on.",
	};
	return pooling === null
		? { part: "pooling", confidence: "guess", reason: "Neither a class token nor a mean was seen; all may be read." }
		: { part: "pooling", confidence: "certain", reason: reasons[pooling] };
}

/** @param left additions of the graph that are in no block, or that may be residual or not */
export function additionsFinding(count: number, left: number): Finding {
	const part = "residualAdditions";
	if (left > 0)
		return {
			part,
			confidence: "likely",
			reason: `${left} further additions are in no block, or join branches of equal rank.`,
		};
	return count === 0
		? { part, confidence: "certain", reason: "No addition joins a branch with weights to the stream it left." }
		: { part, confidence: "certain", reason: "Each joins a branch with weights to the stream that it left." };
}

/**
 * @param skipless blocks in which nothing is added, though others add
 * @param beside additions that lie outside all blocks
 */
export function blocksFinding(kinds: readonly Block["kind"][], skipless: number, beside: number): Finding {
	const part = "blocks";
	if (kinds.includes("plain"))
		return {
			part,
			confidence: "guess",
			reason: "Nothing is added or joined: runs of convolutions of one resolution are taken.",
		};
	if (kinds.includes("dense"))
		return { part, confidence: "certain", reason: "Each reads all maps before it and is joined to them." };
	if (beside > 0)
		return {
			part,
			confidence: "likely",
			reason: `${beside} further additions lie outside: blocks of another kind, or parts of these, may be missed.`,
		};
	if (skipless > 0)
		return {
			part,
			confidence: "likely",
			reason: `${skipless} of ${kinds.length} have no skip; they are told by what they are made of.`,
		};
	return { part, confidence: "certain", reason: "Each begins and ends where its branches leave and join the stream." };
}
