/** The training of the zoo, on a recipe of seconds. Needs Python with PyTorch (SIGHTLINE_PYTHON, or python3). */
import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { copyFile, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { buildArchitecture } from "../../src/architecture/architecture.ts";
import { readSafetensors } from "../../src/checkpoint/safetensors.ts";
import { parseCard } from "../../src/zoo/card.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const python = process.env.SIGHTLINE_PYTHON ?? "python3";
const hasTorch = spawnSync(python, ["-c", "import numpy, torch; torch.optim.Muon"]).status === 0;
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const [script, recipe] = [path("../../src/zoo/training/train.py"), path("../fixtures/training/smoke.json")];

test.skipIf(!hasTorch)(
	"a recipe becomes weights and a card; stopped and gone on with, the same to the byte (needs Python with PyTorch)",
	async () => {
		const [cache, whole, sliced] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()];
		const train = (out: string, folder: string, ...more: readonly string[]) =>
			promisify(execFile)(python, [script, recipe, "--cache", folder, "--out", out, "--threads", "1", ...more]);
		await train(whole, cache);
		const weights = await readFile(join(whole, "smoke.safetensors"));
		const card = parseCard(JSON.parse(await readFile(join(whole, "smoke.card.json"), "utf8")), "smoke.card.json");
		expect(card).toMatchObject({ id: "smoke", imagesSeen: 12_800, imagesDistinct: 1280, startsFrom: null });
		expect(card.recipeDigest).toBe(createHash("sha256").update(readFileSync(recipe)).digest("hex"));
		const [last] = card.curve.slice(-1);
		// One in thirty by chance.
		expect(last?.validationAccuracy).toBeGreaterThan(0.06);

		const shape = { imageSide: 64, patch: 16, width: 24, depth: 2, heads: 2, mlpRatio: 2, classes: 30 };
		const architecture = { family: "vit", ...shape, pooling: "cls", normEpsilon: 1e-6 } as const;
		const model = buildArchitecture(architecture, readSafetensors(weights));
		expect(findAnatomy(model).parameters).toBe(card.parameters);

		// The first slice ends after a step; the second begins where it ended.
		const again = await temporaryFolder();
		// The images, without the state.
		for (const file of await readdir(cache))
			if (file.endsWith(".bin")) await copyFile(join(cache, file), join(again, file));
		await train(sliced, again, "--minutes", "0");
		await train(sliced, again);
		expect(await readFile(join(sliced, "smoke.safetensors"))).toEqual(weights);
	},
	300_000,
);
