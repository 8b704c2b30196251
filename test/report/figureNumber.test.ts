import { expect, it } from "vitest";
import { reports } from "../../reports/index.ts";
import { figureNumber, withFigures } from "../../src/report/figureNumber.ts";

it.each([
	["01-within-model-similarity", "1"],
	["07b-skip-norms-by-token", "7b"],
	["13-probes-by-depth", "13"],
	["07b-skip-norms-by-token", "7b"],
	["c-4-receptive-fields-before-addition", "C.4"],
])("the figure %s is number %s", (id, number) => {
	expect(figureNumber(id)).toBe(number);
});

it("figures are chosen by their numbers, in the order of the report", () => {
	const [report] = withFigures(reports, ["c.4", "1"]);
	expect(report?.figures.map(({ id }) => figureNumber(id))).toEqual(["1", "C.4"]);
});

it("a number that no report has is refused", () => {
	expect(() => withFigures(reports, ["1", "99"])).toThrow(/no figure "99"/);
});
