/**
 * Bundles GraphiQL from its npm packages into one folder that needs no other host: a page, a script, styles, a font and
 * the workers of its editor. Part of `npm run build`; alone: `npx tsx site/playground/build.ts [folder]`.
 */
import { cpSync, mkdirSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export async function buildPlayground(folder: string = here("../../dist/site/playground")): Promise<void> {
	mkdirSync(folder, { recursive: true });
	cpSync(here("index.html"), `${folder}/index.html`);
	await build({
		entryPoints: {
			playground: here("playground.tsx"),
			// GraphiQL's editor runs its language services in workers, which it cannot find in a bundle by itself.
			"editor.worker": "monaco-editor/esm/vs/editor/editor.worker.js",
			"graphql.worker": "monaco-graphql/esm/graphql.worker.js",
			"json.worker": "monaco-editor/esm/vs/language/json/json.worker.js",
		},
		absWorkingDir: here("../.."),
		outdir: folder,
		bundle: true,
		minify: true,
		format: "iife",
		target: "es2022",
		jsx: "automatic",
		define: { "process.env.NODE_ENV": '"production"' },
		loader: { ".graphql": "text", ".ttf": "file", ".woff2": "file" },
		assetNames: "[name]",
		legalComments: "linked",
		logLevel: "warning",
	});
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await buildPlayground(process.argv[2]);
