/** The kinds of files that are damaged. */
import type { Format } from "./format.ts";
import { imageSetFormats } from "./formats/imageSets.ts";
import { npz } from "./formats/npz.ts";
import { onnx } from "./formats/onnx.ts";
import { pictureFormat } from "./formats/pictures.ts";
import { safetensors } from "./formats/safetensors.ts";

export const formats: Readonly<Record<string, Format>> = {
	ONNX: onnx,
	safetensors,
	"npz of weights": npz,
	...imageSetFormats,
	...Object.fromEntries(
		["JPEG", "PNG", "WebP", "GIF", "TIFF", "BMP", "AVIF"].map((kind) => [kind, pictureFormat(kind)]),
	),
};

/** How many files of each kind make up so many of all: where more can go wrong, more are tried. */
export function sharesOf(count: number): readonly (readonly [format: string, files: number])[] {
	const weights: Readonly<Record<string, number>> = { ONNX: 8, safetensors: 4, "npz of weights": 3 };
	const names = Object.keys(formats);
	const total = names.reduce((sum, name) => sum + (weights[name] ?? 1), 0);
	return names.map((name) => [name, Math.ceil((count * (weights[name] ?? 1)) / total)]);
}
