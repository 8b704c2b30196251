/** Holds the anatomy that was found against the one that a model's entry promises. */
import type { Anatomy } from "../anatomy/anatomy.ts";
import { SightlineError } from "../errors.ts";
import type { ExpectedAnatomy, ModelEntry } from "./entry.ts";

/** @throws SightlineError BAD_INPUT with everything that differs */
export function checkAnatomy(entry: ModelEntry, anatomy: Anatomy): void {
	if (entry.expected === null) return;
	const found: ExpectedAnatomy = {
		family: anatomy.family,
		blocks: anatomy.blocks.length,
		layers: anatomy.layers.length,
		heads: anatomy.attentions.reduce((sum, { heads }) => sum + heads, 0),
		residualAdditions: anatomy.residuals.length,
		pooling: anatomy.pooling,
		parameters: anatomy.parameters,
	};
	const expected = entry.expected;
	const differences = (Object.keys(found) as (keyof ExpectedAnatomy)[]) // the keys of a literal just made
		.filter((key) => found[key] !== expected[key])
		.map((key) => `${key} ${found[key]}, expected ${expected[key]}`);
	if (differences.length === 0) return;
	throw new SightlineError(
		"BAD_INPUT",
		`${entry.id} has another anatomy than its entry says: ${differences.join("; ")}`,
		{
			hint: "The file holds another model, or the entry is wrong.",
		},
	);
}
