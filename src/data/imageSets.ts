/** The image sets at hand. A further one is a file that makes an ImageSet, and one line in the list. */
import { notFound, SightlineError } from "../errors.ts";
import type { ImageSet, LabelledImage, Split } from "./imageSet.ts";
import { leavesClassNames, leavesImage, leavesSide, leavesVersion } from "./leaves/leaves.ts";

/**
 * Training uses "train", choices are made on "validation", probes are fitted on "probe", and reported numbers are
 * measured on "test". Together they are all unsigned 32-bit indices of the generator.
 */
const leavesSplits: ReadonlyMap<string, Split> = new Map([
	["train", { start: 0, count: 2 ** 31 }],
	["test", { start: 2 ** 31, count: 2 ** 30 }],
	["probe", { start: 2 ** 31 + 2 ** 30, count: 2 ** 29 }],
	["validation", { start: 2 ** 31 + 2 ** 30 + 2 ** 29, count: 2 ** 29 }],
]);

const leavesSeed = 0;

const leaves: ImageSet = {
	id: "leaves",
	title: "Leaves: generated shapes with textures on dead-leaves backgrounds",
	width: leavesSide,
	height: leavesSide,
	seed: leavesSeed,
	digest: `leaves ${leavesVersion}, seed ${leavesSeed}`,
	classNames: leavesClassNames,
	splits: leavesSplits,
	image: (split, index): LabelledImage => leavesImage(leavesSeed, positionIn(leaves, split, index)),
};

export const imageSets: readonly ImageSet[] = [leaves];

/** @throws SightlineError NOT_FOUND with near misses */
export function imageSet(id: string): ImageSet {
	const found = imageSets.find((set) => set.id === id);
	if (found === undefined) {
		throw notFound(
			"image set",
			id,
			imageSets.map((set) => set.id),
		);
	}
	return found;
}

/**
 * The number among all images of a set that image `index` of a split has.
 * @throws SightlineError NOT_FOUND an unknown split; BAD_INPUT an index beyond it
 */
export function positionIn(set: Pick<ImageSet, "id" | "splits">, split: string, index: number): number {
	const range = set.splits.get(split);
	if (range === undefined) throw notFound(`split of ${set.id}`, split, [...set.splits.keys()]);
	if (!(Number.isInteger(index) && index >= 0 && index < range.count)) {
		throw new SightlineError(
			"BAD_INPUT",
			`${set.id}: there is no image ${index} in split "${split}", which has ${range.count}`,
		);
	}
	return range.start + index;
}
