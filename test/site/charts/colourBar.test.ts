import { expect, it } from "vitest";
import { placed } from "../../../site/charts/colourBar.ts";

/** Letters of 6 px each. */
const widthOf = (label: string) => 6 * label.length;
const told = (labels: readonly string[], length: number) =>
	placed(labels, length, widthOf).map(({ label, left }) => [label, left]);

it("numbers stand centred below their places, words at an end inside of it", () => {
	expect(told(["0", "0.5", "1"], 100)).toEqual([
		["0", -3],
		["0.5", 41],
		["1", 97],
	]);
	expect(told(["least of its map", "largest of its map"], 300)).toEqual([
		["least of its map", 0],
		["largest of its map", 192],
	]);
});

it("labels that would run into each other give way to their first words, and the middle one to the ends", () => {
	const labels = ["0", "¼", "largest of its map"];
	expect(told(labels, 300)[2]?.[0]).toBe("largest of its map");
	expect(told(labels, 180).map(([label]) => label)).toEqual(["0", "¼", "largest"]);
	expect(told(labels, 60).map(([label]) => label)).toEqual(["0", "largest"]);
});
