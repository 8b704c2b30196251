/** Batches of images, read ahead of whoever uses them. */
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

/** Batches that are made while the device is busy with an earlier one; more would only take memory. */
const batchesAhead = 2;

/** The batches of the requests, in their order. Leaving the loop early leaves at most `batchesAhead` unused. */
export async function* readAhead<Request extends BatchRequest>(
	reader: ImageReader,
	requests: readonly Request[],
): AsyncGenerator<{ readonly request: Request; readonly batch: ImageBatch }> {
	const reading: Promise<ImageBatch>[] = [];
	for (const [index, request] of requests.entries()) {
		while (reading.length < Math.min(requests.length, index + 1 + batchesAhead)) {
			const next = reader.read(requests[reading.length] as Request); // the loop ends before the last one
			next.catch(() => {}); // told when its turn comes; until then it is not unhandled
			reading.push(next);
		}
		yield { request, batch: await (reading[index] as Promise<ImageBatch>) };
		reading[index] = noBatch;
	}
}

/** Takes the place of a batch that was used, so that its memory can go. */
const noBatch: Promise<ImageBatch> = Promise.resolve({ data: new Float32Array(), labels: new Int32Array() });
