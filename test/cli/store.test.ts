import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { digestOf } from "../../src/plan/measurement.ts";
import { DiskStore } from "../../src/store/disk.ts";
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
