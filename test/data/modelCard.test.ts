import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCard } from "../../src/data/modelCard.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

test("a model of the user's has no card, and one that is not trained yet has none", async () => {
	const folder = await temporaryFolder();
	expect(await readCard("/somewhere/mine.onnx")).toBeNull();
	expect(await readCard("vit-s", folder)).toBeNull();
});

test("a damaged card is named", async () => {
	const folder = await temporaryFolder();
	await writeFile(join(folder, "vit-s.card.json"), "{}");
	await expect(readCard("vit-s", folder)).rejects.toThrow(/vit-s\.card\.json\.id is missing, expected a text/);
});
