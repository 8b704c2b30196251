import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCatalogue } from "../../src/data/catalogue.ts";
import { encodeModel } from "../../src/onnx/encode.ts";
import { zoo } from "../../src/zoo/zoo.ts";
import { pictureFolder, threeClasses } from "../support/pictureFolder.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { tinyModel } from "../support/tiny.ts";

const entry = {
	id: "mine",
	title: "Mine",
	source: { kind: "onnx", file: "models/mine.onnx" },
	preprocessing: { resize: "bicubic", shortSide: 40, mean: [0, 0, 0], deviation: [1, 1, 1] },
	labels: "pictures",
};
const pictures = { id: "pictures", folder: "pictures" };

async function folderWith(content: unknown): Promise<string> {
	const folder = await temporaryFolder();
	await writeFile(join(folder, "sightline.json"), typeof content === "string" ? content : JSON.stringify(content));
	return folder;
}

test("without a sightline.json there is what comes along, and any path", async () => {
	const { models, imageSets, openImageSet } = await readCatalogue(await temporaryFolder());
	expect(models).toEqual(zoo);
	expect(imageSets).toEqual(["leaves", "leaves-shifted"]);
	const folder = await pictureFolder(threeClasses);
	const set = await openImageSet(folder);
	expect([set.id, set.splits.get("all")?.count]).toEqual([folder, 12]);
});

test("models and image sets of sightline.json stand beside those, their files beside it", async () => {
	const folder = await pictureFolder(
		Object.fromEntries(Object.entries(threeClasses).map(([file, content]) => [`pictures/${file}`, content])),
	);
	await mkdir(join(folder, "models"));
	await writeFile(join(folder, "models/mine.onnx"), encodeModel(tinyModel("vit")));
	await writeFile(join(folder, "sightline.json"), JSON.stringify({ models: [entry], imageSets: [pictures] }));
	const catalogue = await readCatalogue(folder);
	expect(catalogue.models.map(({ id }) => id)).toEqual([...zoo.map(({ id }) => id), "mine"]);
	const open = await catalogue.openModel("mine");
	expect(open.entry.labels).toBe("pictures");
	expect(open.identity.preprocessing).toBe(
		"resize bicubic to a short side of 40, center crop, mean 0 0 0, deviation 1 1 1",
	);
	expect((await catalogue.openModel("vit-s")).anatomy.blocks.length).toBe(6);
	const set = await catalogue.openImageSet("pictures");
	expect([set.title, set.classNames]).toEqual(["pictures", ["ant", "bee", "cat"]]);
	expect((await catalogue.openImageSet(join(folder, "pictures"))).id).toBe("pictures");
});

test.each([
	["no JSON", "{", /^sightline.json is not JSON: /],
	["a list", [], /^sightline.json is \[\], expected an object/],
	["an unknown field", { model: [] }, /^sightline.json: unknown field "model"/],
	["models in no list", { models: { mine: entry } }, /^sightline.json.models is .*, expected a list/],
	["a wrong entry", { models: [entry, { ...entry, id: "x", title: 7 }] }, /^sightline.json.models\[1\].title is 7/],
	[
		"a filter that is none",
		{ models: [{ ...entry, preprocessing: { resize: "triangle" } }] },
		/one of "nearest", "box", "bilinear"/,
	],
	[
		"a short side of nothing",
		{ models: [{ ...entry, preprocessing: { ...entry.preprocessing, shortSide: 0 } }] },
		/above|from 1/,
	],
	[
		"the id of an embedded model",
		{ models: [{ ...entry, id: "vit-s" }] },
		/models\[0\].id is "vit-s", which another has/,
	],
	["an id twice", { imageSets: [pictures, pictures] }, /imageSets\[1\].id is "pictures", which another has/],
	["the id of an embedded set", { imageSets: [{ ...pictures, id: "leaves" }] }, /imageSets\[0\].id is "leaves"/],
	["a set without its folder", { imageSets: [{ id: "pictures" }] }, /imageSets\[0\].source is missing/],
])("%s in sightline.json is refused by its place", async (_what, content, message) => {
	await expect(readCatalogue(await folderWith(content))).rejects.toMatchObject({
		code: "BAD_INPUT",
		message: expect.stringMatching(message),
	});
});

test("what is added while it is open is found after a reload, and what was found before stays", async () => {
	const folder = await pictureFolder({ "pictures/a.png": { shade: 1 }, "pictures/b.png": { shade: 2 } });
	const catalogue = await readCatalogue(folder);
	const [before] = catalogue.models;
	await mkdir(join(folder, "models"));
	await writeFile(join(folder, "models/mine.onnx"), encodeModel(tinyModel("vit")));
	await writeFile(join(folder, "sightline.json"), JSON.stringify({ models: [entry], imageSets: [pictures] }));
	await expect(catalogue.openModel("mine")).rejects.toMatchObject({ code: "NOT_FOUND" });
	await catalogue.reload();
	expect(catalogue.models[0]).toBe(before);
	expect((await catalogue.openModel("mine")).anatomy.blocks.length).toBe(2);
	expect(catalogue.imageSets).toContain("pictures");
	expect((await catalogue.openImageSet("pictures")).splits.get("all")?.count).toBe(2);
});

test("a set that is not there is answered with what is", async () => {
	const { openImageSet } = await readCatalogue(await folderWith({ imageSets: [pictures] }));
	await expect(openImageSet("picture")).rejects.toMatchObject({ code: "NOT_FOUND", hint: "Did you mean pictures?" });
	await expect(openImageSet("./nowhere")).rejects.toThrow(/^there is no folder or file .*nowhere$/);
	await expect(openImageSet("pictures")).rejects.toThrow(/^there is no folder .*pictures that can be read$/);
});
