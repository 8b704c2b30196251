/** The thread that makes or decodes images and prepares them for a model, ahead of the device. */
import { serveCalls } from "../thread/serveCalls.ts";
import type { ImageCalls } from "./imageCalls.ts";
import { readBatch } from "./readBatch.ts";

serveCalls<ImageCalls>({
	async batch(request) {
		const { data, labels } = await readBatch(request);
		return { value: { data, labels }, transfer: [data.buffer, labels.buffer] as ArrayBuffer[] }; // made here, not shared
	},
});
