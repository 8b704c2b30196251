/** What is found in the graphs of other programs, against what the networks' own modules say. */
import { describe, expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { standardForm } from "../../src/onnx/standard/standardForm.ts";
import { countsOf, exportedModel, exports } from "../support/exports.ts";

describe.each(exports)("$name", ({ name, truth }) => {
	test("has the blocks, heads, additions, tokens and pooling that its modules count", () => {
		const { parameters: _, convolutions, ...counted } = truth;
		const anatomy = findAnatomy(standardForm(exportedModel(name)));
		expect(countsOf(anatomy)).toEqual(counted);
		const inBlocks = anatomy.layers.filter(({ kind, block }) => kind === "convolution" && block !== null);
		if (convolutions !== undefined) expect(inBlocks).toHaveLength(convolutions);
	});
});
