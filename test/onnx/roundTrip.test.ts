import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { decodeModel } from "../../src/onnx/decode.ts";
import { encodeModel } from "../../src/onnx/encode.ts";
import type { Attribute, Graph, Model } from "../../src/onnx/model.ts";
import {
	entryProto,
	graphProto,
	modelProto,
	nodeProto,
	opsetProto,
	tensorProto,
	valueProto,
} from "../../src/onnx/proto.ts";
import { encodedBytes, join, readMessage, writeMessage } from "../../src/onnx/wire.ts";
import { float32s, fromValues, int64Vector } from "../../src/tensor/values.ts";
import { modelOf, needsModels, node, randomTensor, realBytes, realModels, value } from "./graphs.ts";
import { difference, run, runBytes } from "./runtime.ts";

/** The same value with a digest for each array of bytes: millions of them take too long to compare one by one. */
function withDigests(given: unknown): unknown {
	if (given instanceof Uint8Array) return createHash("sha256").update(given).digest("hex");
	if (given instanceof Map || Array.isArray(given)) return [...given].map(withDigests);
	if (typeof given !== "object" || given === null) return given;
	return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, withDigests(value)]));
}

describe.skipIf(needsModels !== "").each(realModels)(`%s${needsModels}`, (name) => {
	test("decoded, encoded and decoded again, it is the same model", () => {
		const model = decodeModel(realBytes(name));
		expect(withDigests(decodeModel(encodeModel(model)))).toEqual(withDigests(model));
	});

	test("ONNX Runtime gives the same outputs, to the bit, for the file and for what is encoded", async () => {
		const bytes = realBytes(name);
		const model = decodeModel(bytes);
		const [input] = model.graph.inputs;
		const shape = (input?.shape ?? []).map((side) => (typeof side === "number" ? side : 1));
		const feeds = { [input?.name ?? ""]: randomTensor("float32", shape) };
		const [expected, actual] = [await runBytes(bytes, feeds), await runBytes(encodeModel(model), feeds)];
		expect(withDigests(actual)).toEqual(withDigests(expected));
	});

	test("weights are views of the file's bytes", () => {
		const bytes = realBytes(name);
		const initializers = [...decodeModel(bytes).graph.initializers.values()].filter(
			(tensor) => tensor.bytes.length > 0,
		);
		// What stands in int64_data is varints, and has to be unpacked.
		const copied = initializers.filter((tensor) => tensor.bytes.buffer !== bytes.buffer);
		expect(copied.filter(({ type }) => type !== "int64" && type !== "int32")).toEqual([]);
	});
});

/** A model with something of everything. */
function variedModel(): Model {
	const subgraph: Graph = {
		...modelOf({ nodes: [node("Neg", ["x"], ["negated"])], outputs: [value("negated", "float32", [2])] }).graph,
		name: "branch",
	};
	const attributes: readonly (readonly [string, Attribute])[] = [
		["a", { kind: "float", value: 0.5 }],
		["b", { kind: "int", value: -(2n ** 63n) }],
		["c", { kind: "string", value: "\ufeffgrüße" }],
		["d", { kind: "tensor", value: fromValues("float16", [2], [1, -0.5]) }],
		["e", { kind: "graph", value: subgraph }],
		["f", { kind: "floats", value: [0, -1.5] }],
		["g", { kind: "ints", value: [0n, -1n, 2n ** 62n] }],
		["h", { kind: "strings", value: ["", "b"] }],
		["i", { kind: "float", value: 0 }],
		["j", { kind: "ints", value: [] }],
	];
	const model = modelOf({
		nodes: [
			{ ...node("Mystery", ["x", "", "w"], ["y", ""], {}, "elsewhere"), name: "n", attributes: new Map(attributes) },
		],
		inputs: [value("x", "float32", ["batch", 2, null]), value("anything", null)],
		outputs: [value("y", "int64", [])],
		initializers: { w: int64Vector([1, -1]), empty: fromValues("float32", [0, 3], []) },
	});
	const helper = {
		name: "Helper",
		domain: "mine",
		inputs: ["p"],
		outputs: ["q"],
		nodes: [node("Relu", ["p"], ["q"])],
		opsets: new Map([["", 17]]),
		rest: new Uint8Array(),
	};
	return { ...model, functions: [helper], metadata: new Map([["author", "nobody"]]) };
}

test("attributes of every kind, subgraphs, functions, unknown sides and types come back", () => {
	const model = variedModel();
	expect(decodeModel(encodeModel(model))).toEqual(model);
});

