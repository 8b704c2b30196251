/**
 * What the API stands on, without a device: the tiny models with their true anatomy under the ids of the zoo, an empty
 * store in memory, and an engine that makes records up and keeps a list of what it was asked. For tests of the API itself.
 */

import { type Layer, layersOf, namedLayers } from "../../src/anatomy/anatomy.ts";
import { imageSets, openImageSet } from "../../src/data/imageSets.ts";
import type { OpenModel } from "../../src/data/modelFile.ts";
import { parseModelReference } from "../../src/data/modelReference.ts";
import type { Engine, MeasuredRecords, PassState } from "../../src/engine/engine.ts";
import { notFound, SightlineError } from "../../src/errors.ts";
import type { Services } from "../../src/graphql/services.ts";
import { gramLength } from "../../src/metrics/gramRecord.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import {
	type StatisticName,
	type StatisticOptions,
	type StatisticSides,
	type StatisticValue,
	statistics,
} from "../../src/metrics/statistics.ts";
import type { Measurement } from "../../src/plan/measurement.ts";
import { MemoryStore } from "../../src/store/memory.ts";
import { zoo } from "../../src/zoo/zoo.ts";
import type { TinyName } from "./tiny.ts";
import { openTiny } from "./tinyEngine.ts";

const standIns: Readonly<Record<string, TinyName>> = { "vit-s": "vit", "vit-s-gap": "vit-gap", "resnet-s": "resnet" };

export interface FakeServices extends Services {
	readonly engine: FakeEngine;
	/** Ids in the order in which they were opened. */
	readonly opened: string[];
}

export function fakeServices(): FakeServices {
	const models = Object.keys(standIns).map(standInFor);
	const opened: string[] = [];
	return {
		engine: new FakeEngine(models),
		store: new MemoryStore(),
		models: models.map(({ entry }) => entry),
		async openModel(id) {
			opened.push(id);
			// As a file would: some turns later.
			for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
			const { base } = parseModelReference(id);
			const found = models.find(({ entry }) => entry.id === base || `/models/${entry.id}.onnx` === id);
			const ids = models.map(({ entry }) => entry.id);
			if (found === undefined) throw notFound("model", id, ids);
			return found;
		},
		opened,
		card: async () => null,
		imageSets: imageSets.map(({ id }) => id),
		openImageSet,
		folder: process.cwd(),
		adding: null,
		reports: () => [{ id: "r", title: "R", source: "A paper", figures: [] }],
		device: { provider: "cpu", name: "a made-up device", runtime: "none 1.0", threads: 2 },
	};
}

function standInFor(id: string): OpenModel {
	const entry = zoo.find((candidate) => candidate.id === id);
	const tiny = standIns[id];
	if (entry === undefined || tiny === undefined) throw new Error(`no tiny model stands in for ${id}`);
	const open = openTiny(tiny);
	return { ...open, entry, identity: { ...open.identity, id } };
}

export class FakeEngine implements Engine {
	/** The measurements of each call of `measure`. */
	readonly questions: (readonly Measurement[])[] = [];
	/** Calls that were aborted while they waited. */
	aborted = 0;
	/** While true, `measure` waits for its signal. */
	busy = false;
	readonly #models: readonly OpenModel[];
	readonly #listeners = new Set<(pass: PassState) => void>();
	#passes: readonly PassState[] = [];

	constructor(models: readonly OpenModel[]) {
		this.#models = models;
	}

