import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { reportCommand } from "../../src/cli/report.ts";

const text = readFileSync(new URL("../../site/pages.yml", import.meta.url), "utf8");
// It comes with Eleventy and has no types of its own.
const yaml = createRequire(import.meta.url)("js-yaml") as { load(text: string): unknown };

interface Step {
	readonly id?: string;
	readonly uses?: string;
	readonly run?: string;
	readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
	readonly on: object;
	readonly permissions: Readonly<Record<string, string>>;
	readonly jobs: { readonly report: { readonly steps: readonly Step[] } };
}

const workflow = yaml.load(text) as Workflow;
const { steps } = workflow.jobs.report;

test("the workflow runs at a push and by hand, and may publish pages", () => {
	expect(Object.keys(workflow.on)).toEqual(["push", "workflow_dispatch"]);
	expect(workflow.permissions).toEqual({ contents: "read", pages: "write", "id-token": "write" });
});

test("its steps install, measure and publish the folder that the report is written to", () => {
	const acts = steps.map(({ uses, run }) => uses?.replace(/@.*/, "") ?? run?.split(" ").slice(0, 3).join(" "));
	expect(acts).toEqual([
		"actions/checkout",
		"actions/setup-node",
		"npm ci",
		"actions/configure-pages",
		"actions/cache",
		"npx sightline report",
		"actions/upload-pages-artifact",
		"actions/deploy-pages",
	]);
	const [, ...parameters] =
		/sightline report (.*)$/
			.exec(steps[5]?.run ?? "")?.[0]
			?.split(" ")
			.slice(1) ?? [];
	const command = reportCommand().exitOverride();
	const site = parameters.map((parameter) => parameter.replace('"$SITE_URL"', "https://example.org/name"));
	expect(command.parseOptions(site)).toEqual({ operands: [], unknown: [] });
	expect(command.opts()).toMatchObject({ out: steps[6]?.with?.path, siteUrl: "https://example.org/name/" });
});

test("each step that another one asks for its outputs is there", () => {
	const asked = [...text.matchAll(/steps\.(\w+)\.outputs/g)].map(([, id]) => id);
	const ids = steps.map(({ id }) => id);
	expect(asked.length).toBeGreaterThan(0);
	for (const id of asked) expect(ids).toContain(id);
});

test("it names no host", () => {
	expect(text).not.toMatch(/:\/\/|registry/);
});
