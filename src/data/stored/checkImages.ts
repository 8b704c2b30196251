/**
 * Checks the images of a listing, each once for as long as its file does not change: in this process, and, by what is
 * kept, in those that come after it. Decoding a million photographs takes hours, and looking at their files a minute.
 */
import { createHash } from "node:crypto";
import { digestOf } from "../../plan/measurement.ts";
import { readAhead } from "../readAhead.ts";
import { checkImage, type ImageCheck, type ReadableImage } from "./checkImage.ts";
import { isSettled } from "./fileState.ts";
import type { ListedImage } from "./listing.ts";

/** Where checks are kept. Both are bytes by a digest: what comes out is what went in, or nothing. */
export interface KeptChecks {
	get(key: string): Promise<Uint8Array | undefined>;
	put(key: string, bytes: Uint8Array): Promise<void>;
}

/** Nothing outlives the process. */
export const keepNoChecks: KeptChecks = { get: async () => undefined, put: async () => {} };

/** Goes up with every change that gives the same bytes other sides. */
const checksVersion = 1;
/** Images whose checks are kept together, on average. */
const runImages = 512;
/** Images decoded at once: as many as Node has threads for it. */
const imagesAtOnce = 4;

/** The checks of the images at a path, in their order. */
export type CheckImages = (
	path: string,
	images: readonly ListedImage[],
) => AsyncIterable<{ readonly listed: ListedImage; readonly check: ImageCheck }>;

export function imageChecker(kept: KeptChecks): CheckImages {
	const known = new Map<string, Promise<ImageCheck>>();
	return async function* (path, images) {
		for (const run of runsOf(images)) {
			const items = run.map((listed) => ({ listed, id: idOf(path, listed) }));
			const key = digestOf({ checksVersion, ids: items.map(({ id }) => id) });
			if (items.some(({ id }) => !known.has(id))) {
				const before = decode(await kept.get(key));
				for (const [index, { id }] of items.entries()) {
					const check = before[index] ?? null;
					if (check !== null) known.set(id, Promise.resolve(check));
				}
			}
			const startedMs = Date.now();
			const unknown = new Set(items.filter(({ id }) => !known.has(id)));
			const checks: ImageCheck[] = [];
			for await (const { item, result: check } of readAhead(items, checkOnce, imagesAtOnce - 1)) {
				checks.push(check);
				if ("reason" in check) unknown.delete(item);
				yield { listed: item.listed, check };
			}
			const isSure = items.every(({ listed }) => isSettled(listed.state, startedMs));
			if (unknown.size > 0 && isSure) await kept.put(key, encode(checks));
		}
	};

	function checkOnce({ listed, id }: { readonly listed: ListedImage; readonly id: string }): Promise<ImageCheck> {
		const checking = known.get(id) ?? checkImage(listed);
		known.set(id, checking);
		return checking;
	}
}

/** All that says which bytes are read, and as what. */
function idOf(path: string, { name, place, form, state }: ListedImage): string {
	return JSON.stringify([path, name, place, form, state]);
}

/**
 * Runs that end where a digest of the name says so, and not after so many: an image more or less changes the run that it
 * is in, and none behind it.
 */
function* runsOf(images: readonly ListedImage[]): Generator<readonly ListedImage[]> {
	let run: ListedImage[] = [];
	for (const image of images) {
		run.push(image);
		if (createHash("sha256").update(image.name).digest().readUInt32LE() % runImages === 0) {
			yield run;
			run = [];
		}
	}
	if (run.length > 0) yield run;
}

/** What cannot be read is not kept: another version of a decoder may read it, and a disk may have failed but once. */
type KeptCheck = ReadableImage | null;

function encode(checks: readonly ImageCheck[]): Uint8Array {
	const kept = checks.map((check): KeptCheck => ("reason" in check ? null : check));
	return new TextEncoder().encode(JSON.stringify(kept));
}

function decode(bytes: Uint8Array | undefined): readonly KeptCheck[] {
	// Written by encode, and kept unaltered.
	return bytes === undefined ? [] : (JSON.parse(new TextDecoder().decode(bytes)) as readonly KeptCheck[]);
}
