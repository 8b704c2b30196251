/**
 * An API that answers with made-up numbers of a simple law, for tests of reports and pages alone: each layer has a depth
 * in [0, 1], similarity falls with the distance of depths, and every number is said to be made up in its provenance. It
 * runs the real schema, so that a query which the schema does not know fails here too.
 */
import { readdirSync, readFileSync } from "node:fs";
import { buildSchema, type ExecutionResult, graphql } from "graphql";
import type { Execute, ExecutionAnswer } from "../../src/report/execute.ts";
import { madeUpField, madeUpLocalization } from "./madeUpPlaces.ts";

const folder = new URL("../../schema/", import.meta.url);
export const schema = buildSchema(
	readdirSync(folder)
		.filter((name) => name.endsWith(".graphql"))
		.sort()
		.map((name) => readFileSync(new URL(name, folder), "utf8"))
		.join("\n"),
);

interface SyntheticModel {
	readonly title: string;
	readonly family: "VIT" | "CNN";
	readonly blocks: number;
	/** Of a CNN: units in each stage. */
	readonly stages: readonly number[] | null;
}

const models: Readonly<Record<string, SyntheticModel>> = {
	"vit-s": { title: "ViT-S", family: "VIT", blocks: 6, stages: null },
	"vit-s-gap": { title: "ViT-S GAP", family: "VIT", blocks: 6, stages: null },
	"resnet-s": { title: "ResNet-S", family: "CNN", blocks: 8, stages: [2, 2, 2, 2] },
};

interface Images {
	readonly count: number;
	readonly batchSize: number;
}

/** @param options.measuredAt pinned, so that pages can be compared */
export function syntheticExecute(options: { measuredAt?: string } = {}): Execute {
	const measuredAt = options.measuredAt ?? "2026-01-02T03:04:05.000Z";
	const provenance = (variant: string, ids: readonly string[], images: Images) => ({
		variant,
		images: "made-up images, test",
		imagesAsked: images.count,
		imagesUsed: Math.floor(images.count / images.batchSize) * images.batchSize,
		batchSize: images.batchSize,
		seed: 7,
		modelDigests: ids.map(digest),
		keys: [],
		precision: "float32",
		device: "made-up device",
		versions: ["sightline 0.0.0", "made-up 1.0"],
		seconds: 1.5,
		cached: true,
		measuredAt,
	});
	const root = {
		model: ({ id }: { id: string }) => modelOf(id, provenance),
		imageSet: ({ id }: { id: string }) => ({
			id,
			classNames: ["made up", "made up too"],
			splits: [
				{ name: "probe", count: 4096 },
				{ name: "test", count: 4096 },
			],
		}),
		models: () => Object.keys(models).map((id) => modelOf(id, provenance)),
		similarity: (input: { rows: { model: string }; columns?: { model: string }; images: Images }) =>
			similarityOf(input.rows.model, input.columns?.model ?? input.rows.model, input.images, provenance),
	};
	// The default resolver calls the functions above with their arguments.
	return async (source, variableValues) => plain(await graphql({ schema, source, rootValue: root, variableValues }));
}

/** Objects with prototypes. */
function plain({ data = null, errors }: ExecutionResult): ExecutionAnswer {
	return { data: structuredClone(data), errors };
}

function modelOf(id: string, provenance: (variant: string, ids: string[], images: Images) => object) {
	const model = models[id];
	if (model === undefined) throw new Error(`no model "${id}"`);
	const layers = layersOf(model);
	return {
		id,
		title: model.title,
		family: model.family,
		digest: digest(id),
		parameters: 1_234_567,
		inputSize: [64, 64],
		classes: 30,
		preprocessing: "none",
		roles: [],
		tokenGrid: model.family === "VIT" ? [8, 8] : null,
		classToken: model.family === "VIT" ? id === "vit-s" : null,
		pooling: id === "vit-s" ? "CLS" : "GAP",
		layers: () => layers,
		blocks: Array.from({ length: model.blocks }, (_, index) => ({
			index,
			kind: model.family === "VIT" ? "encoder" : "bottleneck",
			stage: stageOf(model, index),
			heads:
				model.family === "CNN"
					? []
					: [2, 0, 3, 1].map((rank, head) => ({
							index: head,
							attentionDistance: ({ images }: { images: Images }) => ({
								// Local and global heads at the bottom, only global ones at the top.
								meanPx: 33.4 - (28 - 3 * rank) * (1 - rank / 3) * (1 - index / (model.blocks - 1)),
								standardErrorPx: 0.15,
								uniformPx: 33.4,
								reason: null,
								provenance: provenance("made-up attention distance", [id], images),
							}),
							// Heads of low rank look at the middle.
							attentionMap: () => ({
								weights: Array.from({ length: 8 }, (_, row) =>
									Array.from(
										{ length: 8 },
										(_, column) => (rank + 1) / (rank + 1 + Math.hypot(row - 3.5, column - 3.5)) / 64,
									),
								),
							}),
						})),
		})),
		accuracy: ({ images }: { images: Images }) => ({
			images: images.count,
			top1: { value: 0.951, low: 0.93, high: 0.966, count: images.count },
		}),
		residualAdditions: 2 * model.blocks,
		...placesOf(model.blocks, (images: Images) => provenance("made-up places", [id], images)),
		analogyEnds: "Nothing was measured: every number of it is made up.",
		card: cardOf(id, model),
	};
}

