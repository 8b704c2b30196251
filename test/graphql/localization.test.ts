import { expect, onTestFinished, test } from "vitest";
import { executeQuery } from "../../src/graphql/execute.ts";
import { MemoryStore } from "../../src/store/memory.ts";
import { fakeServices } from "../support/fakeServices.ts";
import { openTiny, tinyEngine } from "../support/tinyEngine.ts";

async function ask(query: string) {
	const store = new MemoryStore();
	const engine = await tinyEngine(store);
	onTestFinished(() => engine.close());
	const models = ["vit", "resnet"].map((id) => openTiny(id).entry);
	const services = { ...fakeServices(), store, engine, models, openModel: async (id: string) => openTiny(id) };
	return { ...(await executeQuery(services, { query })), engine };
}

const images = "images: { count: 40, batchSize: 8 }";

test("several layers of a model take one pass, the last block's output first where none is named", async () => {
	const { data, errors, engine } = await ask(`{
		model(id: "vit") {
			last: localization(${images}) { layer { name } tokens patches values reasons { reason } reason batches }
			all: localization(blocks: [0, -1], patchPx: 16, ${images}) {
				layer { name } tokens patches values map(row: 3, column: 1) outside: map(row: 4, column: 0)
				ownShare { value low high reason } medianDistancePx { value } edgeWithBorder { value } provenance { variant imagesUsed }
			}
		}
	}`);
	expect(errors).toBeUndefined();
	expect(engine.passesStarted).toBe(1);
	const { last, all } = (data as Data).model;
	const [only] = last ?? [];
	expect(only).toMatchObject({
		layer: { name: "blocks.1.output" },
		tokens: [4, 4],
		patches: [4, 4],
		reasons: [],
		reason: null,
		batches: 5,
	});
	expect([only?.values.length, only?.values[0]?.length]).toEqual([16, 16]);
	expect(all?.map(({ layer }) => layer.name)).toEqual(["blocks.0.output", "blocks.1.output"]);
	const [first] = all ?? [];
	expect(first).toMatchObject({ patches: [2, 2], outside: null, provenance: { imagesUsed: 40 } });
	expect(first?.map.flat()).toEqual(first?.values[13]);
	expect(first?.provenance.variant).toContain("patches of 16 px");
	expect(
		Object.values(first?.ownShare ?? {})
			.slice(0, 3)
			.every((value) => typeof value === "number"),
	).toBe(true);
});

test("a CNN's positions have patches of their own size, and a layer without any is a null with the reason", async () => {
	const { data, errors } = await ask(`{
		model(id: "resnet") {
			own: localization(${images}) { tokens patches values reason }
			uneven: localization(patchPx: 5, ${images}) { layer { name } tokens patches values reason batches provenance { variant } }
		}
	}`);
	expect(errors).toBeUndefined();
	const { own, uneven } = (data as Data).model;
	expect(own?.[0]).toMatchObject({ tokens: [8, 8], patches: [8, 8], reason: null });
	expect(own?.[0]?.values).toHaveLength(64);
	expect(uneven).toEqual([
		{
			layer: { name: "blocks.2.output" },
			tokens: null,
			patches: null,
			values: null,
			reason: "patches of 5 px do not divide 32 x 32 px",
			batches: 0,
			provenance: null,
		},
	]);
});

test.each([
	["blocks: [2]", "no block 2 of vit, which has 2"],
	["patchPx: 0", "patchPx is 0; it must be at least 1"],
	['layers: ["blocks.0.outptu"]', 'no layer of vit "blocks.0.outptu"'],
	["layers: []", "names of layers of vit is an empty list"],
])("%s is refused: %s", async (given, message) => {
	const { errors } = await ask(`{ model(id: "vit") { localization(${given}, ${images}) { batches } } }`);
	expect(errors?.[0]?.message).toBe(message);
});

/** Layers by the names that the query gives its fields. */
interface Data extends Readonly<Record<string, unknown>> {
	readonly model: Readonly<Record<string, readonly Found[]>>;
}

interface Found {
	readonly layer: { readonly name: string };
	readonly tokens: readonly number[] | null;
	readonly patches: readonly number[] | null;
	readonly values: readonly (readonly number[])[];
	readonly map: readonly (readonly number[])[];
	readonly ownShare: Readonly<Record<string, number | null>>;
	readonly reason: string | null;
	readonly provenance: { readonly variant: string };
}
