import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { weightsFolder } from "../../src/data/modelFile.ts";
import { zoo } from "../../src/zoo/zoo.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { sightline } from "./sightline.ts";

const embedded = zoo.find(({ id }) => id === "vit-s");
if (embedded === undefined) throw new Error("there is no vit-s");

/** A folder where ViT-S is named under another id, with pixels prepared as told. */
async function folderWith(preprocessing: object, accuracy?: object): Promise<string> {
	const folder = await temporaryFolder();
	const file = join(weightsFolder, "vit-s.safetensors");
	const entry = { ...embedded, id: "mine", source: { ...embedded?.source, file }, preprocessing, accuracy };
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

test("what an entry claims is looked into on the images that it names", async () => {
	const folder = await folderWith({ ...embedded.preprocessing }, { top1: 0.5, images: "leaves-shifted" });
	const { stdout, exitCode } = await sightline(["verify", "mine", "--json", ...options(folder)], { folder });
	expect(JSON.parse(stdout.toString())).toMatchObject({
		images: { set: "leaves-shifted" },
		claimed: 0.5,
		agrees: expect.any(Boolean),
	});
	expect(exitCode).toBe(0);
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
