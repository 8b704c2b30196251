/** The text that `sightline inspect` shows. */
import { expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { outline } from "../../src/anatomy/outline.ts";
import { standardForm } from "../../src/onnx/standard/standardForm.ts";
import { exportedModel } from "../support/exports.ts";
import { tinyResnet, tinyVit } from "./models.ts";

test("a ViT's outline has its tokens, a line for blocks that are alike with their parts, and how sure each part is", () => {
	expect(outline(findAnatomy(tinyVit({ depth: 2 })))).toBe(`\
family      ViT
input       3 x 24 x 24 (pixels)
output      5 classes (logits)
parameters  5 705
pooling     class token
tokens      10: 3 x 3 patches of 8 px behind a class token

  patchEmbedding     9 x 12
  positionEmbedding  10 x 12
  blocks.0-1         10 x 12  2 x encoder, 2 heads: norm1 attention norm2 mlpHidden mlp output
  norm               10 x 12

2 blocks, 2 attentions, 4 residual additions
layers: 15 in "all", 2 in "blocks"

  input              certain  The graph declares channels and sides.
  output             certain  It is the only output, shaped [batch, classes].
  blocks             certain  Each begins and ends where its branches leave and join the stream.
  heads              certain  Attention weights have an axis of heads.
  residualAdditions  certain  Each joins a branch with weights to the stream that it left.
  grid               certain  The convolution that cuts the patches gives 3 x 3 of them.
  classToken         certain  A learned token is put before the patches, and the classifier reads the first.
  pooling            certain  Behind the last block the first token alone goes on.
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

test.each([
	["swin.timm.traced", /blocks\.0-1 +1024 x 24 +2 x encoder, stage 0, 1 head, 64 windows: norm1/],
	["densenet.timm.traced", /blocks\.0-5 +12 x 16 x 16 to 32 x 16 x 16 +6 x dense, stage 0: norm1 conv1 conv2 output/],
	["densenet.timm.traced", /blocks\.0-5 .*\n +transitions\.0\.norm .*\n +transitions\.0\.conv .*\n +blocks\.6-17 /],
	[
		"mobilenetv3.timm.traced",
		/blocks\.3 .*, no skip: conv1 conv2 conv3 output\n +blocks\.4-7 +24 x 4 x 4 +4 x inverted/,
	],
	["vit-postnorm.torch.traced", /blocks\.0-5 .*: attention norm1 mlpHidden mlp norm2 output/],
	["vit-respostnorm.timm.exported", /blocks\.0-11 .*: attention norm1 mlpHidden mlp norm2 output/],
	["resnet50.timm.traced", /blocks\.0 .*: projection conv1 .*\n +blocks\.1-2 .*: conv1 /],
])("blocks of %s stand together where they are alike", (name, expected) => {
	expect(outline(findAnatomy(standardForm(exportedModel(name))))).toMatch(expected);
});
