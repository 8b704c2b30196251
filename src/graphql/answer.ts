/**
 * From a question to its value: finished once per operation and kept in the store under the address of everything that
 * determined it, so that a report asked for again reads values, not records.
 */
import type { MeasuredRecords } from "../engine/engine.ts";
import { SightlineError } from "../errors.ts";
import type { Records } from "../metrics/metric.ts";
import type { StatisticName, StatisticOptions, StatisticSides, StatisticValue } from "../metrics/statistics.ts";
import { digestOf, type Measurement, measurementKey } from "../plan/measurement.ts";
import type { Context } from "./context.ts";
import { openImageSet } from "./images.ts";
import type { Provenance } from "./schema.generated.ts";

/** Goes up when a `finish` gives another value from the same records, or an answer takes another form. */
const answerVersion = 2;

/** What to measure, of one model or of two, and how the records become a value. */
export interface Question<Name extends StatisticName> {
	readonly metric: { readonly name: string; readonly version: number; readonly variant: string };
	/** Which of the metric's values: plain JSON, that is numbers, text, null, lists and objects. */
	readonly statistic: Name;
	/** What else the value depends on. */
	readonly options: StatisticOptions<Name>;
	/** One; or rows before columns, both on the same images; or of one model on two runs of images. */
	readonly measurements: readonly [Measurement] | readonly [rows: Measurement, columns: Measurement];
	/** Images that the value rests on, of the first measurement or the second. */
	imagesUsed(value: StatisticValue<Name>, measurement: 0 | 1): number;
}

export interface Answer<Value> {
	readonly value: Value;
	readonly provenance: Provenance;
	/** Of the second measurement by itself where it is on other images than the first, else null. */
	readonly otherImages: Provenance | null;
}

/** The answer to a question; asked again within the operation, the same promise. */
export function ask<Name extends StatisticName>(
	context: Context,
	question: Question<Name>,
): Promise<Answer<StatisticValue<Name>>> {
	const { metric, statistic, options, measurements } = question;
	const sides = measurements.map((measurement) => [measurementKey(measurement), measurement.images.count]);
	const { name, version, variant } = metric;
	// The words are part of the answer: one value may be asked for in two ways.
	const key = digestOf({ answerVersion, metric: name, version, variant, statistic, options, sides });
	const known = context.answers.get(key);
	// Two questions of one key are the same question, hence of one type of value.
	if (known !== undefined) return known as Promise<Answer<StatisticValue<Name>>>;
	const answer = answered(context, question, key);
	context.answers.set(key, answer);
	return answer;
}

async function answered<Name extends StatisticName>(
	context: Context,
	question: Question<Name>,
	key: string,
): Promise<Answer<StatisticValue<Name>>> {
	const { engine, store } = context.services;
	const stored = await context.gatherer.prepare(store.get(key));
	if (stored !== undefined) {
		// Written by the lines below, and checked by the store.
		const answer = JSON.parse(new TextDecoder().decode(stored)) as Answer<StatisticValue<Name>>;
		const { value, provenance, otherImages } = answer;
		return {
			value,
			provenance: { ...provenance, cached: true },
			otherImages: otherImages && { ...otherImages, cached: true },
		};
	}
	const [row, column] = question.measurements;
	const { measure } = context.gatherer;
	const [rows, columns] = await Promise.all([measure(row), column && measure(column)]);
	const records = columns === undefined ? [rows] : [rows, columns];
	// A statistic of one side is asked of one measurement, a comparison of one or two.
	const sides = records.map(recordsOf) as readonly Records[] as StatisticSides<Name>;
	const value = await engine.finish(question.statistic, sides, question.options);
	const answer: Answer<StatisticValue<Name>> = {
		value,
		provenance: await provenanceOf(context, question, records, question.imagesUsed(value, 0)),
		otherImages:
			columns === undefined || digestOf(column?.images) === digestOf(row.images)
				? null
				: await provenanceOf(
						context,
						{ metric: question.metric, measurements: [columns.measurement] },
						[columns],
						question.imagesUsed(value, 1),
					),
	};
	const text = JSON.stringify(answer, (name, item: unknown) => finite(item, `${question.metric.name}.${name}`));
	await keep(store.put(key, new TextEncoder().encode(text), { model: row.model.id, metric: question.metric.name }));
	return answer;
}

/** What a statistic reads: the rest would only be copied to the thread that makes it. */
function recordsOf({ anatomy, parameters, layers, batchSize, records }: MeasuredRecords): Records {
	return { anatomy, parameters, layers, batchSize, records };
}

/** What cannot be kept is an answer all the same: it will have to be finished again from its records. */
async function keep(kept: Promise<void>): Promise<void> {
	try {
		await kept;
	} catch (error) {
		if (!(error instanceof SightlineError && error.code === "STORAGE")) throw error;
	}
}

/** JSON has no NaN and would turn it into a null without a reason: a metric that gives one is wrong, and named. */
function finite(item: unknown, where: string): unknown {
	if (typeof item === "number" && !Number.isFinite(item)) throw new Error(`${where} is ${item}, not a number to show`);
	return item;
}

async function provenanceOf(
	context: Context,
	{ metric, measurements }: Pick<Question<StatisticName>, "metric" | "measurements">,
	records: readonly MeasuredRecords[],
	imagesUsed: number,
): Promise<Provenance> {
	const [{ images, model }] = measurements;
	const { seed } = await openImageSet(context, images.set);
	const measured = records.map((record) => record.provenance);
	return {
		variant: metric.variant,
		images: `${images.set}/${images.split}`,
		imagesAsked: images.count,
		imagesUsed,
		batchSize: images.batchSize,
		imagesDigest: images.digest,
		seed,
		modelDigests: unique(measurements.map((measurement) => measurement.model.digest)),
		keys: unique(measurements.map(measurementKey)),
		precision: model.precision,
		device: unique(measured.map(({ device }) => device)).join(", "),
		versions: unique(measured.flatMap(({ versions }) => Object.entries(versions).map((pair) => pair.join(" ")))),
		seconds: secondsOf(records),
		cached: measured.every(({ cached }) => cached),
		measuredAt: latestOf(measured.map(({ measuredAt }) => measuredAt)),
	};
}

/** What was measured of one model on the same images was measured in one pass, as a rule: its seconds count once. */
function secondsOf(records: readonly MeasuredRecords[]): number {
	const byPass = new Map<string, number>();
	for (const { measurement, provenance } of records) {
		const pass = digestOf([measurement.model.digest, measurement.images]);
		byPass.set(pass, Math.max(byPass.get(pass) ?? 0, provenance.seconds));
	}
	return [...byPass.values()].reduce((sum, seconds) => sum + seconds, 0);
}

/** Of moments in ISO 8601, which sort as text. */
function latestOf(moments: readonly string[]): string {
	return moments.toSorted().at(-1) ?? "";
}

function unique(words: readonly string[]): string[] {
	return [...new Set(words)];
}
