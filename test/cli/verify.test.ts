import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { weightsFolder } from "../../src/data/modelFile.ts";
import { zoo } from "../../src/zoo/zoo.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { sightline } from "./sightline.ts";

const embedded = zoo.find(({ id }) => id === "vit-s");
if (embedded === undefined) throw new Error("there is no vit-s");

/** A folder where ViT-S is named under another id, with pixels prepared as told. */
async function folderWith(preprocessing: object): Promise<string> {
	const folder = await temporaryFolder();
	const file = join(weightsFolder, "vit-s.safetensors");
	const entry = { ...embedded, id: "mine", source: { ...embedded?.source, file }, preprocessing };
	await writeFile(join(folder, "sightline.json"), JSON.stringify({ models: [entry] }));
	return folder;
}
const options = (folder: string) => ["--store", join(folder, "store"), "--device", "cpu"];

test("a model that does as well as its card claims looks right", async () => {
	const folder = await temporaryFolder();
	const { stdout, exitCode } = await sightline(["verify", "vit-s", "--json", ...options(folder)], { folder });
	expect(JSON.parse(stdout.toString())).toMatchObject({
		right: true,
		claimed: expect.closeTo(0.941, 3),
		chance: 1 / 30,
		better: null,
	});
	expect(exitCode).toBe(0);
});

test("what an entry claims is compared with the interval of what is measured on the images that it names", async () => {
	const folder = await folderWith({ ...embedded.preprocessing });
	const file = join(folder, "sightline.json");
	const claiming = async (top1: number) => {
		const { models } = JSON.parse(await readFile(file, "utf8"));
		const accuracy = { top1, images: "leaves-shifted" };
		await writeFile(file, JSON.stringify({ models: [{ ...models[0], accuracy, labels: null }] }));
		const { stdout, exitCode } = await sightline(["verify", "mine", "--json", ...options(folder)], { folder });
		return { ...JSON.parse(stdout.toString()), exitCode };
	};
	const found = await claiming(0);
	expect(found).toMatchObject({ images: { set: "leaves-shifted" }, right: true, agrees: false, exitCode: 0 });
	expect(await claiming(found.top1.value)).toMatchObject({ right: true, agrees: true, exitCode: 0 });
	const above = await claiming(found.top1.high + 0.01);
	expect(above).toMatchObject({ right: true, agrees: false, why: expect.stringContaining("lies above the interval") });
	expect(await claiming(found.top1.high + 0.06)).toMatchObject({ right: false, agrees: false, exitCode: 1 });
});

test("pixels that are prepared otherwise than the model was trained with are found out, and what would be better is named", async () => {
	const folder = await folderWith({ resize: "bilinear", shortSide: null, mean: [3, 3, 3], deviation: [0.1, 0.1, 0.1] });
	const { stdout, exitCode } = await sightline(["verify", "mine", ...options(folder)], { folder });
	expect(stdout.toString()).toMatch(
		/does not look right: It is not clearly[\s\S]*With pixels in -1\.\.1 it is 9\d\.\d %/,
	);
	expect(exitCode).toBe(1);
});

test("without labels it says what is wanted", async () => {
	const folder = await folderWith({ ...embedded.preprocessing });
	const { stderr, exitCode } = await sightline(["verify", "mine", "--images", "nothing", ...options(folder)], {
		folder,
	});
	expect([exitCode, stderr]).toEqual([1, expect.stringContaining("nothing")]);
});
