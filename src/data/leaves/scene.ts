/**
 * What a `leaves` image shows, drawn from its seed: a dead-leaves background (occluding discs with power-law radii) and
 * one object on top. Lengths are shares of the image's side. The order of the draws is part of the set's identity.
 */
import { directionCount, directionX, directionY } from "../../numerics/directions.ts";
import type { Random } from "../../numerics/random.ts";
import { outlineNames } from "./outlines.ts";
import type { LeavesStyle } from "./style.ts";
import { textureNames } from "./textures.ts";

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Something painted: where it is, how it is turned, and with what it is filled. */
export interface Leaf {
	readonly x: number;
	readonly y: number;
	readonly radius: number;
	/** Cosine and sine of the turn of the outline. */
	readonly turn: readonly [cosine: number, sine: number];
	readonly texture: number;
	/** Cosine and sine of the turn of the texture, and its period. */
	readonly grain: readonly [cosine: number, sine: number];
	readonly period: number;
	readonly colours: readonly [Colour, Colour];
}

export interface Scene {
	readonly ground: Colour;
	readonly discs: readonly Leaf[];
	readonly object: Leaf;
	readonly outline: number;
}

const discCount = 6;
const smallestDisc = 3 / 64;
const largestDisc = 0.35;
const largestTurn = 82; // of 1 024 directions: 0.5 rad

export function scene(random: Random, style: LeavesStyle): Scene {
	const outline = random.below(outlineNames.length);
	const texture = random.below(textureNames.length);
	const ground = anyColour(random);
	const discs = Array.from({ length: discCount }, () => disc(random, style));
	const radius = random.between(0.26, 0.4);
	const first = style.palette === "vivid" ? vividColour(random) : mutedColour(random);
	const object: Leaf = {
		radius,
		// The object never leaves the image.
		x: random.between(radius, 1 - radius),
		y: random.between(radius, 1 - radius),
		turn: turned(random.below(2 * largestTurn + 1) - largestTurn),
		texture,
		grain: turned(random.below(directionCount)),
		period: random.between(...style.period),
		colours: [first, complement(random, first)],
	};
	return { ground, discs, object, outline };
}

function disc(random: Random, { period }: LeavesStyle): Leaf {
	// The inverse of the distribution function of a density that falls with the third power of the radius.
	const radius = Math.min(largestDisc, smallestDisc / Math.sqrt(1 - 0.97 * random.uniform()));
	return {
		radius,
		x: random.uniform(),
		y: random.uniform(),
		turn: [1, 0],
		texture: random.uniform() < 0.5 ? 0 : random.below(textureNames.length),
		grain: turned(random.below(directionCount)),
		period: random.between(...period),
		colours: [anyColour(random), anyColour(random)],
	};
}

function turned(direction: number): readonly [number, number] {
	const index = direction & (directionCount - 1);
	return [directionX[index] as number, directionY[index] as number];
}

function anyColour(random: Random): Colour {
	return [random.below(256), random.below(256), random.below(256)];
}

/** One channel high, one low, one anything, so that the complement stands off well. */
function vividColour(random: Random): Colour {
	const high = random.below(3);
	const low = (high + 1 + random.below(2)) % 3;
	const channels = [random.below(256), random.below(256), random.below(256)];
	channels[high] = 200 + random.below(56);
	channels[low] = random.below(56);
	return channels as unknown as Colour; // three were written above
}

/** Every channel off the middle by a fifth to a third of the range, so that the complement stands off still. */
function mutedColour(random: Random): Colour {
	const channel = () => {
		const off = 50 + random.below(36);
		return random.below(2) === 0 ? 128 - off : 127 + off;
	};
	return [channel(), channel(), channel()];
}

function complement(random: Random, [red, green, blue]: Colour): Colour {
	const near = (channel: number) => Math.min(255, Math.max(0, 255 - channel + random.below(61) - 30));
	return [near(red), near(green), near(blue)];
}
