import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { afterAll, beforeAll, expect, test } from "vitest";
import { imageSet } from "../../src/data/imageSets.ts";
import { readImage } from "../../src/data/readImage.ts";
import { sightline } from "./sightline.ts";

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "sightline-images-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("--raw writes records of a 2-byte label and the pixels, to the byte", async () => {
	const { stdout, exitCode } = await sightline("images leaves --split train --from 5 --count 300 --raw".split(" "));
	expect(exitCode).toBe(0);
	const size = 2 + 64 * 64 * 3;
	expect(stdout.length).toBe(300 * size);
	for (const offset of [0, 255, 256, 299]) {
		const { label, pixels } = await readImage(imageSet("leaves").source("train", 5 + offset));
		expect(stdout.readUInt16LE(offset * size)).toBe(label);
		expect(stdout.subarray(offset * size + 2, (offset + 1) * size).equals(pixels)).toBe(true);
	}
});

test("PNG files hold the pixels and are named by index and class", async () => {
	const out = join(folder, "pictures");
	const { stdout, exitCode } = await sightline([
		"images",
		"leaves",
		"--from",
		"7",
		"--count",
		"2",
		"--out",
		out,
		"--json",
	]);
	expect(exitCode).toBe(0);
	const [first] = JSON.parse(stdout.toString()) as { file: string; index: number; className: string }[];
	const { label, pixels } = await readImage(imageSet("leaves").source("test", 7));
	expect(first).toMatchObject({ index: 7, className: imageSet("leaves").classNames[label] });
	expect(await readdir(out)).toHaveLength(2);
	const picture = await loadImage(await readFile(first?.file ?? ""));
	const context = createCanvas(64, 64).getContext("2d");
	context.drawImage(picture, 0, 0);
	const shown = context.getImageData(0, 0, 64, 64).data.filter((_, at) => at % 4 !== 3);
	expect(Buffer.from(shown).equals(pixels)).toBe(true);
});

test("an unknown set and an unknown split are told, with what there is", async () => {
	expect((await sightline(["images", "leafes"])).stderr).toContain("Did you mean leaves?");
	const split = await sightline(["images", "leaves", "--split", "tset"]);
	expect(split.stderr).toBe('error: no split of leaves "tset"\nThere is: train, test, probe, validation.\n');
	expect(split.exitCode).toBe(1);
});
