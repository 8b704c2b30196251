/**
 * The messages of the ONNX format (onnx.proto of onnx/onnx, same numbers since IR version 3): the fields that the
 * model in model.ts speaks of. All others travel as `rest`.
 */
import type { ElementType } from "../tensor/tensor.ts";
import { many, message, one } from "./wire.ts";

export const modelProto = message("ModelProto", {
	irVersion: one(1, "int64"),
	producerName: one(2, "string"),
	producerVersion: one(3, "string"),
	opsets: many(8, "message"),
	graph: one(7, "message"),
	metadata: many(14, "message"),
	functions: many(25, "message"),
});

export const opsetProto = message("OperatorSetIdProto", { domain: one(1, "string"), version: one(2, "int64") });

export const entryProto = message("StringStringEntryProto", { key: one(1, "string"), value: one(2, "string") });

export const graphProto = message("GraphProto", {
	nodes: many(1, "message"),
	name: one(2, "string"),
	initializers: many(5, "message"),
	inputs: many(11, "message"),
	outputs: many(12, "message"),
	values: many(13, "message"),
});

export const nodeProto = message("NodeProto", {
	inputs: many(1, "string"),
	outputs: many(2, "string"),
	name: one(3, "string"),
	operator: one(4, "string"),
	attributes: many(5, "message"),
	domain: one(7, "string"),
});

export const functionProto = message("FunctionProto", {
	name: one(1, "string"),
	inputs: many(4, "string"),
	outputs: many(5, "string"),
	nodes: many(7, "message"),
	/** Attributes that a call may leave out, with the values they have then. */
	defaults: many(11, "message"),
	opsets: many(9, "message"),
	domain: one(10, "string"),
});

export const attributeProto = message("AttributeProto", {
	name: one(1, "string"),
	float: one(2, "float"),
	int: one(3, "int64"),
	string: one(4, "bytes"),
	tensor: one(5, "message"),
	graph: one(6, "message"),
	floats: many(7, "float"),
	ints: many(8, "int64"),
	strings: many(9, "bytes"),
	type: one(20, "int32"),
	/** Inside a function: the name of the function's attribute that stands here. */
	reference: one(21, "string"),
});

/** AttributeProto.AttributeType, of the kinds that are read. */
export const attributeTypes = { float: 1, int: 2, string: 3, tensor: 4, graph: 5, floats: 6, ints: 7, strings: 8 };

export const tensorProto = message("TensorProto", {
	shape: many(1, "int64"),
	type: one(2, "int32"),
	floatData: many(4, "fixed32"),
	int32Data: many(5, "int32"),
	int64Data: many(7, "int64"),
	name: one(8, "string"),
	rawData: one(9, "bytes"),
	doubleData: many(10, "fixed64"),
	uint64Data: many(11, "uint64"),
	externalData: many(13, "message"),
	/** 1: the bytes lie in another file. */
	location: one(14, "int32"),
});

/** TensorProto.DataType; 8, a tensor of strings, has no numbers and is never read. */
export const elementTypeNumbers: Readonly<Record<ElementType, number>> = {
	float32: 1,
	uint8: 2,
	int8: 3,
	uint16: 4,
	int16: 5,
	int32: 6,
	int64: 7,
	bool: 9,
	float16: 10,
	float64: 11,
	uint32: 12,
	uint64: 13,
	complex64: 14,
	complex128: 15,
	bfloat16: 16,
	float8e4m3fn: 17,
	float8e4m3fnuz: 18,
	float8e5m2: 19,
	float8e5m2fnuz: 20,
	uint4: 21,
	int4: 22,
	float4e2m1: 23,
	float8e8m0: 24,
	uint2: 25,
	int2: 26,
};
const elementTypes = new Map(Object.entries(elementTypeNumbers).map(([type, number]) => [number, type as ElementType]));

/** null for a type that this program does not know. */
export function elementTypeOf(number: number): ElementType | null {
	return elementTypes.get(number) ?? null;
}

export const valueProto = message("ValueInfoProto", { name: one(1, "string"), type: one(2, "message") });

export const typeProto = message("TypeProto", { tensor: one(1, "message") });

export const tensorTypeProto = message("TypeProto.Tensor", { type: one(1, "int32"), shape: one(2, "message") });

export const shapeProto = message("TensorShapeProto", { dimensions: many(1, "message") });

export const dimensionProto = message("TensorShapeProto.Dimension", {
	value: one(1, "int64"),
	name: one(2, "string"),
});
