/** What is found in the graphs of other programs, against what the networks' own modules say. */
import { describe, expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { standardForm } from "../../src/onnx/standard/standardForm.ts";
import { exportedModel, exports } from "../support/exports.ts";

describe.each(exports)("$name", ({ name, truth }) => {
	test("has the blocks, heads, additions, tokens and pooling that its modules count", () => {
		const { blocks, attentions, residuals, tokens, pooling, output } = findAnatomy(standardForm(exportedModel(name)));
		const { parameters: _, convolutions: __, ...counted } = truth;
		expect({
			kinds: [...new Set(blocks.map(({ kind }) => kind))].sort(),
			blocks: blocks.length,
			heads: attentions.map(({ heads }) => heads),
			residualAdditions: residuals.length,
			grid: tokens?.grid ?? null,
			tokens: tokens?.count ?? null,
			classToken: tokens?.classToken ?? null,
			pooling,
			classes: output.classes,
		}).toEqual(counted);
	});
});
