/**
 * What a metric is. The device runs its `nodes` next to the layers it reads, so that only a small result leaves it; a
 * batch's result becomes one record; and `finish` turns the records of all batches, in the order of their index, into
 * the value. A record depends on its own batch alone, and only `finish` adds: so any split and order of the batches, a
 * resumed pass and a merged one give the same bytes. How images are grouped into batches is part of the question.
 *
 * Adding a metric is one file that exports one of these and one line in index.ts.
 */
import type { Anatomy, Layer } from "../anatomy/anatomy.ts";
import type { Emitter } from "../onnx/emitter.ts";

export interface Metric<Parameters, Value, Sides extends readonly Records[] = readonly [Records]> {
	/** The field's name, as in the GraphQL schema. */
	readonly name: string;
	/** Goes up when the same inputs may give another record: part of every key. */
	readonly version: number;
	/** The variant in words, shown wherever the value is. */
	readonly variant: string;
	/** Adds nodes and names the tensors that shall leave the device. */
	nodes(site: Site, parameters: Parameters): Readonly<Record<string, string>>;
	/** One batch's tensors, by the names `nodes` gave them, as the numbers to keep. */
	record(
		outputs: Readonly<Record<string, DeviceTensor>>,
		batch: Batch,
		site: RecordSite,
		parameters: Parameters,
	): Float64Array | Float32Array;
	/** The value, from one side's records (or two sides', for a comparison of models). */
	finish(...sides: Sides): Value;
}

/** Where the nodes go: a model on a device, at a batch size. */
export interface Site extends RecordSite {
	readonly emit: Emitter;
	/** The WebGPU provider lacks some contrib kernels (FusedMatMul): a metric picks another way there. */
	readonly provider: "cpu" | "webgpu" | "cuda";
	/** The static shape of a tensor of the graph at this batch size. */
	shape(tensor: string): readonly number[];
}

export interface RecordSite {
	readonly anatomy: Anatomy;
	/** The layers asked for (empty where the metric reads none). */
	readonly layers: readonly Layer[];
	/** Images in a full batch; nodes are made for this size. The last batch may hold fewer. */
	readonly batchSize: number;
}

/** A small float32 result. */
export interface DeviceTensor {
	readonly shape: readonly number[];
	readonly data: Float32Array;
}

export interface Batch {
	readonly index: number;
	/** Images in it; less than the batch size in a last batch. */
	readonly images: number;
	/** One class index an image, or -1 where the set has no labels. */
	readonly labels: Int32Array;
}

/** A batch's contribution, as stored. */
export interface BatchRecord {
	readonly index: number;
	readonly images: number;
	readonly values: Float64Array | Float32Array;
}

/** The records of one measurement in ascending order of index, with what it takes to read them. */
export interface Records extends RecordSite {
	readonly records: readonly BatchRecord[];
}

/** A number with its uncertainty, or the reason why there is none. */
export type Estimate =
	| { readonly value: number; readonly standardError: number | null; readonly reason: string | null }
	| { readonly value: null; readonly standardError: null; readonly reason: string };
