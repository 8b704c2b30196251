/**
 * Files of other hosts as files of this machine: lists what a repository holds, and fetches what is asked for into a
 * cache, whole and checked, once. It knows nothing of models.
 */
import { SightlineError } from "../../errors.ts";
import type { Access } from "./access.ts";
import {
	type Address,
	checkedHubAddress,
	formatAddress,
	type HubAddress,
	isCommit,
	parseAddress,
	type WebAddress,
} from "./address.ts";
import { type FreeBytes, systemFreeBytes } from "./download.ts";
import { type Resolve, systemResolve } from "./exchange.ts";
import { type HubFileName, hubFileState, hubFileUrl, webFileState } from "./fileState.ts";
import { hubCommit, hubListing, type RepositoryListing } from "./hubListing.ts";
import type { HubSettings } from "./hubSettings.ts";
import { noSuchFile, notKept } from "./missingFile.ts";
import type { NetworkPolicy } from "./networkPolicy.ts";
import { type FetchOptions, type Obtain, obtainer, type TakeLease } from "./obtain.ts";
import type { Asked } from "./refusal.ts";
import { RemoteCache, shortDigest } from "./remoteCache.ts";
import { throwIfAborted } from "./remoteFailure.ts";
import { systemWait, type Wait } from "./retries.ts";

export interface RemoteOptions {
	/** Where files are kept: "remote" in the store's folder. */
	readonly folder: string;
	/** The store's, so that of all processes that want a file one fetches it. */
	readonly lease: TakeLease;
	readonly settings: HubSettings;
	readonly policy: NetworkPolicy;
	/** No file may be larger; 16 GB unless asked otherwise. */
	readonly maxFileBytes?: number;
	readonly effects?: Partial<RemoteEffects>;
}

/** What the world outside does, for tests to replace. */
export interface RemoteEffects {
	readonly resolve: Resolve;
	readonly wait: Wait;
	readonly freeBytes: FreeBytes;
	/** A connection that is silent for longer is broken; a minute. */
	readonly idleMs: number;
}

export interface FetchedFile {
	/** Where it is; files of one commit lie beside each other as they do in their repository. */
	readonly path: string;
	/** With the commit that a branch or a tag meant, by which it names the same file for ever; a URL as it was. */
	readonly address: Address;
}

export class RemoteFiles {
	readonly #access: Access;
	readonly #cache: RemoteCache;
	readonly #obtain: Obtain;

	constructor({ folder, lease, settings, policy, maxFileBytes = 16e9, effects = {} }: RemoteOptions) {
		const { resolve = systemResolve, wait = systemWait, freeBytes = systemFreeBytes, idleMs = 60_000 } = effects;
		this.#access = { network: { policy, resolve, idleMs }, settings, wait };
		this.#cache = new RemoteCache(folder);
		this.#obtain = obtainer({ access: this.#access, cache: this.#cache, lease, maxFileBytes, freeBytes });
	}

