import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { encodeModel } from "../../src/onnx/encode.ts";
import { pictureFolder, threeClasses } from "../support/pictureFolder.ts";
import { tinyModel } from "../support/tiny.ts";
import { sightline } from "./sightline.ts";

/** A folder with a model, images and the sightline.json that names both. */
async function workingFolder(): Promise<string> {
	const pictures = Object.entries(threeClasses).map(([file, content]) => [`pictures/${file}`, content] as const);
	const folder = await pictureFolder(Object.fromEntries(pictures));
	await mkdir(join(folder, "models"));
	await writeFile(join(folder, "models/mine.onnx"), encodeModel(tinyModel("vit")));
	const preprocessing = { resize: "bicubic", mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] };
	const source = { kind: "onnx", file: "models/mine.onnx" };
	const models = [{ id: "mine", title: "Mine", source, preprocessing, labels: "pictures" }];
	const imageSets = [{ id: "pictures", title: "My pictures", folder: "pictures" }];
	await writeFile(join(folder, "sightline.json"), JSON.stringify({ models, imageSets }));
	return folder;
}

test("query, models, inspect and images know what sightline.json in the working folder names", async () => {
	const folder = await workingFolder();
	const query = `{
		models { id } imageSets { id title }
		model(id: "mine") { accuracy(images: { set: "pictures", count: 6, batchSize: 6 }) { images reason } }
	}`;
	const [answer, models, inspected, images] = await Promise.all([
		sightline(["query", "--store", join(folder, "store"), "--device", "cpu"], { folder, stdin: query }),
		sightline(["models", "--json"], { folder }),
		sightline(["inspect", "mine", "--json"], { folder }),
		sightline(["images", "pictures", "--split", "all", "--count", "12", "--raw"], { folder }),
	]);
	expect(JSON.parse(answer.stdout.toString())).toMatchObject({
		data: {
			models: expect.arrayContaining([{ id: "mine" }, { id: "vit-s" }]),
			imageSets: [{ id: "leaves" }, { id: "leaves-shifted" }, { id: "pictures", title: "My pictures" }],
			model: { accuracy: { images: 6, reason: null } },
		},
	});
	expect(JSON.parse(models.stdout.toString())).toContainEqual(expect.objectContaining({ id: "mine", title: "Mine" }));
	expect(JSON.parse(inspected.stdout.toString())).toMatchObject({ id: "mine", family: "vit" });
	expect(images.stdout.length).toBe(12 * (2 + 8 * 8 * 3));
});

test("raw records of images with different sides are refused; PNG files of them are written", async () => {
	const folder = await pictureFolder({ "set/a.png": { shade: 1 }, "set/b.png": { shade: 2, width: 9 } });
	const raw = await sightline(["images", "./set", "--split", "all", "--count", "2", "--raw"], { folder });
	expect(raw.stderr).toMatch(/^error: the images of .*set have different sides/);
	const files = await sightline(["images", "./set", "--split", "all", "--count", "2", "--out", "out"], { folder });
	expect([files.stderr, files.exitCode]).toEqual(["", 0]);
});

test("a mistake in sightline.json is told by its place", async () => {
	const folder = await pictureFolder({ "sightline.json": Buffer.from('{ "models": [{ "id": "mine" }] }') });
	const { stderr, exitCode } = await sightline(["models"], { folder });
	expect(stderr).toContain("error: sightline.json.models[0].title is missing, expected a text");
	expect(exitCode).toBe(1);
});
