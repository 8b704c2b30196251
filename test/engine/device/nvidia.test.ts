import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nvidiaName } from "../../../src/engine/device/nvidia.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

test("a card is named as its driver names it, and none is no name", async () => {
	const folder = await temporaryFolder();
	expect(nvidiaName(join(folder, "missing"))).toBeUndefined();
	expect(nvidiaName(folder)).toBeUndefined();
	await mkdir(join(folder, "0000:0f:00.0"));
	await writeFile(join(folder, "0000:0f:00.0", "information"), "Model: \t\t NVIDIA H200\nIRQ:   \t\t 16\n");
	expect(nvidiaName(folder)).toBe("NVIDIA H200");
});
