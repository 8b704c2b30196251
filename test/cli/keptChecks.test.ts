import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keptChecks } from "../../src/cli/keptChecks.ts";
import { digestOf } from "../../src/plan/measurement.ts";
import { DiskStore } from "../../src/store/disk.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const key = digestOf("a run of images");
const bytes = Buffer.from("[null]");

test("checks are kept in the store; an altered one is none", async () => {
	const folder = await temporaryFolder();
	const checks = keptChecks(new DiskStore(folder));
	expect(await checks.get(key)).toBeUndefined();
	await checks.put(key, bytes);
	expect(Buffer.from((await checks.get(key)) ?? [])).toEqual(bytes);
	const file = join(folder, key.slice(0, 2), key);
	await writeFile(file, (await readFile(file, "latin1")).replace("[null]", "[nill]"), "latin1");
	expect(await checks.get(key)).toBeUndefined();
});

test("a store that cannot be written keeps nothing, and that is no error", async () => {
	const folder = await temporaryFolder();
	await writeFile(join(folder, "file"), "");
	const checks = keptChecks(new DiskStore(join(folder, "file")));
	await checks.put(key, bytes);
	expect(await checks.get(key)).toBeUndefined();
	expect(await readdir(folder)).toEqual(["file"]);
});
