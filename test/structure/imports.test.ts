import { expect, test } from "vitest";
import { forbiddenEdges, importCycles, impureUses, type SourceFile } from "./imports.ts";
import { sources } from "./sources.ts";

const project = sources("src", "site", "reports");

test("every folder imports only what stands before it", () => {
	expect(forbiddenEdges(project)).toEqual([]);
});

test("no file imports itself by a detour", () => {
	expect(importCycles(project)).toEqual([]);
});

test("the pure folders read no clock, no chance and no process", () => {
	expect(impureUses(project)).toEqual([]);
});

const plant = (path: string, text: string): SourceFile => ({ path, text });

test.each([
	[
		"upwards",
		"src/onnx/model.ts",
		'import { a } from "../anatomy/anatomy.ts";',
		"onnx stands before or beside anatomy",
	],
	["sideways", "src/data/set.ts", 'import type { S } from "../store/store.ts";', "data stands before or beside store"],
	["over many lines", "src/plan/a.ts", 'import {\n\ta,\n\tb,\n} from "../engine/e.ts";', "plan stands before"],
	["for a type within a type", "src/tensor/a.ts", 'let x: import("../cli/main.ts").X;', "tensor stands before"],
	["by a re-export", "src/numerics/a.ts", 'export * from "../metrics/index.ts";', "numerics stands before"],
	["for a worker's file", "src/store/a.ts", 'new URL("../engine/worker.ts", import.meta.url)', "store stands before"],
	["of files in a pure folder", "src/zoo/a.ts", 'import { readFileSync } from "node:fs";', "zoo is pure"],
	["of the network in a pure folder", "src/onnx/a.ts", 'import "node:http";', "onnx is pure"],
	["of the runtime outside the engine", "src/data/a.ts", 'import * as ort from "onnxruntime-node";', "only engine"],
	["from source to the command line", "site/a.ts", 'import { x } from "../src/cli/x.ts";', "site stands before"],
	["of a folder nobody placed", "src/graphql/a.ts", 'import { x } from "../extra/x.ts";', "no place in the order"],
])("an import %s is named", (_way, path, text, reason) => {
	expect(forbiddenEdges([plant(path, text)])).toEqual([expect.stringContaining(reason)]);
});

test.each([
	["downwards", "src/engine/a.ts", 'import { measurementKey } from "../plan/measurement.ts";'],
	["within its folder", "src/engine/a.ts", 'import { x } from "./b.ts";'],
	["of node:crypto in a pure folder", "src/plan/a.ts", 'import { createHash } from "node:crypto";'],
	["of the runtime in the engine", "src/engine/a.ts", 'import * as ort from "onnxruntime-node";'],
	["in a comment", "src/onnx/a.ts", '/**\n import { x } from "../cli/x.ts"; */\n// import "node:fs";'],
])("an import %s is allowed", (_way, path, text) => {
	expect(forbiddenEdges([plant(path, text)])).toEqual([]);
});

test("a file of a folder that nobody placed is named", () => {
	expect(forbiddenEdges([plant("src/misc/a.ts", "")])).toEqual([expect.stringContaining('"misc" has no place')]);
});

test("a cycle over three files is named once, with its way", () => {
	const cycle = importCycles([
		plant("src/onnx/a.ts", 'import "./b.ts";'),
		plant("src/onnx/b.ts", 'import "./c.ts";'),
		plant("src/onnx/c.ts", 'import "./a.ts";'),
		plant("src/onnx/d.ts", 'import "./a.ts";'),
	]);
	expect(cycle).toEqual(["src/onnx/a.ts -> src/onnx/b.ts -> src/onnx/c.ts -> src/onnx/a.ts"]);
});

test("types may know each other", () => {
	const cycle = importCycles([
		plant("src/onnx/a.ts", 'import type { B } from "./b.ts";'),
		plant("src/onnx/b.ts", 'import { a } from "./a.ts";'),
	]);
	expect(cycle).toEqual([]);
});

test("a clock in a pure folder is named, in an effect folder it is not", () => {
	const text = "const now = Date.now(); // Math.random()";
	expect(impureUses([plant("src/metrics/a.ts", text), plant("src/engine/a.ts", text)])).toEqual([
		"src/metrics/a.ts: Date.now",
	]);
});
