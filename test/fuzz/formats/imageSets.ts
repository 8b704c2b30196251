/** Sets of images: tar shards, Parquet, .npz, CIFAR's binary files, ImageNet's tables. */
import { join } from "node:path";
import { openImageSet } from "../../../src/data/imageSets.ts";
import { readImage } from "../../../src/data/readImage.ts";
import { metaMat, npz, npzNames, table, tableNames, tar, tarNames } from "../../support/imageSetBytes.ts";
import { damagedBytes, oneOf } from "../bytes.ts";
import type { Files, Format } from "../format.ts";
import { pictures } from "./pictures.ts";

/**
 * @param file the damaged one's name
 * @param beside what a set needs further; then the folder is what is opened
 */
function setFormat(whole: readonly Uint8Array[], file: string, beside?: Files): Format {
	return {
		damaged: (_seed, source) => ({ ...beside, [file]: damagedBytes(oneOf(whole, source), source) }),
		async read(folder) {
			const { source, splits } = await openImageSet(beside === undefined ? join(folder, file) : folder);
			for (let index = 0; index < (splits.get("all")?.count ?? 0); index++) {
				const { pixels, width, height } = await readImage(source("all", index));
				if (pixels.length !== 3 * width * height) throw new Error(`${pixels.length} values for ${width} x ${height}`);
			}
		},
	};
}

const cifar = Buffer.concat([3, 9].flatMap((label) => [Buffer.of(label), Buffer.alloc(3072, label)]));

export const imageSetFormats: Readonly<Record<string, Format>> = {
	tar: setFormat(tarNames.map(tar), "set.tar"),
	Parquet: setFormat(tableNames.map(table), "set.parquet"),
	"npz of images": setFormat(npzNames.map(npz), "set.npz"),
	CIFAR: setFormat([cifar], "data_batch_1.bin"),
	ImageNet: setFormat([metaMat("plain"), metaMat("compressed")], "meta.mat", {
		"ILSVRC2012_validation_ground_truth.txt": "1\n",
		"val/ILSVRC2012_val_00000001.JPEG": Buffer.from(pictures[0]?.file ?? "", "base64"),
	}),
};
