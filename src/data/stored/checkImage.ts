/** Whether stored bytes are an image: read and decoded once, which nothing less than decoding can tell of a torn file. */
import { SightlineError } from "../../errors.ts";
import { digestOfBytes, pictureOf } from "../readImage.ts";
import { readPlace, requireImageSize } from "../readPlace.ts";
import type { ListedImage } from "./listing.ts";

export type CheckedImage = ReadableImage | { readonly listed: ListedImage; readonly reason: string };

export interface ReadableImage {
	readonly listed: ListedImage;
	readonly sha256: string;
	/** Pixels. */
	readonly width: number;
	readonly height: number;
}

export async function checkImage(listed: ListedImage): Promise<CheckedImage> {
	try {
		requireImageSize(listed.sizeBytes);
		const bytes = await readPlace(listed.place);
		const { form } = listed;
		const { width, height } = form.kind === "raw" ? form : await pictureOf(bytes, form);
		return { listed, sha256: digestOfBytes(bytes), width, height };
	} catch (error) {
		if (error instanceof SightlineError) return { listed, reason: error.message };
		return { listed, reason: `it cannot be read: ${error instanceof Error ? error.message : String(error)}` };
	}
}
