/** Files of other hosts as commands fetch them: into the store, with the user's own settings. */
import { homedir } from "node:os";
import { join } from "node:path";
import type { Locate } from "../data/modelFile.ts";
import type { OnProgress } from "../data/remote/download.ts";
import { readHubSettings } from "../data/remote/hubSettings.ts";
import { type FetchedModel, fetchModel } from "../data/remote/modelAddress.ts";
import { commandLinePolicy, requestPolicy } from "../data/remote/networkPolicy.ts";
import { RemoteFiles } from "../data/remote/remoteFiles.ts";
import type { DiskStore } from "../store/disk.ts";
import { formatBytes } from "./bytes.ts";

/** Where fetched files are kept. */
export function remoteFolder(store: DiskStore): string {
	return join(store.place, "remote");
}

/** Of a model that somebody asks the server to add, in however many files. */
export const mostBytesOnRequest = 4e9;

/**
 * For what others ask for, from these hosts alone, by https and at addresses of the public internet; without the user's
 * token, since what it opens would be told to whoever asks.
 */
export async function openRemoteForOthers(store: DiskStore, hosts: readonly string[]): Promise<RemoteFiles> {
	const settings = await readHubSettings({ variables: process.env, home: homedir() });
	return new RemoteFiles({
		folder: remoteFolder(store),
		lease: (name) => store.lease(name),
		settings: { ...settings, token: null },
		policy: requestPolicy(hosts),
		maxFileBytes: mostBytesOnRequest,
	});
}

/** @param offline only what was fetched before, also where the environment does not say so */
export async function openRemote(store: DiskStore, offline = false): Promise<RemoteFiles> {
	const settings = await readHubSettings({ variables: process.env, home: homedir() });
	return new RemoteFiles({
		folder: remoteFolder(store),
		lease: (name) => store.lease(name),
		settings: offline ? { ...settings, offline } : settings,
		policy: commandLinePolicy,
	});
}

/** Fetches models that are named by an address into the store, and shows how far that is. */
export function locator(store: DiskStore, signal?: AbortSignal): Locate {
	return async (address) => (await fetchShown(await openRemote(store), address, signal)).file;
}

/** The same by way of files that are open already, and silent. */
export function locatorOf(remote: RemoteFiles): Locate {
	return async (address) => (await fetchModel(remote, address, { maxBytes: mostBytesOnRequest })).file;
}

export async function fetchShown(remote: RemoteFiles, address: string, signal?: AbortSignal): Promise<FetchedModel> {
	const { stderr } = process;
	const onProgress: OnProgress = ({ doneBytes, totalBytes }) => {
		const whole = totalBytes === null ? "" : ` of ${formatBytes(totalBytes)}`;
		if (stderr.isTTY) stderr.write(`\r\u001b[K${formatBytes(doneBytes)}${whole}`);
	};
	try {
		return await fetchModel(remote, address, { onProgress, signal });
	} finally {
		if (stderr.isTTY) stderr.write("\r\u001b[K");
	}
}
