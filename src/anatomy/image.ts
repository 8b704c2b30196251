/** The image that a model takes: which input, how large, and the shapes that follow from it. */
import { SightlineError } from "../errors.ts";
import type { Dimension, Model, Value } from "../onnx/model.ts";
import { inferShapes } from "../onnx/shapes.ts";
import { hasChannelsLast } from "../onnx/standard/channelsFirst.ts";
import { elementCount } from "../tensor/tensor.ts";
import type { Anatomy, Finding } from "./anatomy.ts";
import type { Reading } from "./flow.ts";

export interface Image {
	readonly input: Anatomy["input"];
	/** Images that `reading` was made for: more than one where the graph allows it. */
	readonly batch: number;
	readonly reading: Reading;
	/** The same for one image more: what differs is the batch's. null where the batch is fixed. */
	readonly second: Reading | null;
	readonly finding: Finding;
	readonly remarks: readonly string[];
}

/**
 * @param declaredSize [height, width] in pixels, for a graph that does not say
 * @throws SightlineError BAD_INPUT: no input holds images [batch, channels, height, width]
 */
export function findImage(model: Model, declaredSize?: readonly [height: number, width: number]): Image {
	const value = imageInput(model);
	const [images = null, channelSide = null, height = null, width = null] = value.shape ?? [];
	const channels = typeof channelSide === "number" ? channelSide : 3;
	const isGuess = typeof height !== "number" && declaredSize === undefined;
	const sides = [channelSide, height, width].map((side) => (typeof side === "number" ? side : 1));
	if (!(elementCount(sides) <= mostPixels && sides.every((side) => side > 0))) {
		const given = `images of ${sides.join(" x ")} values`;
		throw new SightlineError("BAD_INPUT", `${given} are asked for; expected at least one, at most ${mostPixels}`);
	}
	const problems: string[] = [];
	for (const [rows, columns] of possibleSizes(height, width, declaredSize)) {
		const readings = readBatches(model, value, images, [channels, rows, columns]);
		if (typeof readings === "string") {
			problems.push(`${rows} x ${columns} px: ${readings}`);
			continue;
		}
		const others = possibleSizes(height, width, declaredSize).filter(([side]) => side !== rows);
		const fits = (size: readonly [number, number]) =>
			typeof readBatches(model, value, images, [channels, ...size]) !== "string";
		const finding = sizeFinding(isGuess, declaredSize !== undefined, isGuess && others.some(fits));
		const guess = `The graph does not say its image size; it works out for ${rows} x ${columns}.`;
		return {
			input: { tensor: value.name, channels, height: rows, width: columns },
			...readings,
			finding,
			remarks: [...(isGuess ? [guess] : []), ...readings.remarks],
		};
	}
	throw new SightlineError("BAD_INPUT", `the shapes of the graph do not work out for its image (${problems[0]})`, {
		hint: "Where the graph leaves the image size open, declare it in the model's entry.",
	});
}

/** Values of an image: three channels of 6 000 x 6 000 are four fifths of it. */
const mostPixels = 2 ** 27;

function sizeFinding(isOpen: boolean, isDeclared: boolean, othersFit: boolean): Finding {
	const part = "input";
	if (isDeclared)
		return { part, confidence: "certain", reason: "The model's entry declares its sides, and the graph allows them." };
	if (!isOpen) return { part, confidence: "certain", reason: "The graph declares channels and sides." };
	return othersFit
		? { part, confidence: "guess", reason: "The graph leaves its sides open, and several of the usual ones work out." }
		: {
				part,
				confidence: "likely",
				reason: "The graph leaves its sides open; of the usual ones these alone work out.",
			};
}

/** The shapes at two batch sizes, or at one where the graph allows no other; the reason where none works out. */
function readBatches(
	model: Model,
	image: Value,
	declared: Dimension,
	sides: readonly number[],
): Omit<Image, "input" | "finding"> | string {
	const infer = (batch: number) => attempt(() => inferShapes(model, shapesOfInputs(model, image, batch, sides)));
	if (typeof declared === "number") {
		const reading = infer(declared);
		return typeof reading === "string" ? reading : { batch: declared, reading, second: null, remarks: [] };
	}
	const [two, three] = [infer(2), infer(3)];
	if (typeof two !== "string" && typeof three !== "string")
		return { batch: 2, reading: two, second: three, remarks: [] };
	const [batch, only, reason] = typeof two === "string" ? [1, infer(1), two] : [2, two, three];
	if (typeof only === "string") return only;
	const remark = `The graph declares an open batch, but works out for a batch of ${batch} alone: ${reason}.`;
	return { batch, reading: only, second: null, remarks: [remark] };
}

/** What was computed, or why the graph is refused. */
function attempt<T>(compute: () => T): T | string {
	try {
		return compute();
	} catch (error) {
		if (error instanceof SightlineError) return error.message;
		throw error;
	}
}

function imageInput(model: Model): Value {
	const { inputs } = model.graph;
	const image = inputs.find(({ type, shape }) => shape?.length === 4 && (type === null || type.startsWith("float")));
	const seen = inputs.map(({ name, shape }) => `${name} ${shape === null ? "of unknown rank" : sidesInWords(shape)}`);
	if (image === undefined) {
		const message = `no input takes images [batch, channels, height, width]; seen: ${seen.join(", ") || "no input"}`;
		throw new SightlineError("BAD_INPUT", message, {
			hint: "Sightline reads vision models that take one image tensor.",
		});
	}
	if (hasChannelsLast(image.shape)) {
		const message = `the input ${seen.join(", ")} puts the channels last; expected [batch, channels, height, width]`;
		throw new SightlineError("BAD_INPUT", message, { hint: "Export the model with the channels first." });
	}
	return image;
}

/** Where the graph leaves the size open, position tables and heads still fit one size alone: the usual ones are tried. */
const usualSides = [224, 384, 256, 32, 64, 128, 336, 448, 512, 518];

function possibleSizes(
	height: Dimension,
	width: Dimension,
	declared: readonly [number, number] | undefined,
): readonly (readonly [number, number])[] {
	if (typeof height === "number" && typeof width === "number") return [[height, width]];
	return declared === undefined ? usualSides.map((side) => [side, side] as const) : [declared];
}

/** The shapes of all inputs; one beside the image has the image's batch and else what it says, or 1. */
function shapesOfInputs(
	model: Model,
	image: Value,
	batch: number,
	sides: readonly number[],
): ReadonlyMap<string, readonly number[]> {
	return new Map(
		model.graph.inputs.map((value) => {
			const own = (value.shape ?? []).map((side, axis) => (typeof side === "number" ? side : axis === 0 ? batch : 1));
			return [value.name, value === image ? [batch, ...sides] : own];
		}),
	);
}

function sidesInWords(shape: readonly Dimension[]): string {
	return `[${shape.map((side) => side ?? "?").join(", ")}]`;
}
