/** The bytes of an .onnx file -> Model. Weights are views of the file's bytes; nothing of them is copied. */
import { SightlineError } from "../errors.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { safeInteger } from "../tensor/values.ts";
import { mostNodes } from "./limits.ts";
import type { Attribute, Dimension, Graph, LocalFunction, Model, Node, Value } from "./model.ts";
import { topologicalOrder } from "./order.ts";
import {
	attributeProto,
	attributeTypes,
	dimensionProto,
	elementTypeOf,
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
import { decodeTensor, type ReadExternalData } from "./tensorProto.ts";
import { concatenate, type Encoded, encodedBytes, join, readMessage, writeMessage } from "./wire.ts";

export interface DecodeOptions {
	/** Reads the files that weights of large models are split into. */
	readonly externalData?: ReadExternalData;
}

/** @throws SightlineError BAD_INPUT: no ONNX file, cut off, or inconsistent; it says what and where */
export function decodeModel(bytes: Uint8Array, options: DecodeOptions = {}): Model {
	const proto = readMessage(modelProto, bytes);
	if (proto.graph === undefined) {
		throw new SightlineError("BAD_INPUT", `the ${bytes.length} bytes hold no graph, which an ONNX model must have`, {
			hint: "The file is cut off, or no ONNX file.",
		});
	}
	const opsets = decodeOpsets(proto.opsets);
	if (opsets.size === 0) {
		throw new SightlineError(
			"BAD_INPUT",
			"the model does not say which version of the operators it uses (opset_import)",
			{
				hint: "The file is cut off, or older than ONNX 1.0.",
			},
		);
	}
	const context = { externalData: options.externalData, depth: 0, count: { nodes: 0 } };
	return {
		irVersion: proto.irVersion ?? 0n,
		producer: { name: proto.producerName ?? "", version: proto.producerVersion ?? "" },
		opsets,
		graph: decodeGraph(proto.graph, context),
		functions: proto.functions.map((part) => decodeFunction(part, context)),
		metadata: new Map(
			proto.metadata.map((part) => {
				const { key = "", value = "" } = readMessage(entryProto, part);
				return [key, value];
			}),
		),
		rest: proto.rest,
	};
}

interface Context {
	readonly externalData: ReadExternalData | undefined;
	/** How many graphs this one lies within. */
	readonly depth: number;
	/** Of the whole model, so far. */
	readonly count: { nodes: number };
}

/** More nesting than any real model has; keeps a crafted file from exhausting the stack. */
const maximumDepth = 64;

function decodeGraph(bytes: Uint8Array, context: Context): Graph {
	if (context.depth > maximumDepth)
		throw new SightlineError("BAD_INPUT", `graphs nested more than ${maximumDepth} deep`);
	const proto = readMessage(graphProto, bytes);
	const initializers = new Map<string, Tensor>();
	const unread: Uint8Array[] = [];
	for (const part of proto.initializers) {
		const { name, tensor } = decodeTensor(part, context.externalData);
		if (tensor === null) unread.push(part);
		else initializers.set(name, tensor);
	}
	return {
		name: proto.name ?? "",
		nodes: topologicalOrder(proto.nodes.map((part) => decodeNode(part, context))),
		initializers,
		// Before IR version 4 every initializer had to be listed as an input too.
		inputs: proto.inputs.map(decodeValue).filter(({ name }) => !initializers.has(name)),
		outputs: proto.outputs.map(decodeValue),
		values: proto.values.map(decodeValue),
		rest: withUnread(proto.rest, writeMessage(graphProto, { initializers: unread.map(encodedBytes) })),
	};
}

function decodeNode(bytes: Uint8Array, context: Context): Node {
	if (++context.count.nodes > mostNodes)
		throw new SightlineError("BAD_INPUT", `the model has more than ${mostNodes} nodes, which no vision model has`);
	const proto = readMessage(nodeProto, bytes);
	return {
		name: proto.name ?? "",
		operator: proto.operator ?? "",
		domain: standardDomain(proto.domain),
		inputs: proto.inputs,
		outputs: proto.outputs,
		attributes: new Map(proto.attributes.map((part) => decodeAttribute(part, context))),
		...(proto.rest.length > 0 ? { rest: proto.rest } : {}),
	};
}

function decodeFunction(bytes: Uint8Array, context: Context): LocalFunction {
	const proto = readMessage(functionProto, bytes);
	return {
		name: proto.name ?? "",
		domain: standardDomain(proto.domain),
		inputs: proto.inputs,
		outputs: proto.outputs,
		nodes: proto.nodes.map((part) => decodeNode(part, context)),
		...(proto.defaults.length > 0
			? { defaults: new Map(proto.defaults.map((part) => decodeAttribute(part, context))) }
			: {}),
		opsets: decodeOpsets(proto.opsets),
		rest: proto.rest,
	};
}

function decodeAttribute(bytes: Uint8Array, context: Context): readonly [name: string, attribute: Attribute] {
	const proto = readMessage(attributeProto, bytes);
	const unread: Attribute = { kind: "unread", value: bytes };
	const attribute = (): Attribute => {
		if (proto.reference !== undefined && proto.reference !== "") return unread;
		switch (proto.type ?? typeOfOldAttribute(proto)) {
			// Protobuf leaves out what is zero or empty.
			case attributeTypes.float:
				return { kind: "float", value: proto.float ?? 0 };
			case attributeTypes.int:
				return { kind: "int", value: proto.int ?? 0n };
			case attributeTypes.floats:
				return { kind: "floats", value: proto.floats };
			case attributeTypes.ints:
				return { kind: "ints", value: proto.ints };
			case attributeTypes.string: {
				const value = text(proto.string ?? new Uint8Array());
				return value === null ? unread : { kind: "string", value };
			}
			case attributeTypes.strings: {
				const value = proto.strings.map(text);
				return value.every((each) => each !== null) ? { kind: "strings", value } : unread;
			}
			case attributeTypes.tensor: {
				const { tensor } = decodeTensor(proto.tensor ?? new Uint8Array(), context.externalData);
				return tensor === null ? unread : { kind: "tensor", value: tensor };
			}
			case attributeTypes.graph: {
				const deeper = { ...context, depth: context.depth + 1 };
				return { kind: "graph", value: decodeGraph(proto.graph ?? new Uint8Array(), deeper) };
			}
			default:
				return unread;
		}
	};
	return [proto.name ?? "", attribute()];
}

/** Files of IR version 1 gave no type: it is the field that is there. */
function typeOfOldAttribute(proto: { readonly [name: string]: unknown }): number {
	const found = Object.entries(attributeTypes).find(([name]) => {
		const value = proto[name];
		return Array.isArray(value) ? value.length > 0 : value !== undefined;
	});
	return found?.[1] ?? 0;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** null if the bytes are no text: some operators keep binary data in a string. */
function text(bytes: Uint8Array): string | null {
	try {
		return utf8.decode(bytes);
	} catch {
		return null;
	}
}

function decodeValue(bytes: Uint8Array): Value {
	const proto = readMessage(valueProto, bytes);
	const name = proto.name ?? "";
	const tensor = proto.type === undefined ? undefined : readMessage(typeProto, proto.type).tensor;
	const { type: number = 0, shape } = tensor === undefined ? {} : readMessage(tensorTypeProto, tensor);
	const type = elementTypeOf(number);
	// A sequence, a map, a tensor of strings: kept as it is.
	const unread = type === null && proto.type !== undefined ? { type: encodedBytes(proto.type) } : {};
	const rest = withUnread(proto.rest, writeMessage(valueProto, unread));
	return {
		name,
		type,
		shape: shape === undefined ? null : readMessage(shapeProto, shape).dimensions.map(decodeDimension),
		...(rest.length > 0 ? { rest } : {}),
	};
}

/** What a table could not take in goes with what it does not list. */
function withUnread(rest: Uint8Array, unread: Encoded): Uint8Array {
	return unread.sizeBytes === 0 ? rest : concatenate([rest, join(unread)]);
}

function decodeDimension(bytes: Uint8Array): Dimension {
	const { value, name } = readMessage(dimensionProto, bytes);
	return value !== undefined ? safeInteger(value) : name === undefined || name === "" ? null : name;
}

function decodeOpsets(parts: readonly Uint8Array[]): ReadonlyMap<string, number> {
	return new Map(
		parts.map((part) => {
			const { domain, version = 0n } = readMessage(opsetProto, part);
			return [standardDomain(domain), safeInteger(version)];
		}),
	);
}

function standardDomain(domain = ""): string {
	return domain === "ai.onnx" ? "" : domain;
}
