/**
 * The name of a model, or of one derived from it: "vit-s?withoutSkips=3" is vit-s without the skips of block 3,
 * "model.onnx?withoutSkips=2.attention,5" a file's without that beside block 2's attention and without all of block 5's.
 */
import type { SkipChoice } from "../anatomy/withoutSkips.ts";
import { notFound, SightlineError } from "../errors.ts";

export interface ModelReference {
	/** Id of an entry, or path of a file. */
	readonly base: string;
	/** Empty for the model itself. */
	readonly withoutSkips: readonly SkipChoice[];
}

const mark = "?withoutSkips=";
const branches = ["attention", "tokenMixing", "mlp", "unit"] as const;

/** @throws SightlineError BAD_INPUT, NOT_FOUND: something else than blocks, or an unknown branch */
export function parseModelReference(reference: string): ModelReference {
	const at = reference.indexOf(mark);
	if (at < 0) return { base: reference, withoutSkips: [] };
	const choices = reference.slice(at + mark.length).split(",");
	return { base: reference.slice(0, at), withoutSkips: choices.map((choice) => parseChoice(choice, reference)) };
}

/** The reference of a model without these skips, blocks ascending; the base itself where there are none. */
export function formatModelReference({ base, withoutSkips }: ModelReference): string {
	const choices = withoutSkips.map(({ block, branch }) => (branch === "all" ? `${block}` : `${block}.${branch}`));
	const sorted = [...new Set(choices)].sort(
		(a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1),
	);
	return sorted.length === 0 ? base : `${base}${mark}${sorted.join(",")}`;
}

function parseChoice(text: string, reference: string): SkipChoice {
	const [, block = "", name] = /^(\d+)(?:\.(.+))?$/.exec(text) ?? [];
	if (block === "") {
		throw new SightlineError("BAD_INPUT", `${reference}: "${text}" names no block whose skips are left out`, {
			hint: `As "${mark}3" or "${mark}2.attention,3": a block's number, and one of its branches if only that is meant.`,
		});
	}
	const branch = name === undefined ? "all" : branches.find((known) => known === name);
	if (branch === undefined) throw notFound(`branch in ${reference}`, name ?? "", branches);
	return { block: Number(block), branch };
}
