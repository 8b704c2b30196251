/** Makes an image from its source: generates it, or reads and decodes what is stored. */
import { createHash } from "node:crypto";
import { SightlineError } from "../errors.ts";
import { decodeImage } from "./decode/decodeImage.ts";
import type { BytePlace, ImageForm, ImageSource, LabelledImage } from "./imageSet.ts";
import { leavesImage } from "./leaves/leaves.ts";
import type { Picture } from "./preprocess.ts";
import { readPlace } from "./readPlace.ts";

/** @throws SightlineError BAD_INPUT where the bytes are no longer those that the set was opened with */
export async function readImage(source: ImageSource): Promise<LabelledImage> {
	if (source.kind === "leaves") return leavesImage(source.seed, source.index, source.style);
	const { place, form, label } = source;
	try {
		const bytes = await readPlace(place);
		if (digestOfBytes(bytes) === source.sha256) return { ...(await pictureOf(bytes, form)), label };
	} catch (cause) {
		throw changed(place, cause);
	}
	throw changed(place);
}

/** @throws SightlineError BAD_INPUT: what is wrong with the bytes */
export async function pictureOf(bytes: Uint8Array, form: ImageForm): Promise<Picture> {
	if (form.kind === "encoded") return decodeImage(bytes, { upright: form.upright });
	const { height, width, channels, layout } = form;
	if (channels === 3 && layout === "interleaved") return { pixels: bytes, height, width };
	const area = height * width;
	const pixels = new Uint8Array(3 * area);
	for (let pixel = 0; pixel < area; pixel++) {
		for (let channel = 0; channel < 3; channel++) {
			pixels[3 * pixel + channel] = bytes[channels === 1 ? pixel : channel * area + pixel] as number;
		}
	}
	return { pixels, height, width };
}

/** SHA-256, in hex. */
export function digestOfBytes(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}

function changed({ file }: BytePlace, cause?: unknown): SightlineError {
	return new SightlineError("BAD_INPUT", `${file} is no longer what it was when its image set was opened`, {
		hint: "Ask again: the set is read anew.",
		cause,
	});
}
