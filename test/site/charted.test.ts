import { expect, it } from "vitest";
import { numberOf } from "../../site/charted.ts";

it.each([
	["01-within-model-similarity", "1"],
	["07b-skip-norms-by-token", "7b"],
	["13-probes-by-depth", "13"],
	["07b-skip-norms-by-token", "7b"],
	["c-4-receptive-fields-before-addition", "C.4"],
])("the figure %s is number %s", (id, number) => {
	expect(numberOf(id)).toBe(number);
});
