import { expect, test } from "vitest";
import { pairs, table } from "../../src/cli/table.ts";

test("columns are as wide as their widest cell, numbers stand at the right", () => {
	const text = table(
		["model", "images", "accuracy"],
		[
			["vit-s", 512, null],
			["resnet-s", 4, 0.95],
		],
	);
	expect(text).toBe("model     images  accuracy\nvit-s        512         -\nresnet-s       4      0.95\n");
});

test("a table without rows is its heading", () => {
	expect(table(["model"], [])).toBe("model\n");
});

test("pairs stand in two columns", () => {
	expect(
		pairs([
			["Node", "20.20.2"],
			["device", null],
		]),
	).toBe("Node    20.20.2\ndevice  -\n");
});
