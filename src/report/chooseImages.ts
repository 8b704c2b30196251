/** Which images a report is measured on, where not all of it is told. */
import { notFound, SightlineError } from "../errors.ts";
import { fullCount, batchSize as usualBatchSize } from "./counts.ts";
import type { ReportImages } from "./definition.ts";
import type { ImageSetResult } from "./queryResult.ts";

/** As told; what is left out is chosen. */
export interface AskedImages {
	readonly set?: string;
	readonly split?: string;
	readonly count?: number;
	readonly batchSize?: number;
}

export interface ChosenImages {
	readonly images: ReportImages;
	/** Labelled images of the same set, apart from these, to fit probes on; null where there are none. */
	readonly train: ReportImages | null;
}

/**
 * The split is `test` where the set has one, else its validation images, else all; the count 2 560 or what there is; a
 * batch 64 images, or fewer where there would not be the four batches that errors need.
 * @throws SightlineError NOT_FOUND an unknown split; BAD_INPUT more images than there are
 */
export function chooseImages(asked: AskedImages, set: ImageSetResult): ChosenImages {
	const splits = set.splits.filter(({ count }) => count > 0);
	const wanted = asked.split === undefined ? usualSplits : [asked.split];
	const split = wanted.flatMap((name) => splits.find((one) => one.name === name) ?? [])[0];
	if (split === undefined) {
		const names = splits.map(({ name }) => name);
		throw notFound(`split of image set "${set.id}"`, asked.split ?? "test", names);
	}
	const count = asked.count ?? Math.min(fullCount, split.count);
	if (count > split.count) {
		const message = `${count} images are asked for; ${set.id}/${split.name} has ${split.count}`;
		throw new SightlineError("BAD_INPUT", message, { hint: `Ask for at most ${split.count}, or for another split.` });
	}
	const images = { set: set.id, split: split.name, count, batchSize: asked.batchSize ?? batchSizeOf(count) };
	return { images, train: trainingImages(set, split.name) };
}

const usualSplits = ["test", "validation", "val", "all", "train"];

/** The largest power of two up to 64 of which there are four batches, and 4 at least, which unbiased HSIC needs. */
function batchSizeOf(count: number): number {
	const most = Math.min(usualBatchSize, Math.floor(count / 4));
	return most < 4 ? 4 : 2 ** Math.floor(Math.log2(most));
}

/** Up to 1 024 of the split that probes are fitted on. "all" of a folder overlaps every other split. */
function trainingImages({ id, classNames, splits }: ImageSetResult, tested: string): ReportImages | null {
	if (classNames.length === 0 || tested === "all") return null;
	const split = ["probe", "train"].flatMap(
		(name) => splits.find((one) => one.name === name && one.name !== tested && one.count > 0) ?? [],
	)[0];
	return split === undefined
		? null
		: { set: id, split: split.name, count: Math.min(1024, split.count), batchSize: usualBatchSize };
}
