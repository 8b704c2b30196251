import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { realEntries } from "../support/realEntries.ts";
import { sharedData } from "../support/sharedData.ts";
import { writeStandIn } from "../support/standIns.ts";
import { sightline } from "./sightline.ts";

/** A folder with two untrained ViTs, one of them under two names. */
let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "sightline-report-"));
	const [one, other] = [await writeStandIn(folder, "vit-one"), await writeStandIn(folder, "vit-other")];
	const models = [one, { ...one, id: "vit-copy", title: "copy" }, other];
	await writeFile(join(folder, "sightline.json"), JSON.stringify({ models }));
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...parameters: string[]) =>
	sightline(["report", ...parameters, "--store", join(folder, "store"), "--device", "cpu"], { folder });
const compared = (models: string, ...parameters: string[]) =>
	run("model-diff", "--models", models, "--count", "64", ...parameters);

interface Told {
	readonly checks: readonly { readonly id: string; readonly verdict: string; readonly interval: { value: number } }[];
}

describe("model-diff", () => {
	test("passes a copy of a model, whose blocks are the same within the precision of floats", async () => {
		const { stdout, exitCode } = await compared("vit-one,vit-copy", "--json");
		const { checks } = JSON.parse(stdout.toString()) as Told;
		expect(checks.map(({ id, verdict }) => [id, verdict])).toEqual([
			["blockCka", "passed"],
			["normChange", "passed"],
			["distanceChange", "passed"],
			["sameClass", "passed"],
			["accuracyDrop", "passed"],
		]);
		expect(checks[0]?.interval.value).toBeCloseTo(1, 6);
		expect(exitCode).toBe(0);
		expect(await readFile(join(folder, "_site/index.html"), "utf8")).toContain("No check is missed.");
	});

	test("fails two models with exit code 1, and a table of what was missed", async () => {
		const { stdout, exitCode } = await compared("after=vit-other,before=vit-one");
		expect(stdout.toString()).toMatch(/blockCka +missed +0\.\d{4} +0\.\d{4} to \d\.\d{4} +at least 0\.99/);
		expect(exitCode).toBe(1);
		expect(await readFile(join(folder, "_site/index.html"), "utf8")).toMatch(/checks are missed/);
	});

	test("takes bounds, models and images from a report.json, and what an option says over it", async () => {
		const checks = { blockCka: -1, normChange: 1000, distanceChange: false, sameClass: 0, accuracyDrop: 1 };
		const images = { count: 64, batchSize: 16 };
		const file = { template: "model-diff", models: ["vit-one", "vit-other"], images, title: "Lenient", checks };
		await writeFile(join(folder, "report.json"), JSON.stringify(file));
		const { stdout, exitCode } = await run("--config", "report.json", "--title", "Lenient indeed", "--json");
		expect(exitCode).toBe(0);
		const { reports, checks: judged } = JSON.parse(stdout.toString());
		expect(reports[0]).toMatchObject({ title: "Lenient indeed", file: { models: { before: "vit-one" }, checks } });
		expect(judged.map(({ id }: { id: string }) => id)).toEqual(["blockCka", "normChange", "sameClass", "accuracyDrop"]);
	});

	test("wants models, a report and a file that there are, and leaves the last site where it fails", async () => {
		const before = await stat(join(folder, "_site/index.html"));
		expect((await run("model-diff")).stderr).toMatch(/no models of its own[\s\S]*--models before=\.\.\.,after=\.\.\./);
		expect((await run("model-dif")).stderr).toMatch(/no report "model-dif"[\s\S]*Did you mean model-diff/);
		expect((await run("--config", "nothing.json")).stderr).toMatch(/no file nothing\.json/);
		const { stderr, exitCode } = await compared("vit-one,vit-othr");
		expect(stderr).toMatch(/vit-othr: [\s\S]*Did you mean vit-other/);
		expect(exitCode).toBe(1);
		expect((await stat(join(folder, "_site/index.html"))).mtimeMs).toBe(before.mtimeMs);
	});
});

describe.skipIf(sharedData === null)("on the real ViT-Tiny and ResNet-56 (need SIGHTLINE_TEST_DATA)", () => {
	let real: string;
	beforeAll(async () => {
		real = await mkdtemp(join(tmpdir(), "sightline-report-"));
		const { models, imageSets } = realEntries(sharedData ?? "");
		const vit = models[0] as { source: { file: string } };
		const file = vit.source.file.replace(/onnx$/, "safetensors");
		const checkpoint = { ...vit, id: "vit-tiny-checkpoint", source: { kind: "safetensors", file } };
		await writeFile(join(real, "sightline.json"), JSON.stringify({ models: [...models, checkpoint], imageSets }));
	});
	afterAll(() => rm(real, { recursive: true }));
	const common = ["--images", "photographs", "--count", "16", "--device", "cpu", "--json"];
	const ask = (...parameters: string[]) =>
		sightline(["report", ...parameters, ...common, "--store", join(real, "store")], { folder: real });

	test("one command makes the report of both, and names what it leaves out", async () => {
		const figures = ["--figures", "1,2,3,4,7,11"];
		const { stdout, exitCode } = await ask("--models", "vit-tiny,resnet56", ...figures, "--title", "Ours");
		expect(exitCode).toBe(0);
		const { reports } = JSON.parse(stdout.toString());
		expect(reports[0]).toMatchObject({ title: "Ours", file: { models: { vit: "vit-tiny", resnet: "resnet56" } } });
		expect(reports[0].omitted.map(({ id }: { id: string }) => id.slice(0, 2))).toEqual(["04", "11"]);
		const page = await readFile(join(real, "_site/raghu-2021/02-cross-model-similarity/index.html"), "utf8");
		expect(page).toContain("vit-tiny × resnet56");
	}, 300_000);

	test("the gate passes the same weights in two formats, and fails two models", async () => {
		const same = await ask("model-diff", "--models", "vit-tiny-checkpoint,vit-tiny");
		expect(JSON.parse(same.stdout.toString()).checks[0].interval.value).toBeCloseTo(1, 4);
		expect(same.exitCode).toBe(0);
		const other = await ask("model-diff", "--models", "vit-tiny,resnet56");
		expect(JSON.parse(other.stdout.toString()).checks[0]).toMatchObject({ verdict: "missed", interval: null });
		expect(other.exitCode).toBe(1);
	}, 300_000);
});
