import { expect, test } from "vitest";
import { sightline } from "./sightline.ts";

test("--help lists every command, with examples", async () => {
	const { stdout, exitCode } = await sightline(["--help"]);
	expect(exitCode).toBe(0);
	for (const command of [
		"serve",
		"report",
		"query",
		"inspect",
		"models",
		"images",
		"add",
		"add-images",
		"store",
		"doctor",
	]) {
		expect(stdout.toString()).toMatch(new RegExp(`^  ${command} `, "m"));
	}
	expect(stdout.toString()).toContain("Examples:");
});

test("--version prints the version of package.json", async () => {
	const { default: manifest } = await import("../../package.json", { with: { type: "json" } });
	const { stdout } = await sightline(["--version"]);
	expect(stdout.toString()).toBe(`${manifest.version}\n`);
});

test.each([
	["an unknown command", ["inspct"], "Did you mean inspect?"],
	["an unknown option", ["store", "--jsn"], "Did you mean --json?"],
	["a missing argument", ["inspect"], "missing required argument 'model'"],
	["a device that does not exist", ["serve", "--device", "tpu"], "Allowed choices are auto, cpu, webgpu, cuda"],
	["a size without a number", ["store", "prune", "--keep", "some"], "expected a number and a unit"],
	[
		"pruning nothing",
		["store", "prune"],
		"nothing to remove: say how much of the results may stay (--keep 10GB), or --fetched",
	],
	["a count that is no number", ["images", "leaves", "--count", "1e2"], "expected a whole number from 1 on"],
	["variables that are no object", ["query", "-", "--variables", "[1]"], "expected a JSON object"],
])("%s ends with 2 and says what was expected", async (_what, parameters, words) => {
	const { stderr, stdout, exitCode } = await sightline(parameters);
	expect(stderr).toContain(words);
	expect(stdout.toString()).toBe("");
	expect(exitCode).toBe(2);
});

test("a model that is not there ends with 1, near misses and no stack", async () => {
	const { stderr, exitCode } = await sightline(["inspect", "vit-x"]);
	expect(stderr).toBe('error: no model "vit-x"\nDid you mean vit-s or vit-l?\n');
	expect(exitCode).toBe(1);
});

test("SIGHTLINE_DEBUG=1 adds the stack", async () => {
	const { stderr } = await sightline(["inspect", "vit-x"], { environment: { SIGHTLINE_DEBUG: "1" } });
	expect(stderr).toMatch(/\n {4}at /);
});
