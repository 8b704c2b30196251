/** The text that `sightline inspect` shows. */
import { expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { outline } from "../../src/anatomy/outline.ts";
import { tinyResnet, tinyVit } from "./models.ts";

test("a ViT's outline has its tokens, and a line for each block with its parts", () => {
	expect(outline(findAnatomy(tinyVit({ depth: 2 })))).toBe(`\
family      ViT
input       3 x 24 x 24 (pixels)
output      5 classes (logits)
parameters  5 705
pooling     class token
tokens      10: 3 x 3 patches of 8 px behind a class token

  patchEmbedding     9 x 12
  positionEmbedding  10 x 12
  blocks.0           10 x 12  encoder, 2 heads: norm1 attention norm2 mlpHidden mlp output
  blocks.1           10 x 12  encoder, 2 heads: norm1 attention norm2 mlpHidden mlp output
  norm               10 x 12

2 blocks, 2 attentions, 4 residual additions
layers: 15 in "all", 2 in "blocks"
`);
});

test("a ResNet's outline has its stages and projections", () => {
	const text = outline(findAnatomy(tinyResnet()));
	expect(text).toContain("stages      2 + 1 units");
	expect(text).toContain(
		"blocks.2   32 x 4 x 4  bottleneck, stage 1: projection projectionNorm conv1 norm1 conv2 norm2 conv3 norm3 output",
	);
});

test("what was unsure stands at the end", () => {
	const text = outline(findAnatomy(tinyVit(), { classToken: false }));
	expect(text.trimEnd().split("\n").at(-1)).toBe(
		"  ! The class token is declared absent, but there are 10 tokens for 9 patches.",
	);
});
