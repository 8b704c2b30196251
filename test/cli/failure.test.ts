import { CommanderError } from "@commander-js/extra-typings";
import { expect, test } from "vitest";
import { failureOf } from "../../src/cli/failure.ts";
import { notFound, SightlineError } from "../../src/errors.ts";

test("a known error is its message and what to do, without a stack", () => {
	expect(failureOf(notFound("model", "vit-x", ["vit-s", "resnet-s"]), false)).toEqual({
		text: 'error: no model "vit-x"\nDid you mean vit-s?\n',
		exitCode: 1,
	});
});

test("with debugging, the stack and the causes stand below", () => {
	const error = new SightlineError("STORAGE", "cannot read", { cause: new Error("torn") });
	const { text } = failureOf(error, true);
	expect(text).toContain("error: cannot read\n");
	expect(text).toContain("failure.test.ts");
	expect(text).toContain("caused by: Error: torn");
});

test("an interrupted command says so and ends with 130", () => {
	expect(failureOf(new SightlineError("CANCELLED", "stopped after 128 of 512 images"), false)).toEqual({
		text: "stopped after 128 of 512 images\n",
		exitCode: 130,
	});
});

test("bad usage ends with 2, asking for help with 0; commander has printed both", () => {
	expect(failureOf(new CommanderError(1, "commander.unknownOption", "unknown option"), false).exitCode).toBe(2);
	expect(failureOf(new CommanderError(0, "commander.helpDisplayed", "help"), false)).toEqual({ text: "", exitCode: 0 });
});

test.each([
	["EADDRINUSE", { port: 4000 }, "port 4000 is taken"],
	["EACCES", { path: "/locked" }, "no permission to write /locked"],
	["ENOSPC", { path: "/full" }, "the disk is full at /full"],
	["ENOENT", { path: "/gone.onnx" }, "there is no file /gone.onnx"],
])("%s of the system is put in words", (code, details, words) => {
	expect(failureOf(Object.assign(new Error("errno"), { code, ...details }), false).text).toContain(words);
});

test("what is thrown without being an error is printed", () => {
	expect(failureOf("broken", false)).toEqual({ text: "error: broken\n", exitCode: 1 });
});
