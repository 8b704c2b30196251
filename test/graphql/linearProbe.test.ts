import { expect, onTestFinished, test } from "vitest";
import { executeQuery } from "../../src/graphql/execute.ts";
import { MemoryStore } from "../../src/store/memory.ts";
import { fakeServices } from "../support/fakeServices.ts";
import { openTiny, tinyEngine } from "../support/tinyEngine.ts";

async function tinyServices() {
	const store = new MemoryStore();
	const engine = await tinyEngine(store);
	onTestFinished(() => engine.close());
	const models = ["vit", "vit-gap", "resnet"].map((id) => openTiny(id).entry);
	return { ...fakeServices(), store, engine, models, openModel: async (id: string) => openTiny(id) };
}

async function ask(query: string) {
	return executeQuery(await tinyServices(), { query });
}

const few = 'shots: 1, images: { count: 40 }, train: { split: "probe", count: 256 }';

test("all readouts and layers of a model take one pass over each side's images; other shots and ridges none", async () => {
	const services = await tinyServices();
	const query = (shots: number, l2: string) => `{
		model(id: "vit") {
			${["CLS", "TOKENS", "FIRST_TOKEN", "MEAN", "MEAN_WITH_CLS", "ALL"]
				.map(
					(readout) => `${readout}: linearProbe(readout: ${readout}, ${few.replace("1", String(shots))}, l2: ${l2}) {
						layer { name } accuracy low high perSeed { seed accuracy low high l2 fitted } map width reason
						provenance { variant images imagesUsed keys cached } trainProvenance { images imagesUsed keys }
					}`,
				)
				.join("\n")}
		}
	}`;
	const { data, errors } = await executeQuery(services, { query: query(1, "[1024]") });
	expect(errors).toBeUndefined();
	expect(services.engine.passesStarted).toBe(2);
	const found = (data as Data).model;
	for (const layers of Object.values(found)) {
		expect(layers.map(({ layer }) => layer?.name)).toEqual(["positionEmbedding", "blocks.0.output", "blocks.1.output"]);
		for (const { accuracy, low, high, perSeed, reason, provenance, trainProvenance } of layers) {
			expect(reason).toBeNull();
			expect(Number(low) <= Number(accuracy) && Number(accuracy) <= Number(high)).toBe(true);
			expect(perSeed.map(({ seed, fitted, l2 }) => [seed, fitted, l2])).toEqual(
				[0, 1, 2].map((seed) => [seed, 30, 1024]),
			);
			expect(provenance).toMatchObject({ images: "leaves/test", imagesUsed: 40, cached: false });
			expect(trainProvenance).toMatchObject({ images: "leaves/probe", imagesUsed: 256 });
			expect(provenance?.keys).toEqual([provenance?.keys[0], ...(trainProvenance?.keys ?? [])]);
		}
	}
	expect(found.TOKENS?.map(({ map }) => [map?.length, map?.[0]?.length])).toEqual(new Array(3).fill([4, 4]));
	expect(found.ALL?.map(({ map, width }) => [map, width])).toEqual(new Array(3).fill([null, 256]));
	expect(found.CLS?.[0]?.provenance?.variant).toMatch(/of the class token; 1 images a class, 3 seeds, l2 1024$/);

	const again = await executeQuery(services, { query: query(2, "[1, 64]") });
	expect(again.errors).toBeUndefined();
	expect(services.engine.passesStarted).toBe(2);
	const chosen = (again.data as Data).model.MEAN?.flatMap(({ perSeed }) => perSeed.map(({ l2 }) => l2));
	expect(chosen?.every((l2) => l2 === 1 || l2 === 64)).toBe(true);
});

test("a CNN is read after pooling to its last map, with patches flattened or not; what it lacks is told", async () => {
	const { data, errors } = await ask(`{
		model(id: "resnet") {
			flat: linearProbe(${few}) { layer { name } width }
			plain: linearProbe(patchFlatten: false, ${few}) { width }
			cls: linearProbe(readout: CLS, blocks: [-1], ${few}) { layer { name } accuracy reason provenance { images } trainProvenance { images } }
		}
	}`);
	expect(errors).toBeUndefined();
	expect(data).toMatchObject({
		model: {
			flat: [{ layer: { name: "stem.norm" }, width: 16 }, { width: 8 }, { width: 8 }, { width: 16 }],
			plain: [{ width: 4 }, { width: 8 }, { width: 8 }, { width: 16 }],
			cls: [
				{
					layer: { name: "blocks.2.output" },
					accuracy: null,
					reason: "a CNN has no class token",
					provenance: null,
					trainProvenance: null,
				},
			],
		},
	});
});

test("a class with too few images is a null with the reason, beside where it was looked for", async () => {
	const { data, errors } = await ask(`{
		model(id: "vit-gap") {
			linearProbe(blocks: [0], shots: 10, images: { count: 40 }, train: { split: "probe", count: 64 }) {
				accuracy perSeed { seed } reason trainProvenance { imagesUsed }
			}
		}
	}`);
	expect(errors).toBeUndefined();
	const [found] = (data as Data).model.linearProbe ?? [];
	expect(found).toMatchObject({ accuracy: null, perSeed: [], trainProvenance: { imagesUsed: 64 } });
	expect(found?.reason).toMatch(/^class \d+ has \d of the 64 images to fit on, too few$/);
});

test.each([
	['train: { split: "test" }', "leaves/test to fit on and leaves/test to test on share 512 images"],
	["shots: 0", "shots is 0; it must be at least 1"],
	["shots: 1001", "shots is 1001; at most 1000 is allowed"],
	["seeds: 0", "seeds is 0; it must be at least 1"],
	["l2: []", "the number of values of l2 is 0; it must be at least 1"],
	["l2: [1, 0]", "l2 is 0; it must be above 0"],
	["blocks: [-3]", "no block -3 of vit, which has 2"],
	['layers: ["nrom"]', 'no layer of vit "nrom"'],
	[
		'readout: TOKENS, images: { count: 100000 }, train: { split: "probe", count: 100000 }, layers: ["blocks.0.mlpHidden", "blocks.1.mlpHidden", "blocks.0.mlp", "blocks.1.mlp"]',
		"the probes would read 1229 MB of features; at most 1074 MB are allowed",
	],
])("%s is refused: %s", async (given, message) => {
	const { errors } = await ask(`{ model(id: "vit") { linearProbe(${given}) { accuracy } } }`);
	expect(errors?.[0]?.message).toContain(message);
});

/** Layers by the names that the query gives its fields. */
interface Data extends Readonly<Record<string, unknown>> {
	readonly model: Readonly<Record<string, readonly Found[]>>;
}

interface Found {
	readonly layer: { readonly name: string } | null;
	readonly accuracy: number | null;
	readonly low: number | null;
	readonly high: number | null;
	readonly perSeed: readonly { readonly seed: number; readonly l2: number; readonly fitted: number }[];
	readonly map: readonly (readonly number[])[] | null;
	readonly width: number | null;
	readonly reason: string | null;
	readonly provenance: { readonly variant: string; readonly keys: readonly string[] } | null;
	readonly trainProvenance: { readonly keys: readonly string[] } | null;
}
