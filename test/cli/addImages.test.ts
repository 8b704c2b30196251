import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { table, tar } from "../support/imageSetBytes.ts";
import { folderOf } from "../support/imageSetFiles.ts";
import { pictureFolder, threeClasses } from "../support/pictureFolder.ts";
import { sightline } from "./sightline.ts";

test("what was found is told and named in sightline.json, where queries find it", async () => {
	const pictures = Object.entries(threeClasses).map(([file, content]) => [`our pictures/${file}`, content] as const);
	const folder = await pictureFolder({
		...Object.fromEntries(pictures),
		"our pictures/ant/torn.png": Buffer.from("no image"),
	});
	const { stdout, stderr, exitCode } = await sightline(["add-images", "our pictures", "--title", "Ours"], { folder });
	expect([stderr, exitCode]).toEqual(["", 0]);
	const told = stdout
		.toString()
		.replace(/[0-9a-f]{64}/, "<digest>")
		.replace(/\d\.\d+ kB/, "<size>");
	expect(told).toMatchInlineSnapshot(`
		"kind     folder
		images   12
		size     <size>
		pixels   8 x 8
		splits   probe 6, test 6, all 12
		classes  3: ant, bee, cat
		skipped  1
		digest   <digest>
		  ant/torn.png: it is in no known image format, or torn at its beginning
		added as "our-pictures" in sightline.json
		"
	`);
	const written = JSON.parse(await readFile(join(folder, "sightline.json"), "utf8"));
	expect(written.imageSets).toEqual([
		{
			id: "our-pictures",
			title: "Ours",
			source: { kind: "folder", path: "our pictures" },
			digest: expect.stringMatching(/^[0-9a-f]{64}$/),
		},
	]);
	const images = await sightline(["images", "our-pictures", "--split", "all", "--count", "12", "--raw"], { folder });
	expect(images.stdout.length).toBe(12 * (2 + 8 * 8 * 3));
});

test("tables and archives are added by their paths; --json tells all", async () => {
	const folder = await folderOf({ "sets/data/train-0.parquet": table("snappy"), "a.tar": tar("names") });
	const added = await sightline(["add-images", "sets", "--id", "flowers", "--json"], { folder });
	expect(JSON.parse(added.stdout.toString())).toMatchObject({
		how: "added",
		id: "flowers",
		kind: "parquet",
		splits: [
			{ name: "train", count: 12 },
			{ name: "all", count: 12 },
		],
		classNames: ["ant", "bee", "cat"],
		smallest: [5, 6],
		skipped: [],
	});
	const archive = await sightline(["add-images", "a.tar", "--upright", "--strict"], { folder });
	expect(archive.stdout.toString()).toContain('added as "a" in sightline.json');
	const { imageSets } = JSON.parse(await readFile(join(folder, "sightline.json"), "utf8"));
	expect(imageSets[1]).toMatchObject({ source: { kind: "tar", path: "a.tar" }, strict: true, upright: true });
});

test("added again, a set is looked at anew; its id is refused to other images", async () => {
	const folder = await pictureFolder({ "a/1.png": { shade: 1 }, "b/1.png": { shade: 1 } });
	await sightline(["add-images", "a", "--id", "mine"], { folder });
	await writeFile(join(folder, "a/2.png"), await readFile(join(folder, "a/1.png")));
	const changed = await sightline(["images", "mine", "--split", "all", "--count", "1"], { folder });
	expect(changed.stderr).toMatch(/^error: the images of mine are .* as its entry says/);
	const again = await sightline(["add-images", "a", "--id", "mine"], { folder });
	expect(again.stdout.toString()).toMatch(/images +2\n(?:.*\n)*replaced as "mine"/);
	const other = await sightline(["add-images", "b", "--id", "mine"], { folder });
	expect([other.stderr, other.exitCode]).toEqual([
		'error: sightline.json: "mine" is the id of another entry of imageSets\nChoose another id.\n',
		1,
	]);
});

test.each([
	["a path where nothing is", ["nowhere"], /^error: there is no folder or file .*nowhere\n/],
	["a set that --strict refuses", ["torn", "--strict"], /^error: .*torn holds what cannot be read: b.png/],
	["the id of a set that comes along", ["torn", "--id", "leaves"], /"leaves", which another has already/],
	["a file that is no set", ["torn/a.png"], /is no image set\nIt is an image: name the folder that it lies in/],
])("%s ends with 1 and writes nothing", async (_what, parameters, message) => {
	const folder = await pictureFolder({ "torn/a.png": { shade: 1 }, "torn/b.png": Buffer.from("x") });
	const { stderr, exitCode } = await sightline(["add-images", ...parameters], { folder });
	expect(stderr).toMatch(message);
	expect(exitCode).toBe(1);
	await expect(readFile(join(folder, "sightline.json"))).rejects.toThrow(/ENOENT/);
});
