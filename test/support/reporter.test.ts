import { expect, test } from "vitest";
import { isRequired } from "./reporter.ts";

const realModel = { name: "ViT-Tiny has 75 layers (needs SIGHTLINE_TEST_DATA)", reason: undefined };
const browser = { name: "axe finds nothing", reason: "needs chromium" };
const reference = { name: "values are PyTorch's", reason: undefined };
const training = { name: "a recipe becomes weights (needs Python with PyTorch)", reason: undefined };
const graphicsCard = { name: "CUDA agrees with the CPU", reason: "no NVIDIA GPU here" };

test("outside CI nothing is required", () => {
	const all = [realModel, browser, graphicsCard, reference, training];
	expect(all.filter((skipped) => isRequired(skipped, {}))).toEqual([]);
});

test("in CI a browser is required, real models only where their folder is given, a graphics card never", () => {
	const required = (environment: NodeJS.ProcessEnv) =>
		[realModel, browser, graphicsCard].map((skipped) => isRequired(skipped, environment));
	expect(required({ CI: "true" })).toEqual([false, true, false]);
	expect(required({ CI: "true", SIGHTLINE_TEST_DATA: "/data" })).toEqual([true, true, false]);
});

test("in CI the training is tested where PyTorch is, values from PyTorch everywhere", () => {
	expect([reference, training].map((skipped) => isRequired(skipped, { CI: "true" }))).toEqual([true, false]);
});
