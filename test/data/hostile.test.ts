import { readFileSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decodeImage } from "../../src/data/decode/decodeImage.ts";
import { openImageSet } from "../../src/data/imageSets.ts";
import { readImage } from "../../src/data/readImage.ts";
import { SightlineError } from "../../src/errors.ts";
import { metaMat, table, tableNames, tar, tarNames } from "../support/imageSetFiles.ts";
import { mutated } from "../support/mutations.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/**
 * Damaged files of every kind: SIGHTLINE_FUZZ says how many of each, SIGHTLINE_FUZZ_SEED where to begin. What such tests
 * cannot see is a wrong picture; that the undamaged ones are right is tested elsewhere.
 */
const count = Number(process.env.SIGHTLINE_FUZZ ?? 60);
const first = Number(process.env.SIGHTLINE_FUZZ_SEED ?? 0);
const seeds = Array.from({ length: count }, (_, index) => first + index);

const images: readonly { readonly name: string; readonly file: string }[] = JSON.parse(
	readFileSync(new URL("../fixtures/decode/pil.json", import.meta.url), "utf8"),
);

test.each(["JPEG", "PNG", "WebP", "GIF", "TIFF", "BMP", "AVIF"])(
	"a damaged %s is a picture or a named error",
	async (format) => {
		const files = images.filter(({ name }) => name.startsWith(format));
		for (const seed of seeds) {
			const { name, file } = files[seed % files.length] ?? { name: "", file: "" };
			const bytes = mutated(Buffer.from(file, "base64"), seed);
			const picture = await orNamedError(decodeImage(bytes, { upright: seed % 2 === 0 }), `${name}, seed ${seed}`);
			if (picture !== null) expect(picture.pixels.length).toBe(3 * picture.width * picture.height);
		}
	},
);

const cifar = Buffer.concat([3, 9].flatMap((label) => [Buffer.of(label), Buffer.alloc(3072, label)]));

test.each([
	["tar", tarNames.map(tar), "set.tar"],
	["Parquet", tableNames.map(table), "set.parquet"],
	["CIFAR", [cifar], "data_batch_1.bin"],
	["ImageNet", [metaMat("plain"), metaMat("compressed")], "meta.mat"],
] as const)(
	"a damaged file of %s is a set of which every image can be read, or a named error",
	async (_kind, files, name) => {
		for (const seed of seeds) {
			const folder = await temporaryFolder();
			await writeFile(join(folder, name), mutated(files[seed % files.length] ?? cifar, seed));
			if (name === "meta.mat") {
				await writeFile(join(folder, "ILSVRC2012_validation_ground_truth.txt"), "1\n");
				await mkdir(join(folder, "val"));
				await writeFile(join(folder, "val/ILSVRC2012_val_00000001.JPEG"), Buffer.from(images[0]?.file ?? "", "base64"));
			}
			const before = await readdir(folder, { recursive: true });
			const set = await orNamedError(openImageSet(name === "meta.mat" ? folder : join(folder, name)), `seed ${seed}`);
			for (let index = 0; index < (set?.splits.get("all")?.count ?? 0); index++) {
				const image = set && (await readImage(set.source("all", index)));
				expect(image?.pixels.length).toBe(3 * (image?.width ?? 0) * (image?.height ?? 0));
			}
			expect(await readdir(folder, { recursive: true })).toEqual(before);
		}
	},
);

async function orNamedError<Result>(result: Promise<Result>, what: string): Promise<Result | null> {
	try {
		return await result;
	} catch (error) {
		if (error instanceof SightlineError) return null;
		throw new Error(`${what}: no named error`, { cause: error });
	}
}
