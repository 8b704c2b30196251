/**
 * How a model of the zoo was made. The training writes everything but the accuracy, which Sightline measures on the
 * weights as they are shipped.
 */
import { Fields } from "./fields.ts";

export interface ModelCard {
	readonly id: string;
	/** File of the recipe, relative to the training's folder, and its SHA-256. */
	readonly recipe: string;
	readonly recipeDigest: string;
	/** The model whose shipped weights the training went on from; null where it began with random ones. */
	readonly startsFrom: StartingWeights | null;
	/** Id of the set it was trained on. */
	readonly imageSet: string;
	/** Training images seen, repeats counted, and different ones. */
	readonly imagesSeen: number;
	readonly imagesDistinct: number;
	readonly parameters: number;
	/** Of training. */
	readonly seconds: number;
	readonly hardware: string;
	/** Top-1 on unseen images; null until it was measured. */
	readonly accuracy: MeasuredAccuracy | null;
	/** SPDX identifier. */
	readonly licence: string;
	readonly curve: readonly CurvePoint[];
}

export interface StartingWeights {
	/** Of a model of the zoo. */
	readonly id: string;
	/** SHA-256 of its weights file. */
	readonly digest: string;
}

/** A share of images, 0 to 1, with its 95 % Wilson interval. */
export interface MeasuredAccuracy {
	readonly value: number;
	readonly low: number;
	readonly high: number;
	readonly images: number;
}

/** The state of a training: accuracies 0 to 1, on the training images just seen and on the validation images. */
export interface CurvePoint {
	readonly imagesSeen: number;
	readonly seconds: number;
	readonly trainAccuracy: number;
	readonly validationAccuracy: number | null;
}

/**
 * @param place where the value came from, for messages
 * @throws SightlineError BAD_INPUT: the place, the field, what stands there and what should
 */
export function parseCard(value: unknown, place: string): ModelCard {
	const fields = new Fields(value, place);
	return {
		id: fields.text("id"),
		recipe: fields.text("recipe"),
		recipeDigest: fields.text("recipeDigest"),
		startsFrom: fields.has("startsFrom") ? parseStart(fields.object("startsFrom")) : null,
		imageSet: fields.text("imageSet"),
		imagesSeen: fields.count("imagesSeen"),
		imagesDistinct: fields.count("imagesDistinct"),
		parameters: fields.count("parameters"),
		seconds: fields.number("seconds"),
		hardware: fields.text("hardware"),
		accuracy: fields.has("accuracy") ? parseAccuracy(fields.object("accuracy")) : null,
		licence: fields.text("licence"),
		curve: fields.objects("curve").map(parsePoint),
	};
}

function parseStart(fields: Fields): StartingWeights {
	return { id: fields.text("id"), digest: fields.text("digest") };
}

function parseAccuracy(fields: Fields): MeasuredAccuracy {
	return {
		value: fields.number("value"),
		low: fields.number("low"),
		high: fields.number("high"),
		images: fields.positive("images"),
	};
}

function parsePoint(fields: Fields): CurvePoint {
	return {
		imagesSeen: fields.count("imagesSeen"),
		seconds: fields.number("seconds"),
		trainAccuracy: fields.number("trainAccuracy"),
		validationAccuracy: fields.optional("validationAccuracy", fields.number),
	};
}
