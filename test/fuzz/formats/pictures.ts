/** Encoded pictures: JPEG, PNG, WebP, GIF, TIFF, BMP, AVIF. */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeImage } from "../../../src/data/decode/decodeImage.ts";
import { damagedBytes, oneOf } from "../bytes.ts";
import type { Format } from "../format.ts";

/** As PIL wrote them. */
export const pictures: readonly { readonly name: string; readonly file: string }[] = JSON.parse(
	readFileSync(new URL("../../fixtures/decode/pil.json", import.meta.url), "utf8"),
);

/** @param kind what the pictures' names begin with: "PNG" */
export function pictureFormat(kind: string): Format {
	const whole = pictures.filter(({ name }) => name.startsWith(kind)).map(({ file }) => Buffer.from(file, "base64"));
	return {
		damaged: (_seed, source) => ({ picture: damagedBytes(oneOf(whole, source), source) }),
		async read(folder, seed) {
			const { pixels, width, height } = await decodeImage(await readFile(join(folder, "picture")), {
				upright: seed % 2 === 0,
			});
			if (pixels.length !== 3 * width * height) throw new Error(`${pixels.length} values for ${width} x ${height}`);
		},
	};
}
