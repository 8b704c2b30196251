import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { preprocess } from "../../../src/data/preprocess.ts";
import type { Sides } from "../../../src/data/resize.ts";
import { Fields } from "../../../src/zoo/fields.ts";
import { parsePreprocessing } from "../../../src/zoo/parsePreprocessing.ts";
import { describePreprocessing } from "../../../src/zoo/preprocessing.ts";
import { publishedPreprocessing } from "../../../src/zoo/published/publishedPreprocessing.ts";
import { pattern } from "../../support/pattern.ts";

/** What test/fixtures/published/published.py wrote. */
interface Case {
	readonly name: string;
	readonly config: unknown;
	readonly image: Sides;
	readonly shape: readonly [channels: number, height: number, width: number];
	readonly values: readonly number[];
}
const { stride, cases }: { readonly stride: number; readonly cases: readonly Case[] } = JSON.parse(
	readFileSync(new URL("../../fixtures/published/published.json", import.meta.url), "utf8"),
);

test.each(cases)("$name gives the pixels that its library gives, from $image", ({ config, image, shape, values }) => {
	const [channels, height, width] = shape;
	const { preprocessing, sides } = publishedPreprocessing(config, "config.json", [height, width]);
	expect(sides).toEqual([height, width]);
	const batch = new Float32Array(channels * height * width);
	preprocess({ pixels: pattern(image), height: image[0], width: image[1] }, preprocessing, batch, 0, sides);
	for (const [index, value] of values.entries()) {
		expect(Math.abs((batch[index * stride] as number) - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
	}
});

test.each(cases.filter(({ image }) => image[0] === 301))("$name is read back from an entry", ({ config, shape }) => {
	const { preprocessing } = publishedPreprocessing(config, "config.json", [shape[1], shape[2]]);
	expect(parsePreprocessing(new Fields(JSON.parse(JSON.stringify(preprocessing)), "entry"))).toEqual(preprocessing);
});

test("configurations that give other pixels are described otherwise", () => {
	const described = new Map<string, unknown>();
	for (const { config, shape, image, values } of cases.filter(({ image }) => image[0] === 301)) {
		const { preprocessing } = publishedPreprocessing(config, "config.json", [shape[1], shape[2]]);
		const words = `${describePreprocessing(preprocessing)} ${shape}`;
		expect(described.get(words) ?? values, `${words} ${image}`).toEqual(values);
		described.set(words, values);
	}
	expect(described.size).toBeGreaterThan(25);
});

test("the test size of a timm model counts where its graph has it", () => {
	const config = { pretrained_cfg: { input_size: [3, 224, 224], test_input_size: [3, 288, 288], crop_pct: 0.875 } };
	expect(publishedPreprocessing(config, "config.json", null).sides).toEqual([224, 224]);
	expect(publishedPreprocessing(config, "config.json", [288, 288]).sides).toEqual([288, 288]);
});

test("what was assumed is told", () => {
	expect(publishedPreprocessing({ size: 224 }, "config.json", null).notes).toEqual([
		"image_processor_type is not stated: it is read as ViTImageProcessor's",
	]);
	expect(publishedPreprocessing({ image_processor_type: "BitImageProcessor" }, "config.json", null).notes).toEqual([
		"size is not stated: the processor's default, a short side of 224, is taken",
	]);
	const { notes } = publishedPreprocessing({ pretrained_cfg: { input_size: [3, 64, 96] } }, "config.json", null);
	expect(notes).toEqual([
		"crop_pct is not stated: timm's default, 0.875, is taken",
		"interpolation is not stated: timm's default, bicubic, is taken",
		"mean is not stated: timm's default, 0.485,0.456,0.406, is taken",
		"std is not stated: timm's default, 0.229,0.224,0.225, is taken",
		"timm resizes to sides that are no square bilinearly, whatever interpolation says (bicubic)",
	]);
});

test.each([
	["a list", [], /^config.json is \[\], expected an object/],
	[
		"another model's sides",
		{ size: 384 },
		/^config.json prepares images of 384 x 384 pixels, the model takes 224 x 224/,
	],
	[
		"a processor that nobody knows",
		{ image_processor_type: "DetrImageProcessor" },
		/_type is "Detr.*expected one of ViT/,
	],
	["no resizing", { do_resize: false }, /do_resize is false, expected true/],
	[
		"a short side and no crop",
		{ image_processor_type: "BitImageProcessor", do_center_crop: false },
		/cuts nothing out/,
	],
	["a long side", { size: { shortest_edge: 8, longest_edge: 9 } }, /size.longest_edge is 9, expected none/],
	["padding", { do_pad: true }, /do_pad is true, expected false/],
	["a filter that PIL lacks", { resample: 7 }, /resample is 7, expected one of 0, 1/],
	["a filter of another name", { resample: "area" }, /resample is "area", expected 0 to 5, or one of nearest/],
	["a deviation of 0", { image_std: [0.2, 0, 0.2] }, /image_std is \[0.2,0,0.2\], expected numbers above 0/],
	["a mean of two channels", { image_mean: [0.5, 0.5] }, /image_mean is \[0.5,0.5\], expected a list of 3/],
	["a size of nothing", { size: 0 }, /size is 0, expected a whole number from 1/],
	["a crop_pct of 0", { image_processor_type: "ConvNextImageProcessor", size: 224, crop_pct: 0 }, /crop_pct is 0/],
	[
		"a timm crop_pct above 1",
		{ pretrained_cfg: { crop_pct: 1.5 } },
		/pretrained_cfg.crop_pct is 1.5, expected a number/,
	],
	["two channels", { pretrained_cfg: { input_size: [2, 224, 224] } }, /input_size is .*expected 1 or 3 channels/],
	["a side beyond reason", { pretrained_cfg: { input_size: [3, 224, 1e9] } }, /expected \[channels, height, width\]/],
	[
		"a crop mode of one's own",
		{ pretrained_cfg: { crop_mode: "fold" } },
		/crop_mode is "fold", expected one of "center"/,
	],
	[
		"timm's mean of one channel",
		{ pretrained_cfg: { mean: [0.5] } },
		/mean is \[0.5\], expected a number for each of 3/,
	],
])("%s is refused by its place", (_what, config, message) => {
	expect(() => publishedPreprocessing(config, "config.json", [224, 224])).toThrow(
		expect.objectContaining({ code: "BAD_INPUT", message: expect.stringMatching(message) }),
	);
});