test("fields that are not modelled come back as they were", () => {
	const note = Uint8Array.of(0x32, 2, 0x68, 0x69); // field 6, doc_string of nodes and models: "hi"
	const graphNote = Uint8Array.of(0x52, 1, 0x21); // field 10, doc_string of graphs: "!"
	const model = variedModel();
	const nodes = model.graph.nodes.map((each) => ({ ...each, rest: note }));
	const given = { ...model, graph: { ...model.graph, nodes, rest: graphNote }, rest: note };
	expect(decodeModel(encodeModel(given))).toEqual(given);
});

test("types that are no tensor, tensors of strings, references to a function's attribute and binary strings are kept", () => {
	const sequence = Uint8Array.of(0x22, 0); // TypeProto.sequence_type, empty
	const strings = writeMessage(tensorProto, { name: "words", type: 8, shape: [1n] });
	const reference = Uint8Array.of(0x0a, 1, 0x61, 0xaa, 1, 1, 0x62, 0xa0, 1, 2); // "a", ref_attr_name "b", type INT
	const binary = Uint8Array.of(0x0a, 1, 0x62, 0x22, 2, 0xff, 0xfe, 0xa0, 1, 3); // "b", s = ff fe, type STRING
	const graph = writeMessage(graphProto, {
		nodes: [
			writeMessage(nodeProto, {
				operator: "Mystery",
				outputs: ["y"],
				attributes: [encodedBytes(reference), encodedBytes(binary)],
			}),
		],
		name: "g",
		initializers: [strings],
		inputs: [writeMessage(valueProto, { name: "s", type: encodedBytes(sequence) })],
	});
	const bytes = join(
		writeMessage(modelProto, { irVersion: 8n, opsets: [writeMessage(opsetProto, { version: 17n })], graph }),
	);
	const model = decodeModel(bytes);
	expect(model.graph.initializers.size).toBe(0);
	expect(model.graph.inputs[0]).toMatchObject({ name: "s", type: null });
	expect([...(model.graph.nodes[0]?.attributes.values() ?? [])].map(({ kind }) => kind)).toEqual(["unread", "unread"]);
	const again = readMessage(graphProto, readMessage(modelProto, encodeModel(model)).graph ?? new Uint8Array());
	expect(again.initializers).toEqual([join(strings)]);
	expect(readMessage(valueProto, again.inputs[0] ?? new Uint8Array()).type).toEqual(sequence);
	expect(readMessage(nodeProto, again.nodes[0] ?? new Uint8Array()).attributes).toEqual([reference, binary]);
});

test("before IR version 4 initializers are listed as inputs in the file, but are none of the model's", () => {
	const model = { ...variedModel(), irVersion: 3n };
	const bytes = encodeModel(model);
	expect(decodeModel(bytes)).toEqual(model);
	const { inputs } = readMessage(graphProto, readMessage(modelProto, bytes).graph ?? new Uint8Array());
	expect(inputs.map((input) => readMessage(valueProto, input).name)).toEqual(["x", "anything", "w", "empty"]);
});

test("ai.onnx is the standard domain", () => {
	const graph = writeMessage(graphProto, {
		nodes: [writeMessage(nodeProto, { operator: "Relu", domain: "ai.onnx", inputs: ["x"], outputs: ["y"] })],
	});
	const opsets = [writeMessage(opsetProto, { domain: "ai.onnx", version: 12n })];
	const metadata = [writeMessage(entryProto, { key: "k", value: "v" })];
	const model = decodeModel(join(writeMessage(modelProto, { opsets, graph, metadata })));
	expect(model.opsets).toEqual(new Map([["", 12]]));
	expect(model.graph.nodes[0]?.domain).toBe("");
	expect(model.metadata).toEqual(new Map([["k", "v"]]));
});

test("nodes out of order are put in order", async () => {
	const model = modelOf({
		nodes: [node("Neg", ["a"], ["y"]), node("Relu", ["x"], ["a"])],
		inputs: [value("x", "float32", [2])],
		outputs: [value("y", "float32", [2])],
	});
	const decoded = decodeModel(encodeModel(model));
	expect(decoded.graph.nodes.map(({ operator }) => operator)).toEqual(["Relu", "Neg"]);
	const y = (await run(decoded, { x: fromValues("float32", [2], [-1, 2]) })).get("y");
	expect(difference(y ?? int64Vector([]), fromValues("float32", [2], [-0, -2]))).toBe(0);
	expect(y === undefined ? [] : [...float32s(y)]).toEqual([-0, -2]);
});
