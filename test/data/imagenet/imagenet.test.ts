import { expect, test } from "vitest";
import { openImageSet } from "../../../src/data/imageSets.ts";
import { metaMat, pngs } from "../../support/imageSetBytes.ts";
import { folderOf, numbered } from "../../support/imageSetFiles.ts";

const wnids = ["n00000001", "n00000002", "n00000003"];
const png = (number: number) => pngs[number] ?? new Uint8Array();
const opened = async (files: Readonly<Record<string, Uint8Array | string>>) => openImageSet(await folderOf(files));

/** Images 0 to 5 in folders, 6 to 8 flat. PNG behind the name of a JPEG is decoded by what it is. */
const train = Object.fromEntries(
	[0, 1, 2, 3, 4, 5].map((number) => [`train/${wnids[number % 3]}/${wnids[number % 3]}_${number}.JPEG`, png(number)]),
);
const val = Object.fromEntries(
	[6, 7, 8].map((number) => [`val/ILSVRC2012_val_${String(number - 5).padStart(8, "0")}.JPEG`, png(number)]),
);
const expected = [
	[6, 0],
	[7, 2],
	[8, 1],
];
/** Of the devkit: its numbers 1, 2, 3 are the wnids ...3, ...1, ...2. */
const truth = { "ILSVRC2012_validation_ground_truth.txt": "2\n1\n3\n" };

test("the devkit's numbers become labels by its meta.mat", async () => {
	for (const name of ["compressed", "plain"]) {
		const set = await opened({
			...train,
			...val,
			"ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt": "2\n1\n3\n",
			"ILSVRC2012_devkit_t12/data/meta.mat": metaMat(name),
		});
		expect(await numbered(set, "validation")).toEqual(expected);
		expect(await numbered(set, "train")).toEqual([0, 1, 2, 3, 4, 5].map((number) => [number, number % 3]));
		expect(set.classNames).toEqual(wnids);
	}
});

test("the devkit's numbers become labels by a classes.tsv that has them", async () => {
	const table = "index\twnid\tname\tid\n0\tn00000001\tant\t2\n1\tn00000002\tbee\t3\n2\tn00000003\tcat\t1\n";
	const set = await opened({ ...val, ...truth, "classes.tsv": table });
	expect(await numbered(set, "validation")).toEqual(expected);
	expect(set.classNames).toEqual(["ant", "bee", "cat"]);
});

test("the devkit's numbers alone are refused: their order is not that of the classes", async () => {
	await expect(opened({ ...val, ...truth })).rejects.toMatchObject({
		code: "NOT_FOUND",
		hint: expect.stringContaining("meta.mat"),
	});
});

test("Kaggle's archive has its labels in tables, by name", async () => {
	const kaggle = Object.fromEntries(
		Object.entries({ ...train, ...val }).map(([name, bytes]) => [`ILSVRC/Data/CLS-LOC/${name}`, bytes]),
	);
	const lines = [6, 7].map((number) => {
		const wnid = wnids[expected.find(([one]) => one === number)?.[1] ?? 0];
		return `ILSVRC2012_val_${String(number - 5).padStart(8, "0")},${wnid} 1 2 3 4 ${wnid} 5 6 7 8 `;
	});
	const set = await opened({
		...kaggle,
		"LOC_val_solution.csv": `ImageId,PredictionString\n${lines.join("\n")}\n`,
		"LOC_synset_mapping.txt": "n00000001 ant, emmet\nn00000002 bee\nn00000003 cat\n",
	});
	expect(await numbered(set, "validation")).toEqual(expected.slice(0, 2));
	expect(set.classNames).toEqual(["ant, emmet", "bee", "cat"]);
	expect(set.skipped).toEqual([
		{ file: "val/ILSVRC2012_val_00000003.JPEG", reason: "the ground truth does not name it" },
	]);
});

test("val with a folder per class is an ordinary divided folder", async () => {
	const set = await opened({ ...train, "val/n00000002/a.JPEG": png(6) });
	expect(await numbered(set, "validation")).toEqual([[6, 1]]);
});

test.each([
	["no labels for val", {}, "NOT_FOUND", /no file tells their labels/],
	[
		"a table with other lines",
		{ "LOC_val_solution.csv": "a,b\nx\n" },
		"BAD_INPUT",
		/LOC_val_solution.csv, line 2: "x"/,
	],
	[
		"a number of no class",
		{ ...truth, "meta.mat": metaMat("plain"), ...{ "ILSVRC2012_validation_ground_truth.txt": "7\n" } },
		"BAD_INPUT",
		/line 1: there is no class "7"/,
	],
	[
		"a meta.mat that is torn",
		{ ...truth, "meta.mat": metaMat("plain").subarray(0, 400) },
		"BAD_INPUT",
		/is no MATLAB 5 file, or is damaged/,
	],
	["a meta.mat of something else", { ...truth, "meta.mat": Buffer.alloc(300) }, "BAD_INPUT", /has no array "synsets"/],
	[
		"a mapping that lacks a class",
		{
			"LOC_val_solution.csv": "i,p\nILSVRC2012_val_00000001,n00000009 1\n",
			"LOC_synset_mapping.txt": "n00000001 ant\n",
		},
		"BAD_INPUT",
		/has no line for n00000009/,
	],
])("ImageNet with %s is refused", async (_what, files, code, message) => {
	await expect(opened({ ...val, ...files })).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});
