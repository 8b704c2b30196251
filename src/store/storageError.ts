/** What the file system refused, as a sentence. */
import { SightlineError, systemCodeOf } from "../errors.ts";

const causes: Readonly<Record<string, string>> = {
	ENOSPC: "the disk is full",
	EDQUOT: "the quota is used up",
	EACCES: "permission is denied",
	EPERM: "permission is denied",
	EROFS: "the file system is read-only",
	ENOTDIR: "a part of the path is a file, not a folder",
	EEXIST: "a part of the path is a file, not a folder",
	EIO: "the disk reports an error",
	EMFILE: "too many files are open",
};

/**
 * Runs an action on the store's files and turns what the file system refuses into a STORAGE error.
 * @param doing "write a result", "read a result": what was tried
 */
export async function onStorage<T>(doing: string, place: string, action: () => Promise<T>): Promise<T> {
	try {
		return await action();
	} catch (error) {
		throw storageError(doing, place, error);
	}
}

/** The same for an action that is done at once. */
export function onStorageSync<T>(doing: string, place: string, action: () => T): T {
	try {
		return action();
	} catch (error) {
		throw storageError(doing, place, error);
	}
}

function storageError(doing: string, place: string, error: unknown): SightlineError {
	if (error instanceof SightlineError) return error;
	const code = systemCodeOf(error);
	const cause = (code !== undefined && causes[code]) || (error instanceof Error ? error.message : String(error));
	return new SightlineError("STORAGE", `cannot ${doing} in the store ${place}: ${cause}`, {
		hint: "Free some space (sightline store prune) or name another folder with --store or SIGHTLINE_STORE.",
		cause: error,
	});
}
