import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { type Architecture, architectureTensorShapes, buildArchitecture } from "../../src/architecture/architecture.ts";
import { heWeights } from "../../src/architecture/heWeights.ts";
import { checkAnatomy } from "../../src/zoo/checkAnatomy.ts";
import type { ModelEntry } from "../../src/zoo/entry.ts";
import { zoo } from "../../src/zoo/zoo.ts";

const rows = zoo.map((entry) => [entry.id, entry] as const);

test("ids are unique", () => {
	expect(new Set(zoo.map(({ id }) => id)).size).toBe(zoo.length);
});

test.each(rows)(
	"the graph of %s has the anatomy that its entry promises, layer by layer under its own names",
	(_id, entry) => {
		const anatomy = findAnatomy(seeded(entry));
		checkAnatomy(entry, anatomy);
		const architecture = architectureOf(entry);
		const without = architecture.family === "vit" ? (architecture.withoutSkips ?? []) : [];
		// Nothing is added to the MLP of a block without skips: it is the block's output.
		const tensorOf = (name: string) =>
			without.some((block) => name === `blocks.${block}.output`) ? name.replace("output", "mlp") : name;
		expect(anatomy.layers.map(({ name, tensor }) => [name, tensor])).toEqual(
			anatomy.layers.map(({ name }) => [name, tensorOf(name)]),
		);
		expect(anatomy.attentions.map(({ weights }) => weights)).toEqual(
			anatomy.attentions.map(({ block }) => `blocks.${block}.attention.weights`),
		);
		expect(anatomy.blocks.map(({ output }) => output)).toEqual(
			anatomy.blocks.map(({ index }) => tensorOf(`blocks.${index}.output`)),
		);
	},
);

test.each(rows)("the architecture of %s is what its recipe trains", (id, entry) => {
	const recipe = new URL(`../../src/zoo/training/recipes/${id}.json`, import.meta.url);
	const trained = JSON.parse(readFileSync(recipe, "utf8")).architecture;
	const architecture = architectureOf(entry);
	const common = { family: architecture.family, width: architecture.width, classes: architecture.classes };
	const expected =
		architecture.family === "vit"
			? {
					...common,
					image_side: architecture.imageSide,
					patch: architecture.patch,
					depth: architecture.depth,
					heads: architecture.heads,
					mlp_ratio: architecture.mlpRatio,
					pooling: architecture.pooling,
					...(architecture.withoutSkips && { without_skips: architecture.withoutSkips }),
				}
			: architecture.family === "resnet"
				? { ...common, stem: architecture.stem.width, units: architecture.units }
				: architecture.family === "mixer"
					? {
							...common,
							image_side: architecture.imageSide,
							patch: architecture.patch,
							depth: architecture.depth,
							token_ratio: architecture.tokenRatio,
							mlp_ratio: architecture.mlpRatio,
						}
					: common;
	expect(trained).toEqual(expected);
});

test("another anatomy than promised is refused with all that differs", () => {
	const [entry] = zoo;
	if (entry?.expected === undefined || entry.expected === null) throw new Error("an entry with expectations");
	const anatomy = findAnatomy(seeded(entry));
	const other = { ...entry, expected: { ...entry.expected, blocks: 12, pooling: "gap" } as const };
	expect(() => checkAnatomy(other, anatomy)).toThrow(
		"vit-s has another anatomy than its entry says: blocks 6, expected 12; pooling cls, expected gap",
	);
});

function seeded(entry: ModelEntry) {
	const architecture = architectureOf(entry);
	return buildArchitecture(architecture, heWeights(architectureTensorShapes(architecture), 1));
}

function architectureOf({ id, source }: ModelEntry): Architecture {
	if (source.kind !== "safetensors" || source.architecture === undefined)
		throw new Error(`${id} is built from no architecture`);
	return source.architecture;
}
