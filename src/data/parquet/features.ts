/**
 * Which columns hold images and labels, and what the labels are called: from what Hugging Face's datasets notes in a table
 * ("huggingface": features with their types), or from the names of the columns where it noted nothing.
 */
import { notFound, SightlineError } from "../../errors.ts";
import type { ParquetColumn, ParquetFile } from "./footer.ts";

export interface ImageColumns {
	/** Paths of columns: "image.bytes", "label". */
	readonly image: string;
	/** null where the images have none. */
	readonly label: string | null;
	/** By label; null where the table does not say. */
	readonly classNames: readonly string[] | null;
}

const imageNames = ["image", "img", "jpg", "png", "webp", "picture", "photo"];
const labelNames = ["label", "labels", "fine_label", "cls", "class", "target"];

/**
 * @param wanted the column that the labels are taken from; null: the usual one
 * @throws SightlineError BAD_INPUT where no column holds images; NOT_FOUND where the labels' is not there
 */
export function imageColumns({ columns, notes }: ParquetFile, wanted: string | null, place: string): ImageColumns {
	const features = featuresOf(notes.get("huggingface"));
	const candidates = columns.filter(({ type, isRepeated }) => type === "bytes" && !isRepeated);
	const bytesOf = (name: string): ParquetColumn | undefined =>
		candidates.find(({ path }) => path === `${name}.bytes`) ?? candidates.find(({ path }) => path === name);
	const image = [...features.filter(({ type }) => type === "Image").map(({ name }) => name), ...imageNames]
		.map(bytesOf)
		.find((column) => column !== undefined);
	const any = image ?? candidates.find(({ path }) => path.endsWith(".bytes"));
	if (any === undefined) {
		throw new SightlineError("BAD_INPUT", `${place} has no column of images`, {
			hint: `Expected one of bytes, such as "image"; there is: ${columns.map(({ path }) => path).join(", ")}.`,
		});
	}
	const label = labelColumn(columns, features, wanted);
	const classNames = features.find(({ name }) => name === label)?.classNames ?? null;
	return { image: any.path, label, classNames };
}

function labelColumn(
	columns: readonly ParquetColumn[],
	features: readonly Feature[],
	wanted: string | null,
): string | null {
	const usable = columns
		.filter(({ type, isRepeated, path }) => type !== "other" && !isRepeated && !path.includes("."))
		.map(({ path }) => path);
	if (wanted !== null) {
		if (usable.includes(wanted)) return wanted;
		throw notFound("column of labels", wanted, usable);
	}
	const classes = features.filter(({ type }) => type === "ClassLabel").map(({ name }) => name);
	const first = labelNames.find((name) => classes.includes(name)) ?? classes[0];
	const named = first ?? labelNames.find((name) => usable.includes(name));
	return named !== undefined && usable.includes(named) ? named : null;
}

interface Feature {
	readonly name: string;
	readonly type: string;
	readonly classNames: readonly string[] | null;
}

/** Empty where the note is none, or says something else. */
function featuresOf(note: string | undefined): readonly Feature[] {
	try {
		const features: unknown = JSON.parse(note ?? "null")?.info?.features;
		if (typeof features !== "object" || features === null) return [];
		return Object.entries(features).map(([name, feature]: [string, { _type?: unknown; names?: unknown } | null]) => ({
			name,
			type: typeof feature?._type === "string" ? feature._type : "",
			classNames: isTexts(feature?.names) ? feature.names : null,
		}));
	} catch {
		return [];
	}
}

function isTexts(value: unknown): value is readonly string[] {
	return Array.isArray(value) && value.every((item) => typeof item === "string");
}
