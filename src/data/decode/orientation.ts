/** The eight ways in which a camera may have been held, as EXIF numbers them (tag 0x0112). */
import type { Picture } from "../preprocess.ts";

/** For each pixel of the turned image, where it stands in the stored one; sides are those of the stored one. */
type Place = (row: number, column: number, height: number, width: number) => readonly [row: number, column: number];

const places: Readonly<Record<number, Place>> = {
	2: (row, column, _height, width) => [row, width - 1 - column],
	3: (row, column, height, width) => [height - 1 - row, width - 1 - column],
	4: (row, column, height) => [height - 1 - row, column],
	5: (row, column) => [column, row],
	6: (row, column, height) => [height - 1 - column, row],
	7: (row, column, height, width) => [height - 1 - column, width - 1 - row],
	8: (row, column, _height, width) => [column, width - 1 - row],
};

/** The picture as it was seen, as PIL's ImageOps.exif_transpose gives it. */
export function turned(picture: Picture, orientation: number | undefined): Picture {
	const place = places[orientation ?? 1];
	if (place === undefined || orientation === undefined) return picture;
	const { pixels } = picture;
	const isOnSide = orientation >= 5;
	const width = isOnSide ? picture.height : picture.width;
	const height = isOnSide ? picture.width : picture.height;
	const result = new Uint8Array(pixels.length);
	for (let row = 0, at = 0; row < height; row++) {
		for (let column = 0; column < width; column++) {
			const [fromRow, fromColumn] = place(row, column, picture.height, picture.width);
			const from = 3 * (fromRow * picture.width + fromColumn);
			result[at++] = pixels[from] as number;
			result[at++] = pixels[from + 1] as number;
			result[at++] = pixels[from + 2] as number;
		}
	}
	return { pixels: result, width, height };
}
