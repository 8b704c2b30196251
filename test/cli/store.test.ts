import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { digestOf } from "../../src/plan/measurement.ts";
import { DiskStore } from "../../src/store/disk.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { sightline } from "./sightline.ts";

let place: string;
beforeEach(async () => {
	place = await mkdtemp(join(tmpdir(), "sightline-store-"));
	const store = new DiskStore(place);
	await store.put(digestOf(1), new Uint8Array(50_000), { model: "vit-s", metric: "linearCka" });
	await store.put(digestOf(2), new Uint8Array(1000), { model: "vit-s", metric: "accuracy" });
	await store.put(digestOf(3), new Uint8Array(2000), { model: "resnet-s", metric: "accuracy" });
});
afterEach(() => rm(place, { recursive: true }));

test("the store's size is told by model, the largest first", async () => {
	const { stdout } = await sightline(["store", "--store", place, "--json"]);
	const { models, place: told } = JSON.parse(stdout.toString()) as { place: string; models: { model: string }[] };
	expect(told).toBe(place);
	expect(models.map(({ model }) => model)).toEqual(["vit-s", "resnet-s"]);
	const text = (await sightline(["store"], { environment: { SIGHTLINE_STORE: place } })).stdout.toString();
	expect(text).toMatch(/^vit-s +2 +5\d\.\d kB +/m);
});

test("prune keeps what is asked, and Gram records go first", async () => {
	const { stdout, exitCode } = await sightline(["store", "prune", "--store", place, "--keep", "10kB"]);
	expect(exitCode).toBe(0);
	expect(stdout.toString()).toContain("removed 1 result,");
	expect(await new DiskStore(place).has(digestOf(1))).toBe(false);
	expect(await new DiskStore(place).has(digestOf(2))).toBe(true);
});

test("an empty store is no error", async () => {
	const { stdout, exitCode } = await sightline(["store", "--store", join(place, "nothing-here")]);
	expect([stdout.toString(), exitCode]).toEqual([`${join(place, "nothing-here")}: 0 B\n`, 0]);
});

/** A commit of a repository in the cache of fetched files, as RemoteCache lays it out. */
async function writeFetched(repository: string, commit: string): Promise<void> {
	const folder = join(place, "remote/hub", repository, "commits", commit);
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, "model.onnx"), new Uint8Array(1_500_000));
}

test("what was fetched is told beside the results; prune --fetched keeps what sightline.json names, and the results", async () => {
	const commit = "a".repeat(40);
	for (const name of ["tiny/named", "tiny/other"]) await writeFetched(name, commit);
	const { stdout } = await sightline(["store", "--store", place]);
	expect(stdout.toString()).toMatch(/^.*: 53\.\d kB, and 3\.00 MB fetched from elsewhere\n/);
	expect(stdout.toString()).toMatch(/^hf:tiny\/named +1 +1\.50 MB$/m);
	const folder = await temporaryFolder();
	const entry = {
		...{ id: "named", title: "Named", labels: null },
		source: { kind: "onnx", file: `hf:tiny/named@${commit}:model.onnx` },
		preprocessing: { resize: "bilinear", mean: [0, 0, 0], deviation: [1, 1, 1] },
	};
	await writeFile(join(folder, "sightline.json"), JSON.stringify({ models: [{ ...entry, title: 7 }] }));
	const wrong = await sightline(["store", "prune", "--store", place, "--fetched"], { folder });
	expect([wrong.exitCode, await readdir(join(place, "remote/hub/tiny"))]).toEqual([1, ["named", "other"]]);
	await writeFile(join(folder, "sightline.json"), JSON.stringify({ models: [entry] }));
	const pruned = await sightline(["store", "prune", "--store", place, "--fetched"], { folder });
	expect(pruned.stdout.toString()).toBe(`${place}: removed 1.50 MB of what was fetched; 1.50 MB kept\n`);
	expect(await readdir(join(place, "remote/hub/tiny"))).toEqual(["named"]);
	expect(await new DiskStore(place).has(digestOf(1))).toBe(true);
});
