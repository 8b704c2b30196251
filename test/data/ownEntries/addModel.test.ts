import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCatalogue } from "../../../src/data/catalogue.ts";
import { addModel, type ModelToAdd } from "../../../src/data/ownEntries/addModel.ts";
import { fetchModel } from "../../../src/data/remote/modelAddress.ts";
import { encodeModel } from "../../../src/onnx/encode.ts";
import { startHubServer } from "../../support/hubServer.ts";
import { remoteFilesOf } from "../../support/remoteFiles.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { tinyModel } from "../../support/tiny.ts";

async function folderWithTiny(): Promise<string> {
	const folder = await temporaryFolder();
	await writeFile(join(folder, "tiny.onnx"), encodeModel(tinyModel("vit")));
	return folder;
}

const nowhere = () => Promise.reject(new Error("nothing is fetched"));
const add = (folder: string, given: Partial<ModelToAdd> = {}) =>
	addModel({ model: "tiny.onnx", ...given }, { folder, fetch: nowhere, mayReplace: true });

async function entryIn(folder: string) {
	const { models } = JSON.parse(await readFile(join(folder, "sightline.json"), "utf8"));
	return models[0];
}

test("other bytes at the same place are refused until they are added again; what was written by hand stays", async () => {
	const folder = await folderWithTiny();
	await add(folder, { labels: "leaves", accuracy: { top1: 0.9, images: null }, roles: ["vit"] });
	const preprocessing = { resize: "lanczos", mean: [0, 0, 0], deviation: [1, 1, 1], shortSide: null };
	const byHand = { ...(await entryIn(folder)), title: "Tiny", overrides: { classToken: true }, preprocessing };
	await writeFile(join(folder, "sightline.json"), JSON.stringify({ models: [byHand] }));
	// The same graph with a name in its metadata: other bytes, the same anatomy.
	const model = { ...tinyModel("vit"), metadata: new Map([["name", "another"]]) };
	await writeFile(join(folder, "tiny.onnx"), encodeModel(model));
	await expect((await readCatalogue(folder)).openModel("tiny")).rejects.toThrow("as its entry says");
	const { how, notes, open } = await add(folder);
	expect([how, notes]).toEqual(["replaced", ["No preprocessing was published with it: its entry's stays."]]);
	expect(await entryIn(folder)).toEqual({ ...byHand, sha256: open.sha256 });
	expect(open.sha256).not.toBe(byHand.sha256);
	expect((await (await readCatalogue(folder)).openModel("tiny")).entry.overrides).toEqual({ classToken: true });
});

test("what is given anew takes the place of what was written", async () => {
	const folder = await folderWithTiny();
	await add(folder, { title: "First", labels: "leaves", roles: ["vit"] });
	await add(folder, { title: "Second", labels: "leaves-shifted", roles: [] });
	expect(await entryIn(folder)).toMatchObject({ title: "Second", labels: "leaves-shifted", roles: [] });
});

test("the file and the store name the same model elsewhere, without asking the hub again", async () => {
	const hub = await startHubServer();
	hub.publish("tiny/vit", { "onnx/model.onnx": encodeModel(tinyModel("vit")), "README.md": "first" });
	const { remote, again } = await remoteFilesOf(hub);
	const folder = await temporaryFolder();
	const fetch = (address: string) => fetchModel(remote, address);
	const { open } = await addModel({ model: "hf:tiny/vit" }, { folder, fetch, mayReplace: false });
	hub.publish("tiny/vit", { "onnx/model.onnx": encodeModel(tinyModel("vit-gap")) });
	const asked = hub.requests.length;
	const elsewhere = await temporaryFolder();
	await copyFile(join(folder, "sightline.json"), join(elsewhere, "sightline.json"));
	const catalogue = await readCatalogue(elsewhere, {
		locate: async (address) => (await fetchModel(again(), address)).file,
	});
	expect((await catalogue.openModel("vit")).identity).toEqual({ ...open.identity, id: "vit" });
	expect(hub.requests.length).toBe(asked);
});

test("what cannot be opened is not written", async () => {
	const folder = await folderWithTiny();
	await writeFile(join(folder, "tiny.onnx"), "no model");
	await expect(add(folder)).rejects.toThrow(/tiny\.onnx: /);
	await expect(entryIn(folder)).rejects.toThrow("ENOENT");
	await expect(add(folder, { model: "none.onnx" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
