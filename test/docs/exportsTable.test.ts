/** The README's table of exports is what is found today; SIGHTLINE_UPDATE=1 writes it. */
import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { standardForm } from "../../src/onnx/standard/standardForm.ts";
import { exportedModel, exports } from "../support/exports.ts";
import { exportsTable, type Refused } from "./exportsTable.ts";

const readme = new URL("../../README.md", import.meta.url);
const refused: Refused = JSON.parse(readFileSync(new URL("../fixtures/exports/refused.json", import.meta.url), "utf8"));
const place = /(<!-- exports -->\n\n)[\s\S]*?(\n## )/;

test("every export stands in the README with what is found in it", { timeout: 120_000 }, () => {
	const recognised = exports.map((model) => ({
		model,
		anatomy: model.shortfall?.found === null ? null : findAnatomy(standardForm(exportedModel(model.name))),
	}));
	const table = exportsTable(recognised, refused);
	const text = readFileSync(readme, "utf8");
	expect(text).toMatch(place);
	const written = text.replace(place, (_, before: string, after: string) => `${before}${table}${after}`);
	if (process.env.SIGHTLINE_UPDATE === "1") writeFileSync(readme, written);
	else expect(text).toBe(written);
});
