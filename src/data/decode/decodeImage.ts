/**
 * Decodes image files as PIL's `Image.open(file).convert("RGB")` does, to the byte: what models were trained on. AVIF alone
 * differs: by a shade, and more at edges of colours where these have half the resolution, which libheif spreads otherwise.
 */
import type { Sharp } from "sharp";
import { SightlineError } from "../../errors.ts";
import type { Picture } from "../preprocess.ts";
import { decodeBitmap, isBitmap } from "./bitmap.ts";
import { decodeGif, isGif } from "./gif.ts";
import { maxPixels, requireReasonable } from "./limits.ts";
import { turned } from "./orientation.ts";

export interface DecodeOptions {
	/** Turned as EXIF says that the camera was held: not by PIL of itself, but by transformers' and datasets' loaders. */
	readonly upright?: boolean;
}

/**
 * The first frame of a file; transparency is dropped, what is behind it shows, and no colour profile is applied. Of 16 bits
 * the higher 8 count, but for a grey image without transparency, of which all above 255 becomes white. Inks (CMYK) take
 * away from what black leaves. Only the orientation of a TIFF is always applied, as PIL does it.
 * @throws SightlineError BAD_INPUT: what is wrong with the bytes
 */
export async function decodeImage(bytes: Uint8Array, { upright = false }: DecodeOptions = {}): Promise<Picture> {
	if (isBitmap(bytes)) return decodeBitmap(bytes);
	if (isGif(bytes)) return decodeGif(bytes);
	const image = await opened(bytes);
	const { format, space, hasAlpha, width, height, orientation } = await image.metadata();
	requireReasonable(width, height, bytes.length);
	const decode = space === "cmyk" ? decodeInks : space === "grey16" && !hasAlpha ? decodeDeepGrey : decodeColours;
	try {
		const picture = await (width * height > largePixels ? afterLarger(() => decode(image)) : decode(image));
		return upright || format === "tiff" ? turned(picture, orientation) : picture;
	} catch (cause) {
		throw new SightlineError("BAD_INPUT", `its ${format} data is torn or damaged`, { cause });
	}
}

/** Several images are decoded at once, those above this number of pixels one after the other, for the sake of memory. */
const largePixels = maxPixels / 8;

let larger: Promise<unknown> = Promise.resolve();

function afterLarger<Result>(decode: () => Promise<Result>): Promise<Result> {
	const decoding = larger.then(decode, decode);
	larger = decoding;
	return decoding;
}

/** What PIL opens and sharp too; drawings (SVG, PDF), which sharp would paint, are no photographs. */
const formats = ["jpeg", "png", "webp", "tiff", "heif"];

async function opened(bytes: Uint8Array): Promise<Sharp> {
	// Loaded with the first image: its native code takes a while, and most commands decode none.
	const { default: sharp } = await import("sharp");
	try {
		// What is lacking at the end of a TIFF counts as an error; others are read as PIL reads them, with slight damage.
		const failOn = isTiff(bytes) ? "error" : "truncated";
		const image = sharp(bytes, { ignoreIcc: true, failOn, limitInputPixels: false });
		const { format } = await image.metadata();
		if (formats.includes(format)) return image;
	} catch (cause) {
		// The decoder's own words are no help: threads share them, so that one file may be told another's mistake.
		throw new SightlineError("BAD_INPUT", notAnImage, { cause });
	}
	throw new SightlineError("BAD_INPUT", notAnImage);
}

function isTiff(bytes: Uint8Array): boolean {
	return /^(?:II\*\0|MM\0\*)$/.test(String.fromCharCode(...bytes.subarray(0, 4)));
}

const notAnImage = "it is in no known image format, or torn at its beginning";

async function decodeColours(image: Sharp): Promise<Picture> {
	const { data, info } = await image.toColourspace("srgb").removeAlpha().raw().toBuffer({ resolveWithObject: true });
	return { pixels: data, width: info.width, height: info.height };
}

/** Cyan, magenta and yellow take away from what black leaves, without a printer's profile. */
async function decodeInks(image: Sharp): Promise<Picture> {
	const untouched = image.pipelineColourspace("cmyk").toColourspace("cmyk");
	const { data, info } = await untouched.raw().toBuffer({ resolveWithObject: true });
	const pixels = new Uint8Array(info.width * info.height * 3);
	for (let pixel = 0; pixel < info.width * info.height; pixel++) {
		const light = 255 - (data[4 * pixel + 3] as number);
		for (let ink = 0; ink < 3; ink++) {
			const taken = (data[4 * pixel + ink] as number) * light + 128;
			// Divided by 255 and rounded, in integers, as PIL does it (libImaging/Convert.c, cmyk2rgb).
			pixels[3 * pixel + ink] = Math.max(0, light - (((taken >> 8) + taken) >> 8));
		}
	}
	return { pixels, width: info.width, height: info.height };
}

/** PIL cuts off at 255 instead of scaling; a model that was trained through it saw such files so. */
async function decodeDeepGrey(image: Sharp): Promise<Picture> {
	const deep = image.toColourspace("grey16").raw({ depth: "ushort" });
	const { data, info } = await deep.toBuffer({ resolveWithObject: true });
	const greys = new Uint16Array(data.buffer, data.byteOffset, info.width * info.height);
	const pixels = Uint8Array.from({ length: 3 * greys.length }, (_, at) =>
		Math.min(255, greys[Math.floor(at / 3)] ?? 0),
	);
	return { pixels, width: info.width, height: info.height };
}
