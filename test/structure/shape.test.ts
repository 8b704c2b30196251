import { expect, test } from "vitest";
import { sources } from "./sources.ts";

const project = sources("src", "site", "reports");

test("half of the files are shorter than 150 lines", () => {
	const lengths = project.map(({ text }) => text.split("\n").length).sort((a, b) => a - b);
	expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(150);
});

test("nothing is called utils: a helper lives with its concept", () => {
	const nameless = /(?:^|\/)(?:utils?|helpers?|common|misc|lib)(?:\/|\.tsx?$)/;
	expect(project.map(({ path }) => path).filter((path) => nameless.test(path))).toEqual([]);
});

test("every file says what it is or holds", () => {
	expect(project.filter(({ text }) => !text.includes("/**")).map(({ path }) => path)).toEqual([]);
});

test("no work is left for later in the source", () => {
	const marked = project.filter(({ text }) => /\b(?:TODO|FIXME|XXX)\b/.test(text));
	expect(marked.map(({ path }) => path)).toEqual([]);
});

test("no dependency is imported that package.json does not list for run time", async () => {
	const { default: manifest } = await import("../../package.json", { with: { type: "json" } });
	const listed = Object.keys(manifest.dependencies);
	// Bundled before publishing, or run by developers only.
	const buildTime = /^site\/(?:playground|browser)\/|^(?:site\/bundle|src\/graphql\/codegen)\.ts$/;
	const imported = project
		.filter(({ path }) => !buildTime.test(path))
		.flatMap(({ path, text }) =>
			[...text.matchAll(/^import (?!type)[^;"]*?"([^.][^"]*)";/gm)].map((match) => ({
				path,
				name: match[1] as string,
			})),
		)
		.map(({ path, name }) => ({ path, name: name.split("/", name.startsWith("@") ? 2 : 1).join("/") }))
		.filter(({ name }) => !name.startsWith("node:") && !listed.includes(name));
	expect(imported).toEqual([]);
});
