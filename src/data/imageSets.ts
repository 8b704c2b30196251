/** Opens image sets: an embedded one or one of sightline.json by its id, or what holds images by its path. */
import { basename, resolve } from "node:path";
import { notFound, SightlineError } from "../errors.ts";
import { type ImageSetEntry, plainEntry } from "../zoo/imageSetEntry.ts";
import { type ImageSet, positionIn, type Split } from "./imageSet.ts";
import { leavesClassNames, leavesSide, leavesVersion } from "./leaves/leaves.ts";
import type { LeavesStyleName } from "./leaves/style.ts";
import type { KeptChecks } from "./stored/checkImages.ts";
import { kindOf } from "./stored/kindOf.ts";
import { storedSetOpener } from "./stored/storedSet.ts";

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

/** @param digest in which the style shows, since it changes every image */
function leavesSet(id: string, title: string, style: LeavesStyleName, digest: string): ImageSet {
	const set: ImageSet = {
		id,
		title,
		width: leavesSide,
		height: leavesSide,
		seed: leavesSeed,
		digest,
		classNames: leavesClassNames,
		labels: "leaves",
		splits: leavesSplits,
		skipped: [],
		source: (split, index) => ({ kind: "leaves", style, seed: leavesSeed, index: positionIn(set, split, index) }),
	};
	return set;
}

const version = `leaves ${leavesVersion}, seed ${leavesSeed}`;

/** Those that come along. A further one is a kind of ImageSource, and one line in the list. */
export const imageSets: readonly ImageSet[] = [
	leavesSet("leaves", "Leaves: generated shapes with textures on dead-leaves backgrounds", "plain", version),
	leavesSet(
		"leaves-shifted",
		"Leaves, shifted: the same classes in muted colours, with coarser textures and more noise",
		"shifted",
		`${version}, shifted`,
	),
];

/** One that comes along. @throws SightlineError NOT_FOUND with near misses */
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
 * A set by its id, or what holds images by its path: a folder, tar archives, Parquet tables, CIFAR's files or an .npz.
 * @throws SightlineError NOT_FOUND neither; BAD_INPUT where there are no images
 */
export type OpenImageSet = (idOrPath: string) => Promise<ImageSet>;

/** The sets that come along, and any path. */
export const openImageSet: OpenImageSet = imageSetOpener([]);

/**
 * @param entries of sets that have an id besides their path, which is absolute
 * @param kept where it is noted which images could be read; nowhere if left out
 */
export function imageSetOpener(entries: readonly ImageSetEntry[], kept?: KeptChecks): OpenImageSet {
	const openStored = storedSetOpener(kept);
	return async (idOrPath) => {
		const embedded = imageSets.find(({ id }) => id === idOrPath);
		if (embedded !== undefined) return embedded;
		const path = resolve(idOrPath);
		const named = entries.find(({ id }) => id === idOrPath) ?? entries.find(({ source }) => source.path === path);
		if (named !== undefined) return openStored(named);
		const kind = await kindOf(path);
		if (kind === null) throw unknownSet(idOrPath, entries);
		return openStored(plainEntry(path, basename(path), kind, path));
	};
}

function unknownSet(idOrPath: string, entries: readonly ImageSetEntry[]): SightlineError {
	if (/[/\\]/.test(idOrPath)) return new SightlineError("NOT_FOUND", `there is no folder or file ${resolve(idOrPath)}`);
	return notFound(
		"image set",
		idOrPath,
		[...imageSets, ...entries].map(({ id }) => id),
	);
}
