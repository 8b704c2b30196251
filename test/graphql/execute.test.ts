import { expect, test, vi } from "vitest";
import { readCard } from "../../src/data/modelCard.ts";
import { executeQuery } from "../../src/graphql/execute.ts";
import { zoo } from "../../src/zoo/zoo.ts";
import { fakeServices } from "../support/fakeServices.ts";

/** The data of a query that must succeed. */
async function dataOf(services: ReturnType<typeof fakeServices>, query: string, variables = {}) {
	const { data, errors } = await executeQuery(services, { query, variables });
	expect(errors).toBeUndefined();
	return data;
}

/** The first error of a query that must fail. */
async function errorOf(query: string, services = fakeServices()) {
	const { errors } = await executeQuery(services, { query });
	return errors?.[0];
}

const metricsAsked = (services: ReturnType<typeof fakeServices>) =>
	services.engine.questions.map((asked) => asked.map(({ model, metric }) => `${metric.name} of ${model.id}`).sort());

test("a list of models is answered without opening or measuring any", async () => {
	const services = fakeServices();
	const data = await dataOf(services, "{ models { id title card { recipe } } reports { id } device { name } }");
	expect(data).toMatchObject({ models: [{ id: "vit-s" }, { id: "vit-s-gap" }, { id: "resnet-s" }] });
	expect(services.opened).toEqual([]);
	expect(services.engine.questions).toEqual([]);
});

test("a card tells whose weights a training went on from, and where its model's likeness to the paper's ends", async () => {
	const services = Object.assign(fakeServices(), { models: zoo, card: readCard });
	const data = await dataOf(services, "{ models { id analogyEnds card { startsFrom { id digest } } } }");
	const { models } = data as { models: { id: string; analogyEnds: string; card: { startsFrom: object | null } }[] };
	expect(models.find(({ id }) => id === "vit-s-finetuned")).toMatchObject({
		analogyEnds: expect.stringContaining("the head is not a new one"),
		card: { startsFrom: { id: "vit-s", digest: expect.stringMatching(/^[0-9a-f]{64}$/) } },
	});
	expect(models.find(({ id }) => id === "vit-s")?.card.startsFrom).toBeNull();
});

test("what was found in a model is told without measuring", async () => {
	const services = fakeServices();
	const data = await dataOf(
		services,
		`{ vit: model(id: "vit-s") { ...found } cnn: model(id: "resnet-s") { ...found } }
		fragment found on Model {
			family tokenGrid classToken pooling inputSize classes residualAdditions labels
			blocks { index kind stage heads { index } layers { name } } heads { block index } layers(preset: BLOCKS) { name kind shape }
		}`,
	);
	expect(data).toMatchObject({
		vit: {
			family: "VIT",
			tokenGrid: [4, 4],
			classToken: true,
			pooling: "CLS",
			inputSize: [32, 32],
			classes: 5,
			residualAdditions: 4,
			labels: "leaves",
			blocks: [
				{ kind: "encoder", stage: null, heads: [{ index: 0 }, { index: 1 }] },
				{ index: 1, heads: [{}, {}] },
			],
			heads: [
				{ block: 0, index: 0 },
				{ block: 0, index: 1 },
				{ block: 1, index: 0 },
				{ block: 1, index: 1 },
			],
			layers: [{ kind: "output", shape: [17, 16] }, { kind: "output" }],
		},
		cnn: { family: "CNN", tokenGrid: null, classToken: null, heads: [], residualAdditions: 3 },
	});
	expect(services.engine.questions).toEqual([]);
});

test("all that an operation asks of two models, at any depth and under any alias, is one question", async () => {
	const services = fakeServices();
	await dataOf(
		services,
		`query($images: ImagesInput!) {
			similarity(rows: { model: "vit-s" }, columns: { model: "resnet-s", preset: BLOCKS }, images: $images) { values leaveOneOut }
			again: similarity(rows: { model: "vit-s" }, columns: { model: "resnet-s", preset: BLOCKS }, images: $images) { batches }
			model(id: "vit-s") {
				accuracy(images: $images) { top1 { value } }
				blocks { heads { attentionDistance(images: $images) { meanPx } } }
				heads { first: attentionDistance(images: $images) { meanPx } second: attentionDistance(images: $images) { uniformPx } }
			}
		}`,
		{ images: { count: 64, batchSize: 16 } },
	);
	expect(metricsAsked(services)).toEqual([
		["accuracy of vit-s", "attentionDistance of vit-s", "linearCka of resnet-s", "linearCka of vit-s"],
	]);
	expect(services.opened.sort()).toEqual(["resnet-s", "vit-s"]);
});

