/** The two runs of images that a probe needs: to test on, and to choose from and fit on. */
import type { ImageSet } from "../../data/imageSet.ts";
import { SightlineError } from "../../errors.ts";
import type { ImageSelection } from "../../plan/measurement.ts";
import type { Context } from "../context.ts";
import { openImageSet, selectImages } from "../images.ts";
import type { ImagesInput } from "../schema.generated.ts";

export interface ProbeSelections {
	readonly images: ImageSelection;
	readonly train: ImageSelection;
	/** Of both; 0 where the images carry no labels. */
	readonly classes: number;
}

/**
 * @param train null for up to 1 024 images of the same set's split "probe", or "train" where it has none: at 30 classes
 *   about 34 of each, so that several choices of ten differ
 * @throws SightlineError BAD_INPUT where the classes are not the same, or images are in both
 */
export async function probeImages(
	context: Context,
	images: ImagesInput,
	train: ImagesInput | null,
): Promise<ProbeSelections> {
	const set = await openImageSet(context, images.set);
	const split = set.splits.has("probe") ? "probe" : "train";
	const count = Math.min(mostTrainImages, set.splits.get(split)?.count ?? mostTrainImages);
	const trainInput = train ?? { ...images, split, count };
	const trainSet = await openImageSet(context, trainInput.set);
	const [testSelection, trainSelection] = await Promise.all([
		selectImages(context, images),
		selectImages(context, trainInput),
	]);
	requireSameClasses(set, trainSet);
	requireOtherImages(set, testSelection, trainSet, trainSelection);
	return { images: testSelection, train: trainSelection, classes: set.classNames.length };
}

/** Of big_vision's habit: a few shots are drawn from the first images of the training split, not from all. */
const mostTrainImages = 1024;

function requireSameClasses(test: ImageSet, train: ImageSet): void {
	const same =
		test.classNames.length === train.classNames.length &&
		test.classNames.every((name, label) => name === train.classNames[label]);
	if (!same)
		throw new SightlineError("BAD_INPUT", `the classes of "${train.id}" are not those of "${test.id}"`, {
			hint: "Fit and test on images of the same classes, in the same order: two splits of one set, for example.",
		});
}

/** A probe that is tested on what it was fitted on says nothing. */
function requireOtherImages(testSet: ImageSet, test: ImageSelection, trainSet: ImageSet, train: ImageSelection): void {
	if (testSet.digest !== trainSet.digest) return;
	const [a, b] = [rangeOf(testSet, test), rangeOf(trainSet, train)];
	if (a.to > b.from && b.to > a.from)
		throw new SightlineError(
			"BAD_INPUT",
			`${train.set}/${train.split} to fit on and ${test.set}/${test.split} to test on share images`,
			{ hint: "Name two splits that do not overlap." },
		);
}

function rangeOf({ splits }: ImageSet, { split, count }: ImageSelection): { from: number; to: number } {
	const from = splits.get(split)?.start ?? 0; // there is such a split: the images were selected from it
	return { from, to: from + count };
}