	async measure(measurements: readonly Measurement[], { signal }: { signal?: AbortSignal } = {}) {
		this.questions.push(measurements);
		if (this.busy) await this.#abortion(signal);
		return measurements.map((measurement) => this.#madeUp(measurement));
	}

	async finish<Name extends StatisticName>(
		name: Name,
		sides: StatisticSides<Name>,
		options: StatisticOptions<Name>,
	): Promise<StatisticValue<Name>> {
		// Of this very name.
		const make = statistics[name] as (sides: unknown, options: unknown) => StatisticValue<Name>;
		return make(sides, options);
	}

	get listeners(): number {
		return this.#listeners.size;
	}

	get passesStarted(): number {
		return this.questions.length;
	}

	passes(): readonly PassState[] {
		return this.#passes;
	}

	/** Says that a pass has changed. */
	change(pass: PassState): void {
		this.#passes = [...this.#passes.filter(({ id }) => id !== pass.id), pass];
		for (const listener of this.#listeners) listener(pass);
	}

	watch(listener: (pass: PassState) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	cancel(passId: string): boolean {
		return this.#passes.some(({ id }) => id === passId);
	}

	async close(): Promise<void> {}

	#abortion(signal: AbortSignal | undefined): Promise<never> {
		return new Promise((_, reject) => {
			const leave = () => {
				this.aborted++;
				reject(new SightlineError("CANCELLED", "nobody waits for the answer"));
			};
			if (signal?.aborted) leave();
			else signal?.addEventListener("abort", leave);
		});
	}

	#madeUp(measurement: Measurement): MeasuredRecords {
		const open = this.#models.find(({ identity }) => identity.digest === measurement.model.digest);
		if (open === undefined) throw new Error(`asked about a model that was not opened: ${measurement.model.id}`);
		const { anatomy } = open;
		const { count, batchSize } = measurement.images;
		const layers = layersAsked(measurement, namedLayers(anatomy), open);
		const heads = anatomy.attentions.reduce((sum, attention) => sum + attention.heads, 0);
		const records = Array.from({ length: Math.ceil(count / batchSize) }, (_, index) => {
			const images = Math.min(batchSize, count - index * batchSize);
			const wave = (length: number, shift: number) =>
				Float32Array.from({ length }, (_, at) => shift + Math.sin(at * (1.3 + index) + measurement.model.id.length));
			const pairs = images === batchSize ? gramLength(images) : 0;
			const site = { anatomy, parameters: measurement.parameters, layers, batchSize };
			const pixels = anatomy.input.height * anatomy.input.width;
			const floats = metricNamed(measurement.metric.name).recordBytes(site, images) / 4;
			const values = {
				accuracy: Float32Array.from({ length: images }, (_, at) => (at < Math.floor(images * 0.75) ? 0 : 1)),
				attentionDistance: wave(images * heads, 9),
				attentionEntropy: wave(images * heads, 2),
				attentionMap: wave(floats, 1).map((value) => value / 40),
				linearCka: wave(layers.length * pairs, 0),
				linearProbe: wave(floats, 0).map((value, at) => (at < floats - images ? value : at % 30)),
				localization: wave(floats, 9),
				prediction: Float32Array.from({ length: images }, (_, at) => (at + measurement.model.id.length) % 30),
				// Eight-byte numbers, half as many.
				residualNorms: Float64Array.from(wave(floats / 2, 2)),
				// Of each layer the images, then a pixel each.
				receptiveField: wave(floats, 2).map((value, at) => (at % (1 + pixels) === 0 ? images : value)),
			}[measurement.metric.name];
			if (values === undefined) throw new Error(`no records are made up for ${measurement.metric.name}`);
			return { index, images, values };
		});
		const versions = { sightline: "0.0.0", runtime: "none" };
		const measuredAt = "2026-01-02T03:04:05.000Z";
		const provenance = { device: "a made-up device", versions, seconds: 1.5, cached: false, measuredAt };
		const { parameters } = measurement;
		return { measurement, anatomy, parameters, layers, batchSize, records, provenance };
	}
}

function layersAsked({ layers }: Measurement, all: readonly Layer[], { anatomy }: OpenModel): readonly Layer[] {
	if (layers === "all" || layers === "blocks") return layersOf(anatomy, layers);
	return layers.flatMap((name) => all.filter((layer) => layer.name === name));
}
