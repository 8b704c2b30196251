import { writeFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../../src/store/makeFolder.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

test("folders that are missing are made, and those that are there stay", async () => {
	const path = join(await temporaryFolder(), "a", "b", "c");
	await makeFolder(path);
	await makeFolder(path);
	expect((await stat(path)).isDirectory()).toBe(true);
});

test("a file in the way is an error", async () => {
	const file = join(await temporaryFolder(), "file");
	writeFileSync(file, "");
	await expect(makeFolder(file)).rejects.toThrow("EEXIST");
	await expect(makeFolder(join(file, "below"))).rejects.toThrow("ENOTDIR");
});

test.runIf(process.platform === "linux")(
	"a file system that makes no folders is an error, not an endless wait",
	async () => {
		await expect(makeFolder("/proc/sightline/store")).rejects.toThrow("ENOENT");
	},
);
