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

/**
 * A probe that is tested on what it was fitted on says nothing. Also found are copies of a file, and one generated scene that
 * two sets paint each in its own way.
 */
function requireOtherImages(testSet: ImageSet, test: ImageSelection, trainSet: ImageSet, train: ImageSelection): void {
	const fitted = new Set(contentsOf(trainSet, train));
	const both = contentsOf(testSet, test).filter((content) => fitted.has(content)).length;
	if (both > 0)
		throw new SightlineError(
			"BAD_INPUT",
			`${train.set}/${train.split} to fit on and ${test.set}/${test.split} to test on share ${both} images`,
			{ hint: "Name two splits that do not overlap, and remove copies of files." },
		);
}

/** What each image of a run is made from, in a word: equal for what shows the same. */
function contentsOf(set: ImageSet, { split, count }: ImageSelection): readonly string[] {
	return Array.from({ length: count }, (_, index) => {
		const source = set.source(split, index);
		return source.kind === "leaves" ? `leaves ${source.seed} ${source.index}` : source.sha256;
	});
}
