/** One file, one process that fetches it: the others wait, and go on where it broke off if it dies. */
import type { Access } from "./access.ts";
import { download, type FreeBytes, type OnProgress, type WantedFile } from "./download.ts";
import type { RemoteCache } from "./remoteCache.ts";
import { throwIfAborted } from "./remoteFailure.ts";

/** The right to do the work called `name`; not held, what its holder last said of its progress. */
export type TakeLease = (
	name: string,
) => Promise<
	| { readonly held: true; progress(done: number, total: number): void; release(): Promise<void> }
	| { readonly held: false; readonly holder: { readonly done: number; readonly total: number } }
>;

export interface ObtainParts {
	readonly access: Access;
	readonly cache: RemoteCache;
	readonly lease: TakeLease;
	readonly maxFileBytes: number;
	readonly freeBytes: FreeBytes;
}

export interface FetchOptions {
	/** What came until it aborts is kept, and gone on with by the next who asks. */
	readonly signal?: AbortSignal | undefined;
	readonly onProgress?: OnProgress | undefined;
}

/** Returns when the file is at its place, whole and checked. */
export type Obtain = (
	wanted: Omit<WantedFile, "part" | "maxFileBytes">,
	place: string,
	options: FetchOptions,
) => Promise<void>;

/** How long the process that fetches is left alone before it is looked at again. */
const lookAgainMs = 250;

export function obtainer({ access, cache, lease: takeLease, maxFileBytes, freeBytes }: ObtainParts): Obtain {
	return async (wanted, place, { signal, onProgress = () => {} }) => {
		for (;;) {
			throwIfAborted(signal);
			if (await cache.has(place)) return;
			const lease = await takeLease(`fetch ${place}`);
			if (!lease.held) {
				const { done, total } = lease.holder;
				onProgress({ doneBytes: done, totalBytes: total > 0 ? total : null });
				await access.wait(lookAgainMs, signal);
				continue;
			}
			try {
				// Whoever held the lease before may have finished since the last look.
				if (await cache.has(place)) return;
				await cache.prepareParts();
				const part = cache.part(place);
				const told: OnProgress = (progress) => {
					lease.progress(progress.doneBytes, progress.totalBytes ?? 0);
					onProgress(progress);
				};
				await download(access, { ...wanted, part, maxFileBytes }, { signal, onProgress: told, freeBytes });
				await part.moveTo(place);
			} finally {
				await lease.release();
			}
		}
	};
}
