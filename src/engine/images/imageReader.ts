/** Batches of images, made off the thread that serves requests. */
import { restartedThread } from "../thread/thread.ts";
import type { BatchRequest, ImageBatch, ImageCalls } from "./imageCalls.ts";

export interface ImageReader {
	read(request: BatchRequest): Promise<ImageBatch>;
	close(): Promise<void>;
}

/** Reads in a thread of its own, which is started at the first batch. */
export function threadedImageReader(): ImageReader {
	const thread = restartedThread<ImageCalls>(new URL("./imageWorker.ts", import.meta.url));
	return { read: (request) => thread.call("batch", request), close: () => thread.close() };
}
