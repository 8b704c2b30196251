/** What a cache of fetched files takes, and giving up what nobody names any more. RemoteCache says how it is laid out. */
import { lstat, readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { type Address, isCommit, parseAddress } from "./address.ts";
import { onDisk, unlessMissing } from "./diskFailure.ts";
import { RemoteCache, shortDigest } from "./remoteCache.ts";

export interface FetchedSource {
	/** "hf:owner/name"; of other hosts all together, since an address may hold a secret; or what was broken off. */
	readonly source: string;
	readonly files: number;
	/** On the disk: bytes of one file that stand in several places count once. */
	readonly sizeBytes: number;
}

/** @returns the largest first; none where nothing was fetched */
export async function fetchedSources(folder: string): Promise<FetchedSource[]> {
	return onDisk(folder, async () => {
		const places = [
			...(await repositoriesIn(folder)).map((name) => [`hf:${name}`, join(folder, "hub", name)] as const),
			["https", join(folder, "web")] as const,
			["broken off", join(folder, "parts")] as const,
		];
		const sources = await Promise.all(
			places.map(async ([source, place]) => ({ source, ...(await contentsOf(place)) })),
		);
		return sources.filter(({ files }) => files > 0).sort((a, b) => b.sizeBytes - a.sizeBytes);
	});
}

export interface GivenUp {
	readonly removedBytes: number;
	readonly keptBytes: number;
}

/**
 * Removes what was fetched but for what these addresses name: of the Hub, all of the commit (a model needs the files
 * beside it too). A download that is under way is removed with the rest, and fails.
 * @param named as models' entries name their files
 */
export async function giveUpFetched(folder: string, named: readonly string[]): Promise<GivenUp> {
	const addresses = named.map(parseAddress);
	const before = await sizeOf(folder);
	await onDisk(folder, async () => {
		for (const repository of await repositoriesIn(folder)) await giveUpCommits(folder, repository, addresses);
		const pages = new Set(addresses.flatMap((one) => (one.kind === "web" ? [shortDigest(new URL(one.url).href)] : [])));
		for (const page of await namesIn(join(folder, "web"))) {
			if (!pages.has(page)) await rm(join(folder, "web", page), { recursive: true });
		}
		await rm(join(folder, "parts"), { recursive: true, force: true });
	});
	const keptBytes = await sizeOf(folder);
	return { removedBytes: before - keptBytes, keptBytes };
}

async function giveUpCommits(folder: string, repository: string, addresses: readonly Address[]): Promise<void> {
	const cache = new RemoteCache(folder);
	const kept = new Set<string>();
	for (const address of addresses) {
		if (address.kind !== "hub" || address.repository !== repository) continue;
		const revision = address.revision ?? "main";
		kept.add((isCommit(revision) ? revision : await cache.commitOf(repository, revision)) ?? "");
	}
	const place = join(folder, "hub", repository);
	const commits = await namesIn(join(place, "commits"));
	if (!commits.some((name) => kept.has(name))) {
		await rm(place, { recursive: true });
		// Of the owner's repositories it may have been the last.
		await rmdir(join(place, "..")).catch(() => {});
		return;
	}
	for (const name of commits) {
		if (!kept.has(name.replace(/\.json$/, ""))) await rm(join(place, "commits", name), { recursive: true });
	}
	for (const name of await namesIn(join(place, "content"))) {
		const content = join(place, "content", name);
		// No commit has it any more, or, where the file system knows no links, each has a copy of its own.
		if ((await lstat(content)).nlink === 1) await rm(content);
	}
	for (const name of await namesIn(join(place, "revisions"))) {
		const commit = await cache.commitOf(repository, decodeURIComponent(name));
		if (commit === undefined || !kept.has(commit)) await rm(join(place, "revisions", name));
	}
}

/** "owner/name" */
async function repositoriesIn(folder: string): Promise<string[]> {
	const owners = await namesIn(join(folder, "hub"));
	const names = await Promise.all(
		owners.map(async (owner) => (await namesIn(join(folder, "hub", owner))).map((name) => `${owner}/${name}`)),
	);
	return names.flat();
}

async function sizeOf(folder: string): Promise<number> {
	return (await fetchedSources(folder)).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

async function contentsOf(folder: string): Promise<Omit<FetchedSource, "source">> {
	const entries = (await unlessMissing(readdir(folder, { recursive: true, withFileTypes: true }))) ?? [];
	const sizes = new Map<number, number>();
	for (const entry of entries.filter((one) => one.isFile())) {
		const stats = await unlessMissing(lstat(join(entry.parentPath, entry.name)));
		if (stats !== undefined) sizes.set(stats.ino, stats.size);
	}
	return { files: sizes.size, sizeBytes: [...sizes.values()].reduce((sum, size) => sum + size, 0) };
}

async function namesIn(folder: string): Promise<string[]> {
	return (await unlessMissing(readdir(folder))) ?? [];
}
