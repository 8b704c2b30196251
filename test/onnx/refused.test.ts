import { describe, expect, test } from "vitest";
import { SightlineError } from "../../src/errors.ts";
import { random } from "../../src/numerics/random.ts";
import { decodeModel } from "../../src/onnx/decode.ts";
import { encodeModel } from "../../src/onnx/encode.ts";
import { printModel } from "../../src/onnx/print.ts";
import { graphProto, modelProto, nodeProto, opsetProto } from "../../src/onnx/proto.ts";
import { inferShapes } from "../../src/onnx/shapes.ts";
import { type Encoded, encodedBytes, join, writeMessage } from "../../src/onnx/wire.ts";
import { tinyModel } from "../support/tiny.ts";
import { needsModels, realBytes, realModels } from "./graphs.ts";

/** Whatever comes of the bytes is a model that can be read on, or an error meant to be read. */
function survives(bytes: Uint8Array): "read" | "refused" {
	try {
		const model = decodeModel(bytes);
		printModel(model);
		inferShapes(model, new Map());
		return "read";
	} catch (error) {
		expect(error).toBeInstanceOf(SightlineError);
		expect((error as SightlineError).code).toBe("BAD_INPUT");
		return "refused";
	}
}

describe("a file that is cut off", () => {
	test("at any byte of its head, and at a thousand places of the rest, is refused", () => {
		const bytes = encodeModel(tinyModel("vit"));
		const step = Math.ceil(bytes.length / 1000);
		for (let length = 0; length < bytes.length; length += length < 2000 ? 1 : step) {
			expect(survives(bytes.subarray(0, length)), `${length} of ${bytes.length} bytes`).toBe("refused");
		}
		expect(survives(bytes)).toBe("read");
	});

	test.skipIf(needsModels !== "").each(realModels)(`at two hundred places: %s${needsModels}`, (name) => {
		const bytes = realBytes(name);
		const step = Math.ceil(bytes.length / 200);
		for (let length = 0; length < bytes.length; length += step) survives(bytes.subarray(0, length));
	});
});

test("a file with altered bytes is read or refused, and nothing else happens", () => {
	const bytes = encodeModel(tinyModel("resnet"));
	const source = random(7, 1);
	const outcomes = Array.from({ length: 1500 }, () => {
		const altered = bytes.slice();
		// Weights make up most of a file; the first bytes hold its structure.
		const within = source.between(0, 1) < 0.7 ? 4000 : bytes.length;
		for (let i = 0; i < 3; i++) altered[Math.floor(source.between(0, within))] = Math.floor(source.between(0, 256));
		return survives(altered);
	});
	expect(outcomes).toContain("read");
	expect(outcomes).toContain("refused");
});

const opsets = [writeMessage(opsetProto, { version: 17n })];

function modelWith(...nodes: Encoded[]): Uint8Array {
	return join(writeMessage(modelProto, { opsets, graph: writeMessage(graphProto, { nodes }) }));
}

test.each([
	["nothing", new Uint8Array(), "the 0 bytes hold no graph"],
	["text", new TextEncoder().encode("<!doctype html><html></html>"), "not a valid ModelProto"],
	["no opset", join(writeMessage(modelProto, { graph: writeMessage(graphProto, { name: "g" }) })), "opset_import"],
	[
		"a tensor made twice",
		modelWith(...["a", "b"].map((name) => writeMessage(nodeProto, { name, operator: "Relu", outputs: ["y"] }))),
		'tensor "y" is made twice: by Relu "b" too',
	],
	[
		"a circle",
		modelWith(
			writeMessage(nodeProto, { operator: "Relu", inputs: ["a"], outputs: ["b"] }),
			writeMessage(nodeProto, { operator: "Neg", inputs: ["b"], outputs: ["a"] }),
		),
		'the graph runs in a circle: Relu "b" < Neg "a" < Relu "b"',
	],
])("refused: %s", (_, bytes, message) => {
	expect(() => decodeModel(bytes)).toThrow(message);
});

test("refused: graphs nested without end", () => {
	let graph: Encoded = writeMessage(graphProto, { name: "innermost" });
	for (let depth = 0; depth < 100; depth++) {
		// AttributeProto: g = field 6, type = field 20, GRAPH.
		const attribute = encodedBytes(
			join({ parts: [lengthPrefixed(0x32, graph), Uint8Array.of(0xa0, 1, 5)], sizeBytes: 0 }),
		);
		graph = writeMessage(graphProto, { nodes: [writeMessage(nodeProto, { operator: "If", attributes: [attribute] })] });
	}
	const bytes = join(writeMessage(modelProto, { opsets, graph }));
	expect(() => decodeModel(bytes)).toThrow("graphs nested more than 64 deep");
});

function lengthPrefixed(tag: number, encoded: Encoded): Uint8Array {
	const length: number[] = [];
	for (let left = encoded.sizeBytes; left > 0 || length.length === 0; left = Math.floor(left / 128)) {
		length.push((left % 128) + (left >= 128 ? 128 : 0));
	}
	return Uint8Array.from([tag, ...length, ...join(encoded)]);
}
