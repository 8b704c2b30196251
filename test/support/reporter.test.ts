import { expect, test } from "vitest";
import { isRequired } from "./reporter.ts";

const realModel = { name: "ViT-Tiny has 75 layers (needs SIGHTLINE_TEST_DATA)", reason: undefined };
const browser = { name: "axe finds nothing", reason: "needs chromium" };
const graphicsCard = { name: "CUDA agrees with the CPU", reason: "no NVIDIA GPU here" };

test("outside CI nothing is required", () => {
	expect([realModel, browser, graphicsCard].map((skipped) => isRequired(skipped, {}))).toEqual([false, false, false]);
});

test("in CI a browser is required, real models only where their folder is given, a graphics card never", () => {
	const required = (environment: NodeJS.ProcessEnv) =>
		[realModel, browser, graphicsCard].map((skipped) => isRequired(skipped, environment));
	expect(required({ CI: "true" })).toEqual([false, true, false]);
	expect(required({ CI: "true", SIGHTLINE_TEST_DATA: "/data" })).toEqual([true, true, false]);
});
