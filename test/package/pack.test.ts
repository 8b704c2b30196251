import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));

let folder: string;
let files: readonly string[];
let main: string;

/**
 * What `npm install sightline-<version>.tgz` makes of the packed file, without asking a registry: the package unpacked,
 * and beside it its run-time dependencies as the lock file has them. Nothing of this project's folder is on the way.
 */
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "sightline-package-"));
	const pack = ["pack", "--json", "--pack-destination", folder];
	const { stdout } = await run("npm", pack, { cwd: root, maxBuffer: 2 ** 26, shell: process.platform === "win32" });
	// "prepare" prints before the JSON.
	const [packed] = JSON.parse(stdout.slice(stdout.indexOf("[\n"))) as { filename: string; files: { path: string }[] }[];
	files = packed?.files.map(({ path }) => path) ?? [];
	const installed = join(folder, "node_modules", "sightline");
	await mkdir(installed, { recursive: true });
	await run("tar", ["-xzf", join(folder, packed?.filename ?? ""), "-C", installed, "--strip-components=1"]);
	for (const name of await runtimeDependencies()) {
		const link = join(folder, "node_modules", name);
		await mkdir(dirname(link), { recursive: true });
		await symlink(join(root, "node_modules", name), link, "junction");
	}
	main = join(installed, "dist/src/cli/main.js");
}, 300_000);
afterAll(() => rm(folder, { recursive: true }));

async function runtimeDependencies(): Promise<string[]> {
	const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { dependencies: object };
	return Object.keys(manifest.dependencies);
}

async function installed(...parameters: string[]): Promise<string> {
	const options = { cwd: folder, env: { ...process.env, SIGHTLINE_STORE: join(folder, "store") } };
	return (await run(process.execPath, [main, ...parameters], options)).stdout;
}

test("it holds the compiled code, the weights, the playground and the texts, and no sources", () => {
	for (const path of [
		"LICENSE",
		"README.md",
		"dist/src/cli/main.js",
		"dist/src/zoo/weights/vit-s.safetensors",
		"dist/site/playground/index.html",
		"dist/schema/sightline.schema.json",
		"dist/site/pages.yml",
		"dist/site/assets/sightline-figure.js",
		"dist/reports/raghu-2021/figures/05-head-subsets/query.graphql",
	]) {
		expect(files).toContain(path);
	}
	expect(files.filter((path) => /(?<!\.d)\.tsx?$|^(?:src|test|site)\/|\.py$/.test(path))).toEqual([]);
});

test("it lists its models", async () => {
	const models = JSON.parse(await installed("models", "--json")) as { id: string }[];
	expect(models.map(({ id }) => id)).toEqual(expect.arrayContaining(["vit-s", "vit-s-gap", "resnet-s"]));
});

test("it opens a model", async () => {
	expect(JSON.parse(await installed("inspect", "vit-s", "--json"))).toMatchObject({ family: "vit", blocks: 6 });
});

test("it measures, judges and writes a site", async () => {
	const out = join(folder, "site");
	const { claims } = JSON.parse(
		await installed("report", "--figures", "1,2,3", "--count", "256", "--out", out, "--json"),
	) as { claims: [] };
	expect(claims.length).toBeGreaterThan(0);
	expect(await readFile(join(out, "index.html"), "utf8")).toContain("<!DOCTYPE html>");
}, 240_000);
