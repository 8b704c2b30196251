/**
 * What a session is made of: the graph's bytes, with weights in them or beside them. A message of Protobuf ends at 2 GB,
 * and whatever is in it the runtime copies; a file it maps into memory.
 */
import { mkdtemp, open, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeLeanModel, encodeSplitModel } from "../../onnx/encode.ts";
import type { Model } from "../../onnx/model.ts";
import { isFiled } from "../../tensor/filedTensor.ts";
import { byteCount } from "../../tensor/tensor.ts";

export interface SessionModel {
	readonly bytes: Uint8Array;
	/** Of the files that the bytes name; null where they hold everything. */
	readonly folder: string | null;
	/** To be called when the session is there, or could not be made. */
	release?(): Promise<void>;
}

/** Far enough below 2 GB for what else is in a graph. */
const largestInline = 2 ** 30;

/**
 * @param inlineBytes of weights, at most, that the bytes hold; more are written to a file of their own, for as long as it
 *   takes to make the session
 */
export async function sessionModel(model: Model, inlineBytes = largestInline): Promise<SessionModel> {
	const weights = [...model.graph.initializers.values()];
	const size = weights.reduce((sum, { type, shape }) => sum + byteCount(type, shape), 0);
	// Of an ONNX file, what is not in files beside it was in one below 2 GB.
	return size <= inlineBytes || weights.some(isFiled) ? encodeLeanModel(model) : writtenModel(model);
}

async function writtenModel(model: Model): Promise<SessionModel> {
	// Its true path: the runtime refuses weights that lie behind a link out of the folder.
	const folder = await realpath(await mkdtemp(join(tmpdir(), "sightline-weights-")));
	const release = () => rm(folder, { recursive: true, force: true });
	try {
		const { model: bytes, data } = encodeSplitModel(model, "weights");
		const file = await open(join(folder, "weights"), "wx");
		try {
			for (const part of data)
				for (let at = 0; at < part.length; at += mostAtOnce) await file.writeFile(part.subarray(at, at + mostAtOnce));
		} finally {
			await file.close();
		}
		return { bytes, folder, release };
	} catch (error) {
		await release();
		throw error;
	}
}

/** A single write of Linux ends at 2 GB. */
const mostAtOnce = 2 ** 30;
