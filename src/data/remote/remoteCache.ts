/**
 * Files that were fetched, in a folder that several processes may share. Everything comes into being under another name
 * and is renamed into place, so a file is there whole or not at all.
 *
 *     hub/owner/name/commits/<commit>/path    a file, beside those that it was published with
 *     hub/owner/name/commits/<commit>.json    the list of all files of the commit
 *     hub/owner/name/content/<digest>         the same bytes once more, as a hard link: a commit that leaves a file as it
 *                                             was does not have it fetched again
 *     hub/owner/name/revisions/<revision>     the commit that a branch or a tag last meant
 *     web/<digest of the URL>/<version>/name  a file of another host
 *     web/<digest of the URL>/latest          the version that was there last
 *     parts/                                  what is being fetched, or was broken off
 */

import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { systemCodeOf } from "../../errors.ts";
import { isCommit } from "./address.ts";
import { onDisk, unlessMissing } from "./diskFailure.ts";
import { FilePart } from "./filePart.ts";
import type { RepositoryListing } from "./hubListing.ts";
import { pathProblem } from "./repositoryPath.ts";

/** What was broken off and not gone on with for so long is given up. */
const abandonedMs = 7 * 24 * 3_600_000;

export class RemoteCache {
	readonly folder: string;

	constructor(folder: string) {
		this.folder = folder;
	}

	hubFile(repository: string, commit: string, path: string): string {
		return join(this.#repository(repository), "commits", commit, ...path.split("/"));
	}

	/** @param id digest of the bytes, or what else tells them from others of the repository */
	hubContent(repository: string, id: string): string {
		return join(this.#repository(repository), "content", id);
	}

	webFile(url: URL, version: string): string {
		return join(this.#web(url), version, nameOf(url));
	}

	/** @param id of the bytes that are fetched: whoever wants the same goes on where another left off */
	part(id: string): FilePart {
		return new FilePart(join(this.folder, "parts", shortDigest(id)));
	}

	async has(path: string): Promise<boolean> {
		return onDisk(this.folder, async () => (await unlessMissing(stat(path)))?.isFile() ?? false);
	}

	/** The commit that a revision meant when it was last asked for. */
	async commitOf(repository: string, revision: string): Promise<string | undefined> {
		const commit = await this.#read(this.#revision(repository, revision));
		return commit !== undefined && isCommit(commit) ? commit : undefined;
	}

	async noteCommit(repository: string, revision: string, commit: string): Promise<void> {
		if (!isCommit(revision)) await this.#write(this.#revision(repository, revision), commit);
	}

	async versionOf(url: URL): Promise<string | undefined> {
		const version = await this.#read(join(this.#web(url), "latest"));
		return version !== undefined && /^[0-9a-z]+$/.test(version) ? version : undefined;
	}

	async noteVersion(url: URL, version: string): Promise<void> {
		await this.#write(join(this.#web(url), "latest"), version);
	}

	async listing(repository: string, commit: string): Promise<RepositoryListing | undefined> {
		const text = await this.#read(this.#listing(repository, commit));
		try {
			// Written here, and renamed into place: what is there is what was written.
			return text === undefined ? undefined : (JSON.parse(text) as RepositoryListing);
		} catch {
			return undefined;
		}
	}

	async noteListing(listing: RepositoryListing): Promise<void> {
		await this.#write(this.#listing(listing.repository, listing.commit), JSON.stringify(listing));
	}

	/** The same bytes at a second place: a hard link, or a copy where the file system has none. */
	async linkTo(content: string, place: string): Promise<void> {
		await onDisk(this.folder, async () => {
			await mkdir(dirname(place), { recursive: true });
			try {
				await link(content, place);
			} catch (error) {
				if (systemCodeOf(error) === "EEXIST") return;
				const copy = join(this.folder, "parts", randomUUID());
				await copyFile(content, copy, constants.COPYFILE_FICLONE);
				await rename(copy, place);
			}
		});
	}

	/** Makes the folder of parts, and clears what nobody came back for. */
	async prepareParts(): Promise<void> {
		await onDisk(this.folder, async () => {
			const parts = join(this.folder, "parts");
			await mkdir(parts, { recursive: true });
			for (const name of await readdir(parts)) {
				const path = join(parts, name);
				const left = await unlessMissing(stat(path));
				if (left !== undefined && Date.now() - left.mtimeMs > abandonedMs) await rm(path, { force: true });
			}
		});
	}

	#repository(repository: string): string {
		return join(this.folder, "hub", ...repository.split("/"));
	}

	#revision(repository: string, revision: string): string {
		return join(this.#repository(repository), "revisions", encodeURIComponent(revision));
	}

	#listing(repository: string, commit: string): string {
		return join(this.#repository(repository), "commits", `${commit}.json`);
	}

	#web(url: URL): string {
		return join(this.folder, "web", shortDigest(url.href));
	}

	async #read(path: string): Promise<string | undefined> {
		return onDisk(this.folder, () => unlessMissing(readFile(path, "utf8")));
	}

	async #write(path: string, text: string): Promise<void> {
		await onDisk(this.folder, async () => {
			await mkdir(dirname(path), { recursive: true });
			const written = join(this.folder, "parts", randomUUID());
			await mkdir(dirname(written), { recursive: true });
			await writeFile(written, text);
			await rename(written, path);
		});
	}
}

/** 32 hexadecimal digits that stand for a text of any length. */
export function shortDigest(text: string): string {
	return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** The last part of a URL's path, which tells a file's format, if it is fit to be a name. */
function nameOf(url: URL): string {
	const encoded = basename(url.pathname);
	const name = encoded.replace(/%[0-9A-Fa-f]{2}/g, "_");
	return pathProblem(name) === undefined ? name : "file";
}
