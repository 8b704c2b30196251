import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reports, templates } from "../../reports/index.ts";
import { type OpenServices, openServices } from "../../src/cli/services.ts";
import { parseReportFile } from "../../src/report/reportFile.ts";
import { parseOwnEntries } from "../../src/zoo/parseOwnEntries.ts";
import { modelTable, modelTablePlace } from "./modelTable.ts";

const file = fileURLToPath(new URL("../../README.md", import.meta.url));
const text = await readFile(file, "utf8");

let folder: string;
let services: OpenServices;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "sightline-readme-"));
	services = await openServices({ store: folder, device: "cpu" });
});
afterAll(async () => {
	await services.close();
	await rm(folder, { recursive: true });
});

/** Fenced blocks of a language, each with the JSON block that follows it at once, if one does. */
const examples = [...text.matchAll(/```graphql\n([\s\S]*?)```(?:\n\n```json\n([\s\S]*?)```)?/g)].map(
	([, query = "", answer]) => ({ query, answer }),
);

test.each(examples)(
	"the example is answered: $query",
	async ({ query, answer }) => {
		const { data, errors } = await services.execute({ query }, new AbortController().signal);
		expect(errors).toBeUndefined();
		if (answer === undefined) return;
		const shown = `${JSON.stringify(rounded(data), null, 2).replace(/\[\s+([^[\]{}]*?)\s+\]/g, oneLine)}\n`;
		// SIGHTLINE_UPDATE=1 writes what is measured now.
		if (process.env.SIGHTLINE_UPDATE === "1") await writeFile(file, text.replace(answer, shown));
		else expect(data).toEqual(nearly(answer));
	},
	300_000,
);

/** What the README prints, each number give or take half a hundredth: it is rounded, and devices differ. */
function nearly(answer: string): unknown {
	return JSON.parse(answer, (_, item: unknown) => (typeof item === "number" ? expect.closeTo(item, 2) : item));
}

/** Three decimals. */
function rounded(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value), (_, item: unknown) =>
		typeof item === "number" ? Math.round(item * 1000) / 1000 : item,
	);
}

function oneLine(_: string, items: string): string {
	return `[${items.replace(/\s+/g, " ")}]`;
}

test("the table of models says what their cards say (test/docs/updateReadme.ts writes it)", async () => {
	expect(modelTablePlace.exec(text)?.[0]).toContain(await modelTable());
});

test("the sightline.json of the README is read", () => {
	const [, shown = ""] = /```json\n(\{\s+"models"[\s\S]*?)```/.exec(text) ?? [];
	const { models, imageSets } = parseOwnEntries(JSON.parse(shown), "README", { models: [], imageSets: [] });
	expect(models[0]?.labels).toBe(imageSets[0]?.id);
});

test("the report.json of the README is read, and its table names each check with its bound", () => {
	const [, shown = ""] = /```json\n(\{\s+"template"[\s\S]*?)```/.exec(text) ?? [];
	const { template, choices } = parseReportFile(JSON.parse(shown), "README", templates, (id) => id);
	const checks = template.figures.flatMap((figure) => figure.checks);
	expect(checks.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(choices.checks ?? {})));
	for (const { id, threshold } of checks)
		expect(text).toMatch(new RegExp(`^\\| \`${id}\` \\| .* \\| at (?:least|most) ${threshold} \\|$`, "m"));
});

test("every command of the README is one that there is", async () => {
	const main = await readFile(fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url)), "utf8");
	const named = [...text.matchAll(/sightline (\w+)/g)].map((match) => match[1] as string);
	for (const name of new Set(named)) expect(main).toContain(`${name}Command`);
});

test("every folder of the map is there, and every folder of src is in the map", async () => {
	const { readdir } = await import("node:fs/promises");
	const root = fileURLToPath(new URL("../..", import.meta.url));
	const folders = (await readdir(join(root, "src"), { withFileTypes: true })).filter((entry) => entry.isDirectory());
	for (const { name } of folders) expect(text).toContain(`\`src/${name}\``);
	for (const [, path = ""] of text.matchAll(/`((?:src|site|reports|schema|test)\/?[a-z/]*)`/g)) {
		await expect(readdir(join(root, path)), path).resolves.toBeDefined();
	}
});

test("every claim of every report has its verdict in the README", async () => {
	const claims = reports.flatMap(({ figures }) => figures.flatMap((figure) => figure.claims));
	for (const { id, sentence } of claims)
		expect(text).toMatch(new RegExp(`^\\| ${id} +\\| ${escaped(sentence)} +\\| `, "m"));
});

function escaped(words: string): string {
	return words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
