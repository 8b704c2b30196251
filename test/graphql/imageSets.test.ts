import { expect, onTestFinished, test } from "vitest";
import { executeQuery } from "../../src/graphql/execute.ts";
import { startServer } from "../../src/graphql/server.ts";
import type { Services } from "../../src/graphql/services.ts";
import { MemoryStore } from "../../src/store/memory.ts";
import { fakeServices } from "../support/fakeServices.ts";
import { pictureFolder, threeClasses } from "../support/pictureFolder.ts";
import { openTiny, tinyEngine } from "../support/tinyEngine.ts";

/** A tiny ViT on a real engine, whose logits are labels of that set. */
async function realServices(labels: string): Promise<Services> {
	const store = new MemoryStore();
	const engine = await tinyEngine(store);
	onTestFinished(() => engine.close());
	const open = openTiny("vit");
	return { ...fakeServices(), store, engine, openModel: async () => ({ ...open, entry: { ...open.entry, labels } }) };
}

test("a folder is described with what was left out", async () => {
	const folder = await pictureFolder({
		"a.png": { shade: 1 },
		"b.png": { shade: 2, width: 9 },
		"c.png": Buffer.from("c"),
	});
	const query =
		"query ($id: ID!) { imageSet(id: $id) { id width height seed classNames splits { name count } skipped { file reason } } }";
	expect(await executeQuery(fakeServices(), { query, variables: { id: folder } })).toEqual({
		data: {
			imageSet: {
				id: folder,
				width: null,
				height: 8,
				seed: 0,
				classNames: [],
				splits: [
					{ name: "probe", count: 1 },
					{ name: "test", count: 1 },
					{ name: "all", count: 2 },
				],
				skipped: [{ file: "c.png", reason: expect.stringContaining("no known image format") }],
			},
		},
	});
});

test("a model is measured on a folder, its images decoded in their thread and counted by their labels", async () => {
	const folder = await pictureFolder(threeClasses);
	const services = await realServices(folder);
	const query = `query ($images: ImagesInput!) { model(id: "vit") {
		accuracy(images: $images) { images top1 { hits } reason provenance { images imagesDigest seed } }
	} }`;
	const images = { set: folder, split: "all", count: 12, batchSize: 8 };
	const { data, errors } = await executeQuery(services, { query, variables: { images } });
	expect(errors).toBeUndefined();
	expect(data).toMatchObject({
		model: {
			accuracy: {
				images: 12,
				top1: { hits: expect.any(Number) },
				reason: null,
				provenance: { images: `${folder}/all`, imagesDigest: expect.stringMatching(/^[0-9a-f]{64}$/), seed: 0 },
			},
		},
	});
});

test("records of a folder are found again under another path of the same files", async () => {
	const folders = [await pictureFolder(threeClasses), await pictureFolder(threeClasses)];
	const services = await realServices("");
	const query = 'query ($images: ImagesInput!) { similarity(rows: { model: "vit" }, images: $images) { batches } }';
	for (const set of folders) {
		const variables = { images: { set, split: "all", count: 8, batchSize: 4 } };
		expect((await executeQuery(services, { query, variables })).errors).toBeUndefined();
	}
	expect(services.engine.passesStarted).toBe(1);
});

test("more images than a folder has, and a split that it has not, are refused with what there is", async () => {
	const folder = await pictureFolder(threeClasses);
	const errorOf = async (images: object) => {
		const query = 'query ($images: ImagesInput!) { model(id: "vit-s") { accuracy(images: $images) { images } } }';
		return (await executeQuery(fakeServices(), { query, variables: { images: { set: folder, ...images } } }))
			.errors?.[0];
	};
	expect((await errorOf({ split: "train", count: 1 }))?.extensions).toMatchObject({
		code: "NOT_FOUND",
		hint: "There is: probe, test, all.",
	});
	expect((await errorOf({ count: 7 }))?.message).toBe(`images.count is 7; ${folder}/test has 6 images`);
});

test("on a network a folder's path is an unknown set", async () => {
	const folder = await pictureFolder(threeClasses);
	const ask = async (host: string, query: string) => {
		const server = await startServer({ ...fakeServices(), folder }, { port: 0, host });
		onTestFinished(() => server.close());
		const body = JSON.stringify({ query });
		const headers = { "content-type": "application/json" };
		return (await fetch(`${server.url}/graphql`, { method: "POST", headers, body })).json();
	};
	const described = `{ imageSet(id: "${folder}") { id } }`;
	expect(await ask("127.0.0.1", described)).toEqual({ data: { imageSet: { id: folder } } });
	const refused = { errors: [{ extensions: { code: "NOT_FOUND" }, message: `no image set "${folder}"` }] };
	expect(await ask("0.0.0.0", described)).toMatchObject(refused);
	const measured = `{ model(id: "vit-s") { accuracy(images: { set: "${folder}" }) { images } } }`;
	expect(await ask("0.0.0.0", measured)).toMatchObject(refused);
});
