/**
 * A pass: one run of one model over batches of images that answers every measurement asked of it. Planning is pure: it
 * turns questions into an instrumented graph and says how to read the outputs back; running it is the engine's.
 */
import { type Anatomy, type Layer, layersOf, namedLayers } from "../anatomy/anatomy.ts";
import { notFound, SightlineError } from "../errors.ts";
import { metricNamed } from "../metrics/index.ts";
import type { Batch, DeviceTensor, Recorder, RecordSite, Site } from "../metrics/metric.ts";
import { createEmitter, type Emitter } from "../onnx/emitter.ts";
import type { Model, Node } from "../onnx/model.ts";
import { applyPatches, type Patch } from "../onnx/patch.ts";
import { inferShapes } from "../onnx/shapes.ts";
import { multiplyAdds } from "./arithmetic.ts";
import { type Measurement, type ModelIdentity, measurementKey } from "./measurement.ts";
import { deepestFirst, pinned } from "./order.ts";

/** What planning needs to know of an opened model. */
export interface PlannedModel {
	readonly model: Model;
	readonly anatomy: Anatomy;
	readonly identity: ModelIdentity;
}

export type Provider = Site["provider"];

export interface PassPlan {
	/** The instrumented graph. Its input is the model's own; its outputs are `outputs` and nothing else. */
	readonly model: Model;
	/** Tensor to feed: float32 [batchSize, channels, height, width]. */
	readonly input: { readonly tensor: string; readonly shape: readonly number[] };
	/** Tensors to fetch: float32. */
	readonly outputs: readonly string[];
	/**
	 * Images that every run is given: the nodes are made for this number. A last batch with fewer images is filled up
	 * with zeros; `Batch.images` says how many are real, and `record` reads only those.
	 */
	readonly batchSize: number;
	/** The different measurements among those asked: what is recorded, a record of each a batch. */
	readonly questions: readonly Question[];
	/** For each measurement asked, in the order asked, its index in `questions`. */
	readonly questionOf: readonly number[];
	/** One batch's contribution to a question. `outputs` are one run's, by tensor name. */
	record(question: number, outputs: Readonly<Record<string, DeviceTensor>>, batch: Batch): Float64Array | Float32Array;
	/** Multiply-adds per image: of the model, and of the nodes the metrics added. */
	readonly arithmetic: { readonly forwardOperations: number; readonly metricOperations: number };
	/** Bytes of all records of one full batch. */
	readonly recordBytes: number;
}

export interface Question {
	readonly measurement: Measurement;
	/** measurementKey(measurement) */
	readonly key: string;
	/** What `finish` needs beside the records. */
	readonly site: RecordSite;
	/** Bytes of one full batch's record. */
	readonly recordBytes: number;
}

/**
 * @param measurements of this model, all on the same set, split and batch size (counts may differ: records are per batch)
 * @throws SightlineError NOT_FOUND an unknown metric or layer, with near misses; BAD_INPUT measurements that cannot share
 *   a pass, or a graph that a metric cannot read
 */
export function planPass(open: PlannedModel, measurements: readonly Measurement[], provider: Provider): PassPlan {
	const { model, anatomy } = open;
	const batchSize = sharedBatchSize(open, measurements);
	const { channels, height, width, tensor } = anatomy.input;
	const input = { tensor, shape: [batchSize, channels, height, width] };
	const inputShapes = new Map([[tensor, input.shape]]);
	const { shapes, constants } = inferShapes(model, inputShapes);
	const shape = (name: string): readonly number[] => {
		const known = shapes.get(name);
		if (known !== undefined) return known;
		throw new SightlineError("BAD_INPUT", `the shape of tensor "${name}" cannot be told from the graph`, {
			hint: "An operator before it is unknown, or its shape depends on the pixels.",
		});
	};

	const keys = measurements.map(measurementKey);
	const distinct = [...new Set(keys)];
	// One for all: what two questions read alike, as the Gram matrices of layers that both compare, is computed once.
	const emit = createEmitter(model, "sightline");
	const parts = distinct.map((key): Part => {
		const measurement = measurements[keys.indexOf(key)] as Measurement; // every distinct key is some measurement's
		const recorder = metricNamed(measurement.metric.name);
		const site = recordSite(open, measurement);
		const made = Object.entries(recorder.nodes({ ...site, emit, model, constants, provider, shape }));
		const outputs = Object.fromEntries(made.map(([name, tensor]) => [name, pinned(emit, tensor)]));
		const recordBytes = recorder.recordBytes(site, batchSize);
		return { question: { measurement, key, site, recordBytes }, recorder, outputs };
	});

	const added = deepestFirst(model.graph.nodes, emit.nodes);
	const outputs = [...new Set(parts.flatMap((part) => Object.values(part.outputs)))];
	const instrumented = applyPatches(model, [patchOf(emit, added, outputs)], "drop");
	const all = inferShapes(instrumented, inputShapes).shapes;
	const perImage = (nodes: readonly Node[]) => multiplyAdds(nodes, all) / batchSize;

	return {
		model: instrumented,
		input,
		outputs,
		batchSize,
		questions: parts.map(({ question }) => question),
		questionOf: keys.map((key) => distinct.indexOf(key)),
		record: (question, tensors, batch) => recordOf(partAt(parts, question), tensors, batch),
		arithmetic: { forwardOperations: perImage(model.graph.nodes), metricOperations: perImage(added) },
		recordBytes: parts.reduce((sum, { question }) => sum + question.recordBytes, 0),
	};
}

