import { chmod, copyFile, mkdir, readdir, readFile, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DiskStore } from "../../src/store/disk.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { entriesOf, storeSuite } from "./storeSuite.ts";

storeSuite("on disk", async () => new DiskStore(await temporaryFolder()));

const labels = { model: "vit-s", metric: "accuracy" };
const key = "0a1b2c/00003-64";
const payload = Uint8Array.from({ length: 40 }, (_, index) => index * 5);

async function storeWithEntry() {
	const folder = await temporaryFolder();
	const store = new DiskStore(folder);
	await store.put(key, payload, labels);
	return { folder, store, path: join(folder, "0a", "0a1b2c", "00003-64") };
}

test("an entry is read by another process's store of the same folder", async () => {
	const { folder } = await storeWithEntry();
	expect(await new DiskStore(folder).get(key)).toEqual(Buffer.from(payload));
});

test("a file torn at any byte is missing, never served, and removed", async () => {
	const { store, path } = await storeWithEntry();
	const { size } = await stat(path);
	for (let length = 0; length < size; length++) {
		await store.put(key, payload, labels);
		await truncate(path, length);
		expect(await store.get(key), `torn after ${length} bytes`).toBeUndefined();
		expect(await store.has(key)).toBe(false);
	}
});

test("a file with any byte altered is missing, never served", async () => {
	const { store, path } = await storeWithEntry();
	const good = await readFile(path);
	for (let index = 0; index < good.length; index++) {
		const altered = Buffer.from(good);
		altered.writeUInt8(good.readUInt8(index) ^ 0x10, index);
		await writeFile(path, altered);
		expect(store.getSync(key), `byte ${index} altered`).toBeUndefined();
		expect(await store.get(key), `byte ${index} altered`).toBeUndefined();
	}
});

test("a file with bytes after its end is missing", async () => {
	const { store, path } = await storeWithEntry();
	await writeFile(path, Buffer.concat([await readFile(path), Buffer.of(0)]));
	expect(await store.get(key)).toBeUndefined();
});

test("an entry's file in another entry's place is missing", async () => {
	const { store, path } = await storeWithEntry();
	await copyFile(path, `${path.slice(0, -1)}5`);
	expect(await store.get("0a1b2c/00003-65")).toBeUndefined();
	expect(await store.get(key)).toBeDefined();
});

test("a read renews the time of an entry that was not used for long", async () => {
	const { store, path } = await storeWithEntry();
	const longAgo = new Date("2020-01-01");
	await utimes(path, longAgo, longAgo);
	await store.get(key);
	expect((await entriesOf(store))[0]?.usedAt.getFullYear()).toBeGreaterThan(2020);
});

test("files that are no entries are not listed", async () => {
	const { folder, store } = await storeWithEntry();
	await writeFile(join(folder, "0a", "notes.txt"), "not an entry");
	await writeFile(join(folder, "README"), "nor this");
	expect((await entriesOf(store)).map((entry) => entry.key)).toEqual([key]);
});

test("what a dead process left half written is cleared, what is being written is not", async () => {
	const folder = await temporaryFolder();
	await mkdir(join(folder, "temporary"));
	await writeFile(join(folder, "temporary", "old"), "");
	await writeFile(join(folder, "temporary", "young"), "");
	await utimes(join(folder, "temporary", "old"), new Date("2020-01-01"), new Date("2020-01-01"));
	await new DiskStore(folder).put(key, payload, labels);
	expect(await readdir(join(folder, "temporary"))).toEqual(["young"]);
});

test("a store where nothing was ever written is empty and makes no folder", async () => {
	const folder = join(await temporaryFolder(), "never");
	const store = new DiskStore(folder);
	expect(await entriesOf(store)).toEqual([]);
	expect(await store.get(key)).toBeUndefined();
	await expect(stat(folder)).rejects.toThrow("ENOENT");
});

test("a folder that is a file is a sentence with what to do", async () => {
	const file = join(await temporaryFolder(), "file");
	await writeFile(file, "");
	await expect(new DiskStore(join(file, "store")).put(key, payload, labels)).rejects.toMatchObject({
		code: "STORAGE",
		message: expect.stringMatching(/^cannot write a result in the store .*file.store: a part of the path is a file/),
		hint: expect.stringContaining("SIGHTLINE_STORE"),
	});
});

test.skipIf(process.platform === "win32")(
	"a folder without permission is a sentence, and leaves nothing behind (Windows has no such folder)",
	async () => {
		const folder = await temporaryFolder();
		await chmod(folder, 0o500);
		const isRoot = process.geteuid?.() === 0; // to whom nothing is forbidden
		if (isRoot) process.seteuid?.(65_534);
		try {
			const store = new DiskStore(folder);
			const refusal = expect.objectContaining({
				code: "STORAGE",
				message: expect.stringContaining("permission is denied"),
			});
			await expect(store.put(key, payload, labels)).rejects.toEqual(refusal);
			await expect(store.lease("pass")).rejects.toEqual(refusal);
		} finally {
			if (isRoot) process.seteuid?.(0);
		}
		expect(await readdir(folder)).toEqual([]);
	},
);
