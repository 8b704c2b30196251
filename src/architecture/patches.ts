/** An image cut into square patches: how many there are, and how they stand. */
import { SightlineError } from "../errors.ts";

export interface Patches {
	/** Pixels a side of the image; [height, width] where it is no square. */
	readonly imageSide: number | readonly [height: number, width: number];
	/** Pixels a side of a patch. */
	readonly patch: number;
}

/** Beyond this a model's attention weights alone would not fit any memory: 16 384 tokens are 1 GB a head. */
const mostPatches = 16_384;

/** [height, width] in pixels. */
export function sidesOf({ imageSide }: Pick<Patches, "imageSide">): readonly [height: number, width: number] {
	return typeof imageSide === "number" ? [imageSide, imageSide] : imageSide;
}

export function patchCount(patches: Patches): number {
	const [height, width] = sidesOf(patches);
	return (height / patches.patch) * (width / patches.patch);
}

/**
 * @param architecture for messages: "vit"
 * @throws SightlineError BAD_INPUT where the patches do not tile the image, or are too many
 */
export function gridOf(patches: Patches, architecture: string): readonly [rows: number, columns: number] {
	const { patch } = patches;
	const grid = sidesOf(patches).map((side) => {
		if (Number.isInteger(side / patch)) return side / patch;
		throw new SightlineError(
			"BAD_INPUT",
			`${architecture}: patches tile the image, but ${side} is no multiple of ${patch}`,
		);
	});
	const [rows = 0, columns = 0] = grid;
	if (rows * columns <= mostPatches) return [rows, columns];
	throw new SightlineError("BAD_INPUT", `${architecture}: ${rows} x ${columns} patches are more than ${mostPatches}`, {
		hint: "Ask for a smaller image.",
	});
}