test("a second operation asks the engine for nothing, and says that its values were kept", async () => {
	const services = fakeServices();
	const query = `{
		similarity(rows: { model: "vit-s" }) { values standardErrors leaveOneOut provenance { cached seconds } }
		model(id: "vit-s") { heads { attentionDistance { meanPx standardErrorPx provenance { cached } } } }
	}`;
	const first = await dataOf(services, query);
	const second = await dataOf(services, query);
	expect(services.engine.questions).toHaveLength(1);
	expect(JSON.stringify(second)).toBe(JSON.stringify(first).replaceAll('"cached":false', '"cached":true'));
});

test("a similarity of which only the layers are asked measures nothing", async () => {
	const services = fakeServices();
	const data = await dataOf(
		services,
		'{ similarity(rows: { model: "resnet-s", names: ["blocks.1.output", "stem.conv"] }) { rows { name } columns { name } } }',
	);
	const names = [{ name: "blocks.1.output" }, { name: "stem.conv" }];
	expect(data).toEqual({ similarity: { rows: names, columns: names } });
	expect(services.engine.questions).toEqual([]);
});

test("a value says how it came about", async () => {
	const data = await dataOf(
		fakeServices(),
		`{ similarity(rows: { model: "vit-s" }, columns: { model: "resnet-s" }, images: { count: 40, batchSize: 16, split: "probe" }) {
			batches provenance { images imagesAsked imagesUsed batchSize imagesDigest seed modelDigests precision device versions seconds cached }
		} }`,
	);
	expect(data).toMatchObject({
		similarity: {
			batches: 2,
			provenance: {
				images: "leaves/probe",
				imagesAsked: 40,
				imagesUsed: 32,
				batchSize: 16,
				imagesDigest: "leaves 1, seed 0",
				seed: 0,
				modelDigests: [expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)],
				precision: "float32",
				device: "a made-up device",
				versions: ["sightline 0.0.0", "runtime none"],
				seconds: 3,
				cached: false,
			},
		},
	});
});

test("a value that cannot be given is null with the reason", async () => {
	const reason = "no standard error: it needs 2 images";
	const oneImage = { attentionDistance: { meanPx: expect.any(Number), standardErrorPx: null, reason } };
	const data = await dataOf(
		fakeServices(),
		`{
			few: similarity(rows: { model: "vit-s" }, images: { count: 32, batchSize: 16 }) { standardErrors leaveOneOut reasons { side layer reason } }
			small: similarity(rows: { model: "vit-s", preset: BLOCKS }, images: { count: 32, batchSize: 2 }) { values reasons { reason } }
			model(id: "vit-s") { heads { attentionDistance(images: { count: 1 }) { meanPx standardErrorPx reason } } }
		}`,
	);
	expect(data).toMatchObject({
		few: {
			leaveOneOut: [],
			reasons: [
				{ side: null, layer: null, reason: "no standard error: the jackknife needs 4 full batches, there are 2" },
			],
		},
		small: {
			values: [
				[null, null],
				[null, null],
			],
			reasons: [{ reason: "2 images a batch: HSIC needs 4" }],
		},
		model: { heads: [oneImage, oneImage, oneImage, oneImage] },
	});
});

test("a model whose logits mean other classes has no accuracy, and no pass is run to find out", async () => {
	const services = fakeServices();
	const known = await services.openModel("vit-s");
	const stranger = { ...services, openModel: async () => ({ ...known, entry: { ...known.entry, labels: null } }) };
	const { data } = await executeQuery(stranger, {
		query: '{ model(id: "/m.onnx") { accuracy { images top1 { value } reason } } }',
	});
	expect(data).toEqual({
		model: {
			accuracy: {
				images: 0,
				top1: null,
				reason: 'the logits of vit-s belong to no image set that is known, the images are of "leaves"',
			},
		},
	});
	expect(services.engine.questions).toEqual([]);
});

test("unknown names come with the near misses", async () => {
	expect(await errorOf('{ model(id: "vit-z") { family } }')).toMatchObject({
		message: 'no model "vit-z"',
		path: ["model"],
		extensions: { code: "NOT_FOUND", hint: "Did you mean vit-s?" },
	});
	expect(
		await errorOf('{ similarity(rows: { model: "resnet-s", names: ["blocks.1.outptu"] }) { values } }'),
	).toMatchObject({
		message: 'no layer of resnet-s "blocks.1.outptu"',
		extensions: { code: "NOT_FOUND", hint: expect.stringContaining("blocks.1.output") },
	});
	expect(await errorOf('{ model(id: "vit-s") { accuracy(images: { set: "leafs" }) { images } } }')).toMatchObject({
		message: 'no image set "leafs"',
		extensions: { hint: "There is: leaves, leaves-shifted." },
	});
	expect(await errorOf('{ model(id: "vit-s") { accuracy(images: { split: "tests" }) { images } } }')).toMatchObject({
		message: 'no split of image set "leaves" "tests"',
		extensions: { hint: "Did you mean test?" },
	});
});

