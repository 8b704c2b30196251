/**
 * Images in arrays of an .npz: x_train, y_train, x_test, y_test as Keras keeps them, train_images, train_labels as MedMNIST,
 * or images and labels alone. Images are bytes, [images, height, width, 3], [..., 1], [images, height, width], or with the
 * channels first; labels are whole numbers, [images] or [images, 1].
 */
import { dirname } from "node:path";
import { SightlineError } from "../../errors.ts";
import { elementCount, type Tensor } from "../../tensor/tensor.ts";
import { integers } from "../../tensor/values.ts";
import type { ImageSetEntry } from "../../zoo/imageSetEntry.ts";
import type { ImageForm } from "../imageSet.ts";
import { stateOf, statFile } from "../stored/fileState.ts";
import { type ListedImage, type Listing, type Part, partOf } from "../stored/listing.ts";
import { labelsOf, type RawLabel } from "../stored/rawLabels.ts";
import { requireUnpackable, withNpz } from "./npzBytes.ts";

export async function listNpz({ source }: ImageSetEntry): Promise<Listing> {
	const file = source.path;
	const state = stateOf(await statFile(file));
	const found = withNpz(file, (arrays) => pairsOf([...arrays.keys()], source.labels).map((pair) => read(arrays, pair)));
	if (found.length === 0) {
		throw new SightlineError("BAD_INPUT", `${file} has no array of images`, {
			hint: 'Expected arrays such as "images" and "labels", or "x_train", "y_train", "x_test" and "y_test".',
		});
	}
	const raw = found.flatMap(({ labels }) => labels);
	const { labels, classNames } = await labelsOf(raw, dirname(file));
	const images = found.flatMap(({ pair, form, count }) => {
		const length = form.height * form.width * form.channels;
		return Array.from({ length: count }, (_, index): Omit<ListedImage, "label"> => {
			const start = index * length;
			return {
				...{ name: `${pair.images}#${index}`, part: pair.part, sizeBytes: length, state, form },
				place: { in: "npz", file, array: pair.images, start, length },
			};
		});
	});
	return { images: images.map((image, index) => ({ ...image, label: labels[index] ?? -1 })), classNames, skipped: [] };
}

/** Names of arrays that belong together. */
interface Pair {
	readonly images: string;
	readonly labels: string | null;
	readonly part: Part | null;
}

const imageWords = ["x", "images", "image", "data", "arr_0"];
const labelWords = ["y", "labels", "label", "targets", "arr_1"];

/** @param wanted the word that the labels' arrays are named by; null: the usual ones */
function pairsOf(names: readonly string[], wanted: string | null): Pair[] {
	const described = names.map((name) => ({ name, ...wordsOf(name) }));
	const labelChoices = wanted === null ? labelWords : [wanted.toLowerCase()];
	const pairs = described.flatMap(({ name, word, part }) => {
		if (!imageWords.includes(word)) return [];
		const own = described.filter((one) => one.part === part);
		const labels = labelChoices
			.map((choice) => own.find((one) => one.word === choice))
			.find((one) => one !== undefined);
		return [{ images: name, labels: labels?.name ?? null, part }];
	});
	// Where there are splits, an array beside them repeats what is in them.
	return pairs.some(({ part }) => part !== null) ? pairs.filter(({ part }) => part !== null) : pairs.slice(0, 1);
}

/** "train_images" and "images_train" are both the images of train. */
function wordsOf(name: string): { readonly word: string; readonly part: Part | null } {
	const words = name.toLowerCase().split("_");
	for (const [part, rest] of [
		[partOf(words[0] ?? ""), words.slice(1)],
		[partOf(words.at(-1) ?? ""), words.slice(0, -1)],
	] as const) {
		if (part !== null && rest.length > 0) return { word: rest.join("_"), part };
	}
	return { word: name.toLowerCase(), part: null };
}

interface Found {
	readonly pair: Pair;
	readonly form: Extract<ImageForm, { kind: "raw" }>;
	readonly count: number;
	readonly labels: readonly RawLabel[];
}

function read(arrays: ReadonlyMap<string, Tensor>, pair: Pair): Found {
	const images = arrays.get(pair.images) as Tensor; // named by one of its keys
	const form = formOf(pair.images, images);
	requireUnpackable(pair.images, images);
	const count = images.shape[0] ?? 0;
	const labels = pair.labels === null ? Array<null>(count).fill(null) : readLabels(arrays, pair.labels, count);
	return { pair, form, count, labels };
}

/** Rows beyond this are a mistake: a list of them takes memory. */
const maxImages = 2 ** 24;

function formOf(name: string, { type, shape }: Tensor): Found["form"] {
	const wrong = (hint: string) =>
		new SightlineError(
			"BAD_INPUT",
			`${name} is ${type} [${shape.join(", ")}], expected uint8 [images, height, width, 3]`,
			{
				hint,
			},
		);
	if (type !== "uint8") throw wrong("Save the images as bytes, from 0 to 255, before they are scaled or normalised.");
	const [count = 0, ...sides] = shape;
	if (count > maxImages || elementCount(sides) > 3 * 2 ** 26) throw wrong(`At most ${maxImages} images are read.`);
	const raw = { kind: "raw", layout: "interleaved" } as const;
	const [first = 0, second = 0, third = 0] = sides;
	if (sides.length === 2 && first * second > 0) return { ...raw, height: first, width: second, channels: 1 };
	if (sides.length === 3 && first * second * third > 0) {
		if (third === 3 || third === 1) return { ...raw, height: first, width: second, channels: third };
		if (first === 3 || first === 1) {
			return { kind: "raw", layout: "planar", height: second, width: third, channels: first };
		}
	}
	throw wrong("Images have 3 channels (red, green, blue) or 1.");
}

function readLabels(arrays: ReadonlyMap<string, Tensor>, name: string, count: number): readonly RawLabel[] {
	const tensor = arrays.get(name) as Tensor; // named by one of its keys
	const { type, shape } = tensor;
	if (elementCount(shape) !== count || shape[0] !== count || !/^u?int(?:8|16|32|64)$/.test(type)) {
		throw new SightlineError("BAD_INPUT", `${name} is ${type} [${shape.join(", ")}], expected ${count} whole numbers`, {
			hint: "Save the number of each image's class, not a vector for each.",
		});
	}
	requireUnpackable(name, tensor);
	return integers(tensor).map((label) => (label === -1 ? null : label));
}
