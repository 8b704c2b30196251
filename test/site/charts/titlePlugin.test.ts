import { expect, it } from "vitest";
import { inTwo } from "../../../site/charts/titlePlugin.ts";

it.each([
	["ViT-S, before the addition", ["ViT-S,", "before the addition"]],
	["ViT-L: skip with branch", ["ViT-L:", "skip with branch"]],
	["ViT-L on 3 % of the images", ["ViT-L on 3 %", "of the images"]],
	["Mixer-S", ["Mixer-S"]],
])("a title that is too wide is broken where it has a sign, or in its middle: %s", (title, lines) => {
	expect(inTwo(title)).toEqual(lines);
});