test.each([
	["count: 0", "BAD_INPUT", "images.count is 0; it must be at least 1"],
	["count: -5", "BAD_INPUT", "images.count is -5; it must be at least 1"],
	["batchSize: 0", "BAD_INPUT", "images.batchSize is 0; it must be at least 1"],
	["count: 100001", "LIMIT", "images.count is 100001; at most 100000 images are allowed"],
	["batchSize: 2049", "LIMIT", "images.batchSize is 2049; at most 2048 images are allowed"],
	[
		"count: 50000, batchSize: 1024",
		"LIMIT",
		"images.count * images.batchSize is 51200000; at most 16777216 pairs of images are allowed",
	],
])("images { %s } is refused", async (images, code, message) => {
	const services = fakeServices();
	const error = await errorOf(`{ model(id: "vit-s") { accuracy(images: { ${images} }) { images } } }`, services);
	expect(error).toMatchObject({ message, extensions: { code } });
	expect(services.engine.questions).toEqual([]);
});

test("the paper's largest setting is allowed", async () => {
	await dataOf(
		fakeServices(),
		'{ model(id: "vit-s") { accuracy(images: { count: 10240, batchSize: 1024 }) { images } } }',
	);
});

test("too many tokens, too deep and too costly are limit errors with the limit", async () => {
	const flood = `{ ${Array.from({ length: 2600 }, (_, index) => `a${index}: __typename`).join(" ")} }`;
	expect(await errorOf(flood)).toMatchObject({
		message: "the document has more than 5000 tokens",
		extensions: { code: "LIMIT", limit: 5000 },
	});
	const models = Array.from(
		{ length: 12 },
		(_, i) => `m${i}: models { heads { attentionDistance { meanPx uniformPx reason } } }`,
	);
	expect(await errorOf(`{ ${models.join(" ")} }`)).toMatchObject({
		message: expect.stringMatching(/^the operation's cost is \d+; at most 500000 is allowed$/),
		extensions: { code: "LIMIT", limit: 500_000 },
	});
});

test("a mistake of Sightline's own is told without a stack", async () => {
	const services = fakeServices();
	const told: unknown[] = [];
	const broken = { ...services, openModel: () => Promise.reject(new TypeError("x is not a function")) };
	const { errors } = await executeQuery(
		broken,
		{ query: '{ model(id: "vit-s") { family } }' },
		{ onInternalError: (error) => told.push(error) },
	);
	expect(errors).toEqual([
		expect.objectContaining({
			message: "a mistake inside Sightline: x is not a function",
			extensions: { code: "INTERNAL_SERVER_ERROR" },
		}),
	]);
	expect(told).toEqual([expect.any(TypeError)]);
});

test("a query that is stopped ends as cancelled", async () => {
	const services = fakeServices();
	services.engine.busy = true;
	const controller = new AbortController();
	const answer = executeQuery(
		services,
		{ query: '{ model(id: "vit-s") { accuracy { images } } }' },
		{ signal: controller.signal },
	);
	await vi.waitFor(() => expect(services.engine.questions).toHaveLength(1), 20_000);
	controller.abort();
	expect((await answer).errors).toMatchObject([{ extensions: { code: "CANCELLED" } }]);
	expect(services.engine.aborted).toBe(1);
});

test("a store that is full costs the keeping of a value, not the value", async () => {
	const services = fakeServices();
	const { SightlineError } = await import("../../src/errors.ts");
	services.store.put = () => Promise.reject(new SightlineError("STORAGE", "the disk is full"));
	await dataOf(services, '{ model(id: "vit-s") { accuracy { top1 { value } } } }');
});

test("passes are listed, and cancelled by their id", async () => {
	const services = fakeServices();
	services.engine.change({
		id: "7",
		model: "vit-s",
		metrics: ["accuracy"],
		done: 64,
		total: 512,
		secondsLeft: 3.5,
		state: "running",
		note: null,
	});
	expect(await dataOf(services, "{ passes { id state done total secondsLeft } }")).toEqual({
		passes: [{ id: "7", state: "RUNNING", done: 64, total: 512, secondsLeft: 3.5 }],
	});
	expect(await dataOf(services, 'mutation { yes: cancelPass(id: "7") no: cancelPass(id: "8") }')).toEqual({
		yes: true,
		no: false,
	});
});

test("an answer is plain JSON with ordinary prototypes", async () => {
	const data = await dataOf(fakeServices(), '{ model(id: "vit-s") { id } }');
	expect(data).toStrictEqual({ model: { id: "vit-s" } });
});