/** Receptive fields that widen with depth, and tokens that find their own patch. */
function placesOf(blocks: number, provenance: (images: Images) => object) {
	return {
		receptiveFields: ({ images }: { images: Images }) =>
			Array.from({ length: blocks }, (_, block) => ({
				...madeUpField(blocks === 8 ? "unit" : "attention", block, { r90: 0.05 * (block + 1) }),
				...{ residual: "AFTER", largest: 1, centreRowPx: 32, centreColumnPx: 32, patchPx: 9 },
				...{ centreMass: null, areaHoldingHalf: null, images: images.count, provenance: provenance(images) },
			})),
		localization: ({ images }: { images: Images }) => [
			{ ...madeUpLocalization({}), edgeOwnShare: null, reasons: [], provenance: provenance(images) },
		],
	};
}

function cardOf(id: string, { family }: SyntheticModel) {
	return {
		recipe: `recipes/${id}.json`,
		recipeDigest: digest(`${id} recipe`),
		imageSet: "made-up images",
		imagesSeen: 960_000,
		imagesDistinct: 200_000,
		seconds: 3600,
		hardware: "none",
		accuracy: 0.95,
		interval: [0.94, 0.957],
		accuracyImages: 4000,
		licence: "Apache-2.0",
		startsFrom: id === "vit-s-gap" ? { id: "vit-s", digest: digest("vit-s") } : null,
		standsFor: family === "VIT" ? "ViT-L/16" : "ResNet-50",
		curve: [1, 2, 3, 4].map((point) => ({
			imagesSeen: 240_000 * point,
			seconds: 900 * point,
			trainAccuracy: 1 - 0.6 / point,
			validationAccuracy: point % 2 === 0 ? 0.99 - 0.6 / point : null,
		})),
	};
}

function similarityOf(
	rowModel: string,
	columnModel: string,
	images: Images,
	provenance: (variant: string, ids: string[], images: Images) => object,
) {
	const [rows, columns] = [rowModel, columnModel].map((id) => {
		const model = models[id];
		if (model === undefined) throw new Error(`no model "${id}"`);
		return layersOf(model);
	}) as [SyntheticLayer[], SyntheticLayer[]];
	const batches = Math.floor(images.count / images.batchSize);
	const matrix = (shift: number) =>
		rows.map((row) => columns.map((column) => similarityAt(row, column, rowModel === columnModel, shift)));
	return {
		rows,
		columns,
		values: matrix(0),
		standardErrors: matrix(0).map((row) => row.map((value) => (value === 1 ? 0 : 0.008))),
		leaveOneOut: Array.from({ length: batches }, (_, batch) => matrix(0.002 * Math.sin(batch * 2.4))),
		reasons: [],
		batches,
		provenance: provenance("made-up linear CKA", [rowModel, columnModel], images),
	};
}

interface SyntheticLayer {
	readonly name: string;
	readonly kind: string;
	readonly block: number | null;
	readonly shape: readonly number[];
	readonly depth: number;
	readonly texture: number;
}

function similarityAt(row: SyntheticLayer, column: SyntheticLayer, self: boolean, shift: number): number {
	if (self && row.name === column.name) return 1;
	const near = Math.exp(-2.2 * Math.abs(row.depth - column.depth));
	return near * (0.94 - 0.12 * Math.abs(row.texture - column.texture)) * (1 - shift * near);
}

function layersOf(model: SyntheticModel): SyntheticLayer[] {
	const inside =
		model.family === "VIT"
			? ["norm1", "attention", "norm2", "mlp.hidden", "mlp", "output"]
			: ["conv1", "norm1", "conv2", "norm2", "conv3", "norm3", "output"];
	const names: [string, number | null, number][] = [
		["stem.conv", null, 0],
		["stem.second", null, 0],
		...Array.from({ length: model.blocks }).flatMap((_, block) =>
			inside.map((name, place): [string, number, number] => [`blocks.${block}.${name}`, block, place % 2]),
		),
	];
	// A ViT's layers differ less from bottom to top than a CNN's.
	const span = model.family === "VIT" ? 0.45 : 1;
	return names.map(([name, block, texture], index) => ({
		name,
		kind: name.split(".").at(-1) ?? "",
		block,
		shape: [65, 128],
		depth: ((model.family === "VIT" ? 0.1 : 0) + (span * index) / (names.length - 1)) ** 1.1,
		texture,
	}));
}

function stageOf({ stages }: SyntheticModel, block: number): number | null {
	if (stages === null) return null;
	let before = 0;
	return stages.findIndex((units) => {
		before += units;
		return block < before;
	});
}

function digest(id: string): string {
	return Array.from({ length: 64 }, (_, place) => ((id.charCodeAt(place % id.length) + place) % 16).toString(16)).join(
		"",
	);
}
