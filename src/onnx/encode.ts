/** Model -> the bytes of an .onnx file, weights inside or in a second file beside it. */
import { isFiled } from "../tensor/filedTensor.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Attribute, Dimension, Graph, LocalFunction, Model, Node, Value } from "./model.ts";
import {
	attributeProto,
	attributeTypes,
	dimensionProto,
	elementTypeNumbers,
	entryProto,
	functionProto,
	graphProto,
	modelProto,
	nodeProto,
	opsetProto,
	shapeProto,
	tensorTypeProto,
	typeProto,
	valueProto,
} from "./proto.ts";
import { type ExternalPlace, encodeTensor } from "./tensorProto.ts";
import { type Encoded, encodedBytes, join, writeMessage } from "./wire.ts";

/** One file with everything, for models below 2 GB, the limit of Protobuf. */
export function encodeModel(model: Model): Uint8Array {
	return join(encodeWith(model, () => undefined));
}

/** A model whose weights stay in the files where they lie. */
export interface LeanModel {
	readonly bytes: Uint8Array;
	/** What the files' names are relative to; null where the bytes hold everything. */
	readonly folder: string | null;
}

/** Without the weights that lie in files of one folder, which is that of the first of them. */
export function encodeLeanModel(model: Model): LeanModel {
	let folder: string | null = null;
	const encoded = encodeWith(model, (tensor) => {
		if (!isFiled(tensor)) return undefined;
		folder ??= tensor.place.folder;
		return tensor.place.folder === folder ? tensor.place : undefined;
	});
	return { bytes: join(encoded), folder };
}

/** A model in two files; `data` is the second one in parts, to be written one after the other. */
export interface SplitModel {
	readonly model: Uint8Array;
	readonly data: readonly Uint8Array[];
}

/**
 * Models of any size: weights of a kilobyte or more go to a second file.
 *
 * @param location the second file's name, relative to the first
 */
export function encodeSplitModel(model: Model, location: string): SplitModel {
	const data: Uint8Array[] = [];
	let offset = 0;
	const encoded = encodeWith(model, (tensor) => {
		if (tensor.bytes.length < 1024) return undefined;
		// Pages start at multiples of 4096, so that a runtime can map the file into memory.
		const padding = new Uint8Array((4096 - (offset % 4096)) % 4096);
		data.push(padding, tensor.bytes);
		const place = { location, offset: offset + padding.length };
		offset = place.offset + tensor.bytes.length;
		return place;
	});
	return { model: join(encoded), data };
}

type Place = (tensor: Tensor) => ExternalPlace | undefined;

function encodeWith(model: Model, place: Place): Encoded {
	return writeMessage(modelProto, {
		irVersion: model.irVersion,
		producerName: model.producer.name,
		producerVersion: model.producer.version,
		opsets: encodeOpsets(model.opsets),
		graph: encodeGraph(model.graph, model.irVersion < 4n, place),
		metadata: [...model.metadata].map(([key, value]) => writeMessage(entryProto, { key, value })),
		functions: model.functions.map(encodeFunction),
		rest: model.rest,
	});
}

/** @param listed whether initializers must stand among the inputs too, as before IR version 4 */
function encodeGraph(graph: Graph, listed: boolean, place: Place): Encoded {
	const initializers = [...graph.initializers];
	const fed = listed ? initializers.map(([name, { type, shape }]) => ({ name, type, shape })) : [];
	return writeMessage(graphProto, {
		nodes: graph.nodes.map((node) => encodeNode(node, listed, place)),
		name: graph.name,
		initializers: initializers.map(([name, tensor]) => encodeTensor(name, tensor, place(tensor))),
		inputs: [...graph.inputs, ...fed].map(encodeValue),
		outputs: graph.outputs.map(encodeValue),
		values: graph.values.map(encodeValue),
		rest: graph.rest,
	});
}

function encodeNode(node: Node, listed = false, place: Place = () => undefined): Encoded {
	const attributes = [...node.attributes];
	return writeMessage(nodeProto, {
		inputs: node.inputs,
		outputs: node.outputs,
		name: node.name,
		operator: node.operator,
		attributes: attributes.map(([name, attribute]) => encodeAttribute(name, attribute, listed, place)),
		domain: node.domain,
		rest: node.rest,
	});
}

function encodeFunction(localFunction: LocalFunction): Encoded {
	return writeMessage(functionProto, {
		...localFunction,
		nodes: localFunction.nodes.map((node) => encodeNode(node)),
		defaults: [...(localFunction.defaults ?? [])].map(([name, each]) =>
			encodeAttribute(name, each, false, () => undefined),
		),
		opsets: encodeOpsets(localFunction.opsets),
	});
}

function encodeAttribute(name: string, attribute: Attribute, listed: boolean, place: Place): Encoded {
	if (attribute.kind === "unread") return encodedBytes(attribute.value);
	const type = attributeTypes[attribute.kind];
	const content = (): Parameters<typeof writeMessage<typeof attributeProto.fields>>[1] => {
		switch (attribute.kind) {
			case "float":
				return { float: attribute.value };
			case "int":
				return { int: attribute.value };
			case "string":
				return { string: utf8.encode(attribute.value) };
			case "tensor":
				return { tensor: encodeTensor("", attribute.value, place(attribute.value)) };
			case "graph":
				return { graph: encodeGraph(attribute.value, listed, place) };
			case "floats":
				return { floats: attribute.value };
			case "ints":
				return { ints: attribute.value };
			case "strings":
				return { strings: attribute.value.map((each) => utf8.encode(each)) };
		}
	};
	return writeMessage(attributeProto, { name, ...content(), type });
}

const utf8 = new TextEncoder();

function encodeValue(value: Value): Encoded {
	return writeMessage(valueProto, { name: value.name, type: encodeType(value), rest: value.rest });
}

/** Nothing where the type is unknown, or no tensor and part of `rest`. */
function encodeType({ type, shape }: Value): Encoded | undefined {
	if (type === null) return undefined;
	const dimensions = shape?.map(encodeDimension);
	const tensor = writeMessage(tensorTypeProto, {
		type: elementTypeNumbers[type],
		shape: dimensions && writeMessage(shapeProto, { dimensions }),
	});
	return writeMessage(typeProto, { tensor });
}

function encodeDimension(dimension: Dimension): Encoded {
	if (typeof dimension === "number") return writeMessage(dimensionProto, { value: BigInt(dimension) });
	return writeMessage(dimensionProto, dimension === null ? {} : { name: dimension });
}

function encodeOpsets(opsets: ReadonlyMap<string, number>): readonly Encoded[] {
	return [...opsets].map(([domain, version]) => writeMessage(opsetProto, { domain, version: BigInt(version) }));
}
