/** What is found in the graphs of other programs, against what the networks' own modules say. */
import { describe, expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { SightlineError } from "../../src/errors.ts";
import { standardForm } from "../../src/onnx/standard/standardForm.ts";
import { countsOf, exportedModel, exports } from "../support/exports.ts";

const recognised = exports.filter(({ shortfall }) => shortfall === undefined);
const inPart = exports.filter(({ shortfall }) => shortfall !== undefined);

describe.each(recognised)("$name", ({ name, truth }) => {
	test("has the blocks, heads, additions, tokens and pooling that its modules count", () => {
		const { parameters: _, convolutions, ...counted } = truth;
		const anatomy = findAnatomy(standardForm(exportedModel(name)));
		expect(countsOf(anatomy)).toEqual(counted);
		const inBlocks = anatomy.layers.filter(({ kind, block }) => kind === "convolution" && block !== null);
		if (convolutions !== undefined) expect(inBlocks).toHaveLength(convolutions);
	});
});

test.each(inPart.filter(({ shortfall }) => shortfall?.found != null))(
	"$name, known to fall short, has what shortfalls.json says in place of what its modules count, and the rest as they do",
	({ name, truth, shortfall }) => {
		const { parameters: _, convolutions: __, ...counted } = truth;
		const found = shortfall?.found ?? {};
		expect(countsOf(findAnatomy(standardForm(exportedModel(name))))).toEqual({ ...counted, ...found });
		for (const [key, value] of Object.entries(found))
			expect(value, `${key} is as counted: nothing falls short`).not.toEqual(counted[key as keyof typeof counted]);
	},
);

test.each(inPart.filter(({ shortfall }) => shortfall?.found == null))(
	"$name, not recognised, is refused with what was seen of it",
	({ name }) => {
		expect(() => findAnatomy(standardForm(exportedModel(name)))).toThrow(SightlineError);
		expect(() => findAnatomy(standardForm(exportedModel(name)))).toThrow(/The image runs through \d+ nodes/);
	},
);
