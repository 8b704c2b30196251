/** The files of a set that is kept in several of one kind: train-00000-of-00004.parquet, imagenet1k-validation-03.tar. */
import { readdir } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { SightlineError } from "../../errors.ts";
import { byCodePoints, type Part, partOf } from "./listing.ts";

export interface Shard {
	/** Absolute. */
	readonly file: string;
	/** Relative to the set's folder, with slashes on every system. */
	readonly name: string;
	readonly part: Part | null;
}

/** Of the largest data sets; more are a mistake, such as a home folder. */
const maxShards = 100_000;

/**
 * Those of a folder, and of folders in it and in these ("data/train-0.parquet"), in the order of their names. They are
 * divided into splits where each has "train", "val" or the like for a word of its name, or of its folder's.
 * @param extensions with their dots
 * @throws SightlineError NOT_FOUND where there is no such folder
 */
export async function shardsIn(folder: string, ...extensions: readonly string[]): Promise<readonly Shard[]> {
	const names = await namesIn(folder, "", extensions, 2);
	if (names.length > maxShards) throw new SightlineError("BAD_INPUT", `${folder} has more than ${maxShards} files`);
	const shards = names.sort(byCodePoints).map((name) => ({ file: join(folder, name), name, part: partOfName(name) }));
	const isDivided = shards.every(({ part }) => part !== null);
	return isDivided ? shards : shards.map((shard) => ({ ...shard, part: null }));
}

async function namesIn(
	folder: string,
	prefix: string,
	extensions: readonly string[],
	depth: number,
): Promise<string[]> {
	const entries = await readdir(join(folder, prefix), { withFileTypes: true }).catch((cause: unknown) => {
		throw new SightlineError("NOT_FOUND", `there is no folder ${join(folder, prefix)} that can be read`, { cause });
	});
	const names: string[] = [];
	for (const entry of entries.filter(({ name }) => !name.startsWith("."))) {
		const name = `${prefix}${entry.name}`;
		if (entry.isDirectory() && depth > 0) names.push(...(await namesIn(folder, `${name}/`, extensions, depth - 1)));
		else if (!entry.isDirectory() && extensions.includes(extname(name).toLowerCase())) names.push(name);
	}
	return names;
}

/** The file's own words count before those of the folders that it lies in. */
function partOfName(name: string): Part | null {
	const words = [basename(name), ...name.split("/").reverse()].flatMap((part) => part.toLowerCase().split(/[^a-z]+/));
	return words.map(partOf).find((part) => part !== null) ?? null;
}
