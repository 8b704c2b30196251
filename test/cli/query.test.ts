import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sightline } from "./sightline.ts";

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "sightline-query-"));
});
afterAll(() => rm(folder, { recursive: true }));

const store = () => ["--store", join(folder, "store"), "--device", "cpu"];

test("a query from stdin is measured, its answer alone is on stdout, its progress on stderr", async () => {
	const query = '{ model(id: "vit-s") { accuracy(images: { count: 64 }) { images provenance { cached } } } }';
	const first = await sightline(["query", "-", ...store()], { stdin: query });
	expect(first.exitCode).toBe(0);
	expect(JSON.parse(first.stdout.toString())).toEqual({
		data: { model: { accuracy: { images: 64, provenance: { cached: false } } } },
	});
	expect(first.stderr).toContain("vit-s: 64 of 64 images, done");

	const second = await sightline(["query", "-", ...store()], { stdin: query });
	expect(second.stdout.toString()).toContain('"cached": true');
	expect(second.stderr).toBe("");
});

test("a query from a file takes variables and the name of an operation", async () => {
	const file = join(folder, "query.graphql");
	await writeFile(file, "query A { models { id } } query B($id: ID!) { model(id: $id) { family } }");
	const variables = JSON.stringify({ id: "resnet-s" });
	const { stdout } = await sightline(["query", file, "--operation", "B", "--variables", variables, ...store()]);
	expect(JSON.parse(stdout.toString())).toEqual({ data: { model: { family: "CNN" } } });
});

test("errors of a query are in its answer, and the command ends with 1", async () => {
	const { stdout, exitCode } = await sightline(["query", ...store()], { stdin: '{ model(id: "vit-x") { id } }' });
	const { errors } = JSON.parse(stdout.toString()) as { errors: { extensions: { code: string; hint: string } }[] };
	expect(errors[0]?.extensions).toMatchObject({ code: "NOT_FOUND", hint: "Did you mean vit-s or vit-l?" });
	expect(exitCode).toBe(1);
});

test("a file that is not there is named", async () => {
	const { stderr, exitCode } = await sightline(["query", join(folder, "gone.graphql"), ...store()]);
	expect(stderr).toBe(`error: there is no file ${join(folder, "gone.graphql")}\n`);
	expect(exitCode).toBe(1);
});