/** What `finish` needs beside the records of a measurement: to read stored records, no pass has to be planned. */
export function recordSite(open: PlannedModel, { layers, images, parameters }: Measurement): RecordSite {
	const { anatomy } = open;
	return { anatomy, parameters, layers: layersNamed(anatomy, layers), batchSize: images.batchSize };
}

/** A question with how it is put to the graph: `outputs` maps the metric's names to tensors. */
interface Part {
	readonly question: Question;
	readonly recorder: Recorder;
	readonly outputs: Readonly<Record<string, string>>;
}

/** @throws SightlineError BAD_INPUT unless the measurements can share a run */
function sharedBatchSize({ identity }: PlannedModel, measurements: readonly Measurement[]): number {
	const [first] = measurements;
	if (first === undefined) throw new SightlineError("BAD_INPUT", "a pass needs at least one measurement");
	const describe = ({ model, images: { set, split, digest, batchSize } }: Measurement) =>
		`model ${model.digest}, ${set}/${split} (${digest}) in batches of ${batchSize}`;
	for (const measurement of measurements) {
		if (describe(measurement) !== describe(first)) {
			const [given, expected] = [describe(measurement), describe(first)];
			throw new SightlineError("BAD_INPUT", `one pass cannot measure ${given} and ${expected}`);
		}
	}
	if (first.model.digest !== identity.digest)
		throw new SightlineError("BAD_INPUT", `measurements of ${first.model.digest} on the model ${identity.digest}`);
	const { batchSize } = first.images;
	if (!(Number.isInteger(batchSize) && batchSize > 0))
		throw new SightlineError("BAD_INPUT", `batches of ${batchSize} images: expected an integer above 0`);
	return batchSize;
}

function layersNamed(anatomy: Anatomy, asked: Measurement["layers"]): readonly Layer[] {
	if (typeof asked === "string") return layersOf(anatomy, asked);
	const byName = new Map(namedLayers(anatomy).map((layer) => [layer.name, layer]));
	return asked.map((name) => {
		const layer = byName.get(name);
		if (layer === undefined) throw notFound("layer", name, [...byName.keys()]);
		return layer;
	});
}

function patchOf({ initializers }: Emitter, nodes: readonly Node[], outputs: readonly string[]): Patch {
	const contributed = nodes.some(({ domain }) => domain === "com.microsoft");
	return {
		label: "measurements",
		nodes,
		initializers,
		outputs: outputs.map((name) => ({ name, type: "float32", shape: null })),
		opsets: new Map(contributed ? [["com.microsoft", 1]] : []),
	};
}

function partAt(parts: readonly Part[], question: number): Part {
	const part = parts[question];
	if (part === undefined) throw new Error(`no question ${question}: there are ${parts.length}`);
	return part;
}

function recordOf(
	{ question, recorder, outputs }: Part,
	tensors: Readonly<Record<string, DeviceTensor>>,
	batch: Batch,
): Float64Array | Float32Array {
	const named = Object.entries(outputs).map(([name, tensor]): [string, DeviceTensor] => {
		const output = tensors[tensor];
		if (output === undefined) throw new Error(`the run gave no ${tensor}`);
		return [name, output];
	});
	return recorder.record(Object.fromEntries(named), batch, question.site);
}
