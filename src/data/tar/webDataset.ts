/**
 * Images in tar archives, as WebDataset writes them: members whose names are the same up to the first dot make a sample,
 * 000123.jpg with its label in 000123.cls or in the JSON of 000123.json. Archives without labels of that kind may have a
 * folder per class instead. Several archives in a folder are one set; what their names begin with may tell a split.
 */
import { stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { SightlineError } from "../../errors.ts";
import type { ImageSetEntry } from "../../zoo/imageSetEntry.ts";
import type { SkippedFile } from "../imageSet.ts";
import { readRange } from "../readPlace.ts";
import { stateOf, statFile } from "../stored/fileState.ts";
import { isImageExtension, type ListedImage, type Listing } from "../stored/listing.ts";
import { labelsOf, type RawLabel } from "../stored/rawLabels.ts";
import { type Shard, shardsIn } from "../stored/shards.ts";
import { type TarMember, tarMembers } from "./tarMembers.ts";

export async function listTar({ source, upright }: ImageSetEntry): Promise<Listing> {
	const { path } = source;
	const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
	const shards = isFolder ? await shardsIn(path, ".tar") : [{ file: path, name: "", part: null }];
	if (shards.length === 0) throw new SightlineError("BAD_INPUT", `${path} has no .tar file`);
	const skipped: SkippedFile[] = [];
	const samples: Sample[] = [];
	for (const shard of shards) samples.push(...(await samplesOf(shard, source.labels, skipped)));
	const isLabelled = samples.some(({ label }) => label !== null);
	const folders = new Set(samples.map(({ folder }) => folder));
	// One folder for all is no class, but where somebody keeps the images.
	const raw = samples.map(({ label, folder }) => (isLabelled ? label : folders.size > 1 ? folder : null));
	const { labels, classNames } = await labelsOf(raw, isFolder ? path : dirname(path));
	const images = samples.map(
		({ image }, index): ListedImage => ({
			...image,
			label: labels[index] ?? -1,
			form: { kind: "encoded", upright },
		}),
	);
	return { images, classNames, skipped };
}

interface Sample {
	readonly image: Omit<ListedImage, "label" | "form">;
	readonly label: RawLabel;
	/** That the image lies in, within the archive; null where it lies in none. */
	readonly folder: string | null;
}

/** What is known of a sample while its members come. */
interface Gathering {
	image?: Sample["image"];
	label: RawLabel;
	folder: string | null;
}

async function samplesOf(shard: Shard, wanted: string | null, skipped: SkippedFile[]): Promise<Sample[]> {
	const state = stateOf(await statFile(shard.file));
	const gathered = new Map<string, Gathering>();
	const prefix = shard.name === "" ? "" : `${shard.name}/`;
	for await (const { name, kind, start, length, isTorn } of membersOf(shard, skipped)) {
		const [key, extension] = keyOf(name);
		const isImage = isImageExtension(`.${extension}`);
		if (!isImage && !isLabel(extension, wanted)) continue;
		const reason = isTorn ? "the archive ends within it" : kind === "other" ? "it is a link or no file" : null;
		if (reason !== null) {
			if (isImage) skipped.push({ file: `${prefix}${name}`, reason });
			continue;
		}
		const sample = gathered.get(key) ?? { label: null, folder: folderOf(name) };
		gathered.set(key, sample);
		if (!isImage) {
			sample.label = (await readLabel(shard.file, extension, start, length)) ?? sample.label;
		} else if (sample.image === undefined) {
			sample.image = {
				...{ name: `${prefix}${name}`, part: shard.part, sizeBytes: length, state: `${state} ${start}` },
				place: { in: "range", file: shard.file, start, length },
			};
		} else skipped.push({ file: `${prefix}${name}`, reason: "its sample has an image already" });
	}
	return [...gathered.values()].flatMap(({ image, label, folder }) =>
		image === undefined ? [] : [{ image, label, folder }],
	);
}

/** The members up to where the archive is damaged, which is then named. */
async function* membersOf({ file, name }: Shard, skipped: SkippedFile[]): AsyncGenerator<TarMember> {
	try {
		yield* tarMembers(file);
	} catch (error) {
		if (!(error instanceof SightlineError)) throw error;
		skipped.push({ file: name || basename(file), reason: error.message });
	}
}

/** The name up to the first dot of its last part, and what stands behind that dot. */
function keyOf(name: string): readonly [key: string, extension: string] {
	const file = basename(name);
	const dot = file.indexOf(".", 1);
	if (dot < 0 || file.startsWith(".")) return [name, ""];
	return [name.slice(0, name.length - file.length + dot), file.slice(dot + 1).toLowerCase()];
}

/** @param wanted the one extension that tells labels, or null for the usual ones */
function isLabel(extension: string, wanted: string | null): boolean {
	return wanted === null ? ["cls", "json"].includes(extension) : extension === wanted.toLowerCase();
}

/** The nearest folder, whatever way leads to it. */
function folderOf(name: string): string | null {
	const parts = dirname(name)
		.split("/")
		.filter((part) => !["", ".", ".."].includes(part));
	return parts.at(-1) ?? null;
}

/** No label is longer; metadata beside it may be. */
const maxLabelBytes = 2 ** 20;
const labelKeys = ["cls", "label", "class", "class_id", "target"];

async function readLabel(file: string, extension: string, start: number, length: number): Promise<RawLabel> {
	if (length > maxLabelBytes) return null;
	const text = new TextDecoder().decode(await readRange(file, start, length)).trim();
	if (!extension.endsWith("json")) return labelOf(text);
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value !== "object" || value === null) return labelOf(value);
		const fields = value as Readonly<Record<string, unknown>>; // every object is one
		const key = labelKeys.find((name) => fields[name] !== undefined && fields[name] !== null);
		return key === undefined ? null : labelOf(fields[key]);
	} catch {
		return null; // an image whose label cannot be read has none
	}
}

function labelOf(value: unknown): RawLabel {
	if (typeof value === "number") return Number.isSafeInteger(value) ? value : null;
	if (typeof value !== "string" || value === "") return null;
	return /^\d+$/.test(value) ? Number(value) : value;
}