	/**
	 * The files of a repository; a commit's are asked for once.
	 * @param revision null for "main"
	 * @throws SightlineError NOT_FOUND, REMOTE, LIMIT, BAD_INPUT (the policy), STORAGE, CANCELLED
	 */
	async list(
		repository: string,
		revision: string | null,
		{ signal }: Pick<FetchOptions, "signal"> = {},
	): Promise<RepositoryListing> {
		const asked = this.#asked(checkedHubAddress({ kind: "hub", repository, revision, path: null }));
		const commit = await this.#commit(repository, revision ?? "main", asked, signal);
		const known = commit === undefined ? undefined : await this.#cache.listing(repository, commit);
		if (known !== undefined) return known;
		if (commit === undefined || this.#offline) throw notKept(asked.what, "the list of its files");
		const listing = await hubListing(this.#access, repository, commit, asked, signal);
		await this.#cache.noteListing(listing);
		return listing;
	}

	/**
	 * The file that an address names, fetched unless it is here. A branch or a tag is asked what it means now, each time;
	 * a commit that is here needs no network.
	 * @throws SightlineError BAD_INPUT: no file is named, or the policy; NOT_FOUND; REMOTE; LIMIT; STORAGE; CANCELLED
	 */
	async fetch(address: Address, options: FetchOptions = {}): Promise<FetchedFile> {
		throwIfAborted(options.signal);
		const checked = address.kind === "hub" ? checkedHubAddress(address) : parseAddress(address.url);
		return checked.kind === "hub" ? this.#fetchFromHub(checked, options) : this.#fetchFromWeb(checked, options);
	}

	async #fetchFromHub(address: HubAddress, options: FetchOptions): Promise<FetchedFile> {
		const { repository, path } = address;
		const revision = address.revision ?? "main";
		const asked = this.#asked(address);
		if (path === null) {
			throw new SightlineError("BAD_INPUT", `${asked.what} is a repository, and no file of one`, {
				hint: `Name the file: ${asked.what}:config.json.`,
			});
		}
		const at = (commit: string): FetchedFile => ({
			path: this.#cache.hubFile(repository, commit, path),
			address: { ...address, revision: commit },
		});
		const commit = isCommit(revision) ? revision : await this.#knownCommit(repository, revision);
		if (commit !== undefined && (await this.#cache.has(at(commit).path))) return at(commit);
		if (this.#offline) throw notKept(asked.what, path);
		const state = await this.#hubState({ repository, revision, path }, asked, options.signal);
		await this.#cache.noteCommit(repository, revision, state.commit);
		const found = at(state.commit);
		if (await this.#cache.has(found.path)) return found;
		const { digest, sizeBytes } = state;
		// What no digest names is of one commit alone.
		const id = digest?.hex ?? shortDigest(`${state.commit} ${path} ${state.etag}`);
		const content = this.#cache.hubContent(repository, id);
		const url = hubFileUrl(this.#access.settings.endpoint, { repository, revision: state.commit, path });
		await this.#obtain({ asked, url, sizeBytes, digest, etag: null }, content, options);
		await this.#cache.linkTo(content, found.path);
		return found;
	}

	async #fetchFromWeb(address: WebAddress, options: FetchOptions): Promise<FetchedFile> {
		const url = new URL(address.url);
		const asked = this.#asked(address);
		if (this.#offline) {
			const version = await this.#cache.versionOf(url);
			const path = version === undefined ? undefined : this.#cache.webFile(url, version);
			if (path === undefined || !(await this.#cache.has(path))) throw notKept(asked.what, "it");
			return { path, address };
		}
		const { etag, lastModified, sizeBytes } = await webFileState(this.#access, url, asked, options.signal);
		// A host that tells nothing of a file is believed not to change it.
		const version = shortDigest(JSON.stringify([etag, lastModified, sizeBytes]));
		const path = this.#cache.webFile(url, version);
		await this.#obtain({ asked, url, sizeBytes, digest: null, etag }, path, options);
		await this.#cache.noteVersion(url, version);
		return { path, address };
	}

	/** The state of a hub's file; where there is none, its error names those that may have been meant. */
	async #hubState(name: HubFileName, asked: Asked, signal: AbortSignal | undefined) {
		try {
			return await hubFileState(this.#access, name, asked, signal);
		} catch (error) {
			if (!(error instanceof SightlineError && error.code === "NOT_FOUND")) throw error;
			const { repository, revision, path } = name;
			// Where the repository itself is missing, or may not be seen, the first error says so already.
			const listing = await this.list(repository, revision, { signal }).catch(() => undefined);
			if (listing === undefined) throw error;
			throw noSuchFile(formatAddress({ kind: "hub", repository, revision, path: null }), path, listing);
		}
	}

	async #commit(
		repository: string,
		revision: string,
		asked: Asked,
		signal: AbortSignal | undefined,
	): Promise<string | undefined> {
		if (isCommit(revision)) return revision;
		if (this.#offline) return this.#knownCommit(repository, revision);
		const commit = await hubCommit(this.#access, repository, revision, asked, signal);
		await this.#cache.noteCommit(repository, revision, commit);
		return commit;
	}

	/** Offline a revision means what it last meant; else nothing is known before it is asked. */
	async #knownCommit(repository: string, revision: string): Promise<string | undefined> {
		return this.#offline ? this.#cache.commitOf(repository, revision) : undefined;
	}

	get #offline(): boolean {
		return this.#access.settings.offline;
	}

	#asked(address: Address): Asked {
		const repository = address.kind === "hub" ? address.repository : null;
		return { what: formatAddress(address), repository, settings: this.#access.settings };
	}
}
