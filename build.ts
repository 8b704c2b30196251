/**
 * Builds dist/: the compiled code and, at the same places beside it, the files that it reads, so that a path relative to
 * `import.meta.url` holds for the sources, for dist/ and for the published package alike; then the bundles for browsers.
 *
 * `npm run build` always builds. `npm ci`, `npm pack` and the first `npx sightline` run it with --if-changed, so that a
 * command that runs from dist/ does not lose its files to one that is just starting; a new dist/ takes the old one's
 * place when all of it is there. `npm run dev` bundles what browsers load and runs `serve` from the sources, anew at each
 * change of them: values come from the store, and open pages load themselves again.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleAssets } from "./site/bundle.ts";
import { buildPlayground } from "./site/playground/build.ts";

process.chdir(fileURLToPath(new URL(".", import.meta.url)));

const inputs = ["build.ts", "package.json", "package-lock.json", "tsconfig.json", "schema", "src", "reports", "site"];
/** Folders whose files other than code are read at run time. */
const foldersWithAssets = ["schema", "src/zoo/weights", "reports"];
const building = "node_modules/.sightline-build";

if (process.argv[2] === "--dev") {
	await bundleAssets("dist/site/assets");
	// What follows is a command: "serve" with its options.
	process.argv.splice(1, 2, "sightline");
	await import("./src/cli/main.ts");
} else if (process.argv.includes("--if-changed") && isCurrent()) {
	process.stdout.write("dist/ is current\n");
} else {
	rmSync(building, { recursive: true, force: true });
	compile();
	for (const folder of foldersWithAssets.filter((folder) => existsSync(folder))) copyAssets(folder);
	// For those who publish a site with the installed package.
	cpSync("site/pages.yml", `${building}/site/pages.yml`);
	await bundleAssets(`${building}/site/assets`);
	await buildPlayground(`${building}/site/playground`);
	chmodSync(`${building}/src/cli/main.js`, 0o755);
	rmSync("dist", { recursive: true, force: true });
	renameSync(building, "dist");
}

/** Whether no source is newer than what was compiled from it. */
function isCurrent(): boolean {
	if (!existsSync("dist/src/cli/main.js")) return false;
	const builtAt = statSync("dist").ctimeMs;
	return inputs.flatMap(filesIn).every((file) => statSync(file).mtimeMs <= builtAt);
}

function filesIn(path: string): string[] {
	if (!statSync(path).isDirectory()) return [path];
	const entries = readdirSync(path, { recursive: true, withFileTypes: true });
	return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function compile(): void {
	const compiler = fileURLToPath(import.meta.resolve("typescript/package.json")).replace(/package\.json$/, "bin/tsc");
	const { status } = spawnSync(process.execPath, [compiler, "--outDir", building], { stdio: "inherit" });
	if (status !== 0) process.exit(status ?? 1);
}

function copyAssets(folder: string): void {
	cpSync(folder, `${building}/${folder}`, { recursive: true, filter: (source) => !source.endsWith(".ts") });
}
