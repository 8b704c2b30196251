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
import type { Model } from "../onnx/model.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * `P` are the parameters of what is measured, part of a record's key; `Options` those of what is made of the records, part
 * of a value's key: asking for other options runs no model.
 */
export interface Metric<
	P extends Parameters,
	Value,
	Sides extends readonly Records[] = readonly [Records],
	Options = void,
> extends Recorder<P> {
	/** The value, from one side's records (or two sides', for a comparison of models): plain JSON without NaN. */
	finish(sides: Sides, options: Options): Value;
}

/** The part of a metric that a pass needs: what runs on the device, and what is kept of it. */
export interface Recorder<P extends Parameters = Parameters> {
	/** The field's name, as in the GraphQL schema. */
	readonly name: string;
	/** Goes up when the same inputs may give another record: part of every key. */
	readonly version: number;
	/** The variant in words, shown wherever the value is. */
	readonly variant: string;
	/** What the value does under changes of what the metric reads; each is held by a test. */
	readonly laws: Laws;
	/**
	 * Why this model cannot be measured so, in a sentence without the model's name; null where it can be. Asked before
	 * anything else: `nodes` is only called where it is null.
	 */
	absence(anatomy: Anatomy): string | null;
	/**
	 * Adds nodes and names the tensors that shall leave the device, each with at least one axis. One layer's nodes read
	 * that layer alone and end in outputs of their own: then a pass runs them as soon as the layer is there, and its memory
	 * is free for the next.
	 */
	nodes(site: Site<P>): Readonly<Record<string, string>>;
	/** One batch's tensors, by the names `nodes` gave them, as the numbers to keep. */
	record(
		outputs: Readonly<Record<string, DeviceTensor>>,
		batch: Batch,
		site: RecordSite<P>,
	): Float64Array | Float32Array;
	/** Bytes of the record of a batch with this many images; 0 where such a batch is of no use and need not run. */
	recordBytes(site: RecordSite<P>, images: number): number;
}

/** Every one has a value: a default is filled in by whoever asks, so that one question has one key. */
export type Parameters = Readonly<Record<string, string | number | boolean>>;

/** A metric without parameters. */
export type NoParameters = Readonly<Record<string, never>>;

/**
 * What the metric reads is seen here as a matrix x [images, features]: a layer, the weights of an attention, the logits.
 * The same change is made in every batch.
 */
export interface Laws {
	/** With two sides: exchanging them transposes the result. */
	readonly symmetric: boolean;
	readonly invariantTo: readonly Change[];
	readonly notTo: readonly Change[];
}

export type Change =
	| "rotation" // x Q, with Q orthogonal
	| "scaling" // c x, with c > 0
	| "translation" // the same vector added to every image
	| "linearMap" // x A, with A any matrix
	| "imageOrder"; // the images of a batch (and their labels) in another order

/** Where the nodes go: a model on a device, at a batch size. */
export interface Site<P extends Parameters = Parameters> extends RecordSite<P> {
	readonly emit: Emitter;
	/** The graph that the nodes are added to, for those who walk it (gradients). */
	readonly model: Model;
	/** Its initializers, and what follows from them and from the shapes at this batch size. */
	readonly constants: ReadonlyMap<string, Tensor>;
	/** The WebGPU provider lacks some contrib kernels (FusedMatMul): a metric picks another way there. */
	readonly provider: "cpu" | "webgpu" | "cuda";
	/** The static shape of a tensor of the graph at this batch size. */
	shape(tensor: string): readonly number[];
}

export interface RecordSite<P extends Parameters = Parameters> {
	readonly anatomy: Anatomy;
	readonly parameters: P;
	/** The layers asked for (empty where the metric reads none). */
	readonly layers: readonly Layer[];
	/** Images in a full batch. Nodes are made for this size; a last batch with fewer images is filled up for the device. */
	readonly batchSize: number;
}

/** A small float32 result of a whole device batch: rows past `Batch.images` are filling and must not be read. */
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
export interface Records<P extends Parameters = Parameters> extends RecordSite<P> {
	readonly records: readonly BatchRecord[];
}

/** A number with its uncertainty, or the reason why there is none. */
export type Estimate =
	| { readonly value: number; readonly standardError: number | null; readonly reason: string | null }
	| { readonly value: null; readonly standardError: null; readonly reason: string };
