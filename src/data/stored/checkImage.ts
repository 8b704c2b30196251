/** Whether stored bytes are an image: read and decoded once, which nothing less than decoding can tell of a torn file. */
import { SightlineError } from "../../errors.ts";
import { digestOfBytes, pictureOf } from "../readImage.ts";
import { readPlace, requireImageSize } from "../readPlace.ts";
import type { ListedImage } from "./listing.ts";

/** What reading an image told, or why it cannot be read. */
export type ImageCheck = ReadableImage | { readonly reason: string };

export interface ReadableImage {
	/** Of its bytes. */
	readonly sha256: string;
	/** Pixels. */
	readonly width: number;
	readonly height: number;
}

export async function checkImage({ place, form, sizeBytes }: ListedImage): Promise<ImageCheck> {
	try {
		requireImageSize(sizeBytes);
		const bytes = await readPlace(place);
		const { width, height } = form.kind === "raw" ? form : await pictureOf(bytes, form);
		return { sha256: digestOfBytes(bytes), width, height };
	} catch (error) {
		if (error instanceof SightlineError) return { reason: error.message };
		return { reason: `it cannot be read: ${error instanceof Error ? error.message : String(error)}` };
	}
}
