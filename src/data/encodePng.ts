/** An image's pixels as a PNG file. */
import { createCanvas } from "@napi-rs/canvas";
import type { Picture } from "./preprocess.ts";

export function encodePng({ pixels, width, height }: Picture): Buffer {
	const canvas = createCanvas(width, height);
	const context = canvas.getContext("2d");
	const data = context.createImageData(width, height);
	for (let pixel = 0; pixel < width * height; pixel++) {
		data.data.set(pixels.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
		data.data[4 * pixel + 3] = 255;
	}
	context.putImageData(data, 0, 0);
	return canvas.toBuffer("image/png");
}
