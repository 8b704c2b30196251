import { expect, test } from "vitest";
import { anatomyOutline } from "../../site/parts/outline.ts";
import { readZoo } from "../../src/report/zooModels.ts";
import { syntheticExecute } from "../support/syntheticApi.ts";

test("a model's outline has every layer once, in order, under the block that it belongs to", async () => {
	const models = await readZoo(syntheticExecute());
	for (const model of models) {
		const { text } = anatomyOutline(model);
		const rows = [...text.matchAll(/<td><code>([^<]+)<\/code>/g)].map(([, name]) => name);
		expect(rows).toEqual(model.layers.map(({ name }) => name));
		const parts = [...text.matchAll(/scope="rowgroup" rowspan="(\d+)">([^<]+)</g)];
		expect(parts.map(([, count]) => Number(count)).reduce((sum, count) => sum + count, 0)).toBe(rows.length);
		expect(parts.map(([, , part]) => part)).toEqual([
			"before the first",
			...model.blocks.map(({ index, stage }) => (stage === null ? `block ${index}` : `unit ${index}, stage ${stage}`)),
		]);
	}
	expect(models.length).toBeGreaterThan(0);
});
