import { expect, test } from "vitest";
import { parseCard } from "../../src/zoo/card.ts";

/** As src/zoo/training/train.py writes it. */
const written = {
	id: "vit-s",
	architecture: { family: "vit" },
	recipe: "recipes/vit-s.json",
	recipeDigest: "d56f",
	imageSet: "leaves",
	imagesSeen: 480000,
	imagesDistinct: 240000,
	parameters: 699006,
	seconds: 2400,
	hardware: "a processor, 2 threads",
	validationAccuracy: 0.95,
	licence: "Apache-2.0",
	curve: [
		{ imagesSeen: 32000, seconds: 160, trainAccuracy: 0.2 },
		{ imagesSeen: 64000, seconds: 320, trainAccuracy: 0.3, validationAccuracy: 0.31 },
	],
};

test("a card as the training writes it has no accuracy yet", () => {
	const card = parseCard(written, "vit-s.card.json");
	expect(card.accuracy).toBeNull();
	expect(card.curve.map((point) => point.validationAccuracy)).toEqual([null, 0.31]);
	expect(card).toMatchObject({ id: "vit-s", imagesSeen: 480000, hardware: "a processor, 2 threads" });
});

test("the accuracy that was measured is read", () => {
	const accuracy = { value: 0.95, low: 0.94, high: 0.96, images: 4000 };
	expect(parseCard({ ...written, accuracy }, "vit-s.card.json").accuracy).toEqual(accuracy);
});

test.each([
	["no curve", { ...written, curve: undefined }, "vit-s.card.json.curve is missing, expected a list"],
	["a broken point", { ...written, curve: [{}] }, "vit-s.card.json.curve[0].imagesSeen is missing"],
	["an accuracy in words", { ...written, accuracy: "95 %" }, 'vit-s.card.json.accuracy is "95 %", expected an object'],
])("%s is refused", (_what, value, message) => {
	expect(() => parseCard(value, "vit-s.card.json")).toThrow(message);
});
