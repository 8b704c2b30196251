import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sightline } from "./sightline.ts";

const data = process.env.SIGHTLINE_TEST_DATA;

test("--json of an embedded ViT names what was found", async () => {
	const { stdout, exitCode } = await sightline(["inspect", "vit-s", "--json"]);
	expect(exitCode).toBe(0);
	expect(JSON.parse(stdout.toString())).toMatchObject({
		id: "vit-s",
		family: "vit",
		blocks: 6,
		layers: { all: 39, blocks: 6 },
		headsPerAttention: 6,
		residualAdditions: 12,
		tokenGrid: [8, 8],
		classToken: true,
		pooling: "cls",
		parameters: 699_006,
	});
});

test("a CNN has no heads, no token grid and no class token", async () => {
	const { stdout } = await sightline(["inspect", "resnet-s", "--json"]);
	expect(JSON.parse(stdout.toString())).toMatchObject({
		family: "cnn",
		attentions: 0,
		headsPerAttention: null,
		tokenGrid: null,
		classToken: null,
		unitsPerStage: [2, 2, 2, 2],
	});
});

test("the outline is in words, with a line for blocks that are alike", async () => {
	const text = (await sightline(["inspect", "vit-s"])).stdout.toString();
	expect(text).toContain("8 x 8 patches of 8 px behind a class token");
	expect(text).toMatch(/^ *blocks\.0-5 +65 x 96 +6 x encoder, 6 heads: .* mlpHidden /m);
	expect(text).toMatch(/^ *classToken +certain +A learned token/m);
});

test("every measurement is listed, with the reason where it does not apply", async () => {
	const reasonsOf = async (id: string) => {
		const { stdout } = await sightline(["inspect", id, "--json"]);
		const { measurements } = JSON.parse(stdout.toString()) as {
			readonly measurements: readonly { readonly measurement: string; readonly reason: string | null }[];
		};
		return new Map(measurements.map(({ measurement, reason }) => [measurement, reason]));
	};
	const [vit, resnet] = await Promise.all(["vit-s", "resnet-s"].map(reasonsOf));
	expect([...(vit?.values() ?? [])].every((reason) => reason === null)).toBe(true);
	expect(vit?.size).toBeGreaterThanOrEqual(10);
	expect(resnet?.get("attentionDistance")).toBe("it has no attention whose weights the graph holds");
	expect(resnet?.get("headSubsetCka")).toBe("it has no attention whose weights the graph holds");
	expect(resnet?.get("receptiveField")).toBeNull();
	const text = (await sightline(["inspect", "resnet-s"])).stdout.toString();
	expect(text).toMatch(/^residualNorms +applies$/m);
	expect(text).toMatch(/^attentionEntropy +it has no attention/m);
});

test("--html writes a page that loads nothing, with every finding and measurement", async () => {
	const folder = await mkdtemp(join(tmpdir(), "sightline-inspect-"));
	try {
		const file = join(folder, "model.html");
		const { stdout, exitCode } = await sightline(["inspect", "resnet-s", "--html", file]);
		expect([stdout.toString(), exitCode]).toEqual(["", 0]);
		const page = await readFile(file, "utf8");
		expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
		expect(page).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import/);
		expect(page).toContain("<h3>blocks.0 <span>bottleneck, stage 0</span></h3>");
		expect(page).toContain("unit joins the stream");
		for (const part of ["input", "blocks", "pooling"])
			expect(page).toContain(`<th scope="row">${part}</th><td>certain`);
		expect(page).toContain('<th scope="row">residualNorms</th><td>yes</td>');
	} finally {
		await rm(folder, { recursive: true });
	}
});

test("--graph prints a line a node", async () => {
	const text = (await sightline(["inspect", "vit-s", "--graph"])).stdout.toString();
	expect(text.match(/= Softmax/g)).toHaveLength(6);
});

test.skipIf(data === undefined)("--json of the real ViT-Tiny (needs SIGHTLINE_TEST_DATA)", async () => {
	const path = join(data ?? "", "models/vit-tiny-patch16-224/model.onnx");
	const { stdout } = await sightline(["inspect", path, "--json"]);
	expect(JSON.parse(stdout.toString())).toMatchObject({
		family: "vit",
		blocks: 12,
		layers: { all: 75, blocks: 12 },
		attentions: 12,
		headsPerAttention: 3,
		residualAdditions: 24,
		tokenGrid: [14, 14],
		classToken: true,
		pooling: "cls",
		parameters: 5_717_416,
	});
});

test("a file that is no model is named, with what was expected", async () => {
	const { stderr, exitCode } = await sightline(["inspect", "package.json"]);
	expect(stderr).toContain('no model "package.json"');
	expect(exitCode).toBe(1);
});
