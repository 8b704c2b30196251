/** What the disk refused while a file was kept, as an error that says so. */
import { SightlineError, systemCodeOf } from "../../errors.ts";

/**
 * Runs an action on the files of a folder.
 * @throws SightlineError STORAGE
 */
export async function onDisk<T>(folder: string, action: () => Promise<T>): Promise<T> {
	try {
		return await action();
	} catch (cause) {
		if (cause instanceof SightlineError) throw cause;
		const reason = causes[systemCodeOf(cause) ?? ""] ?? (cause instanceof Error ? cause.message : String(cause));
		throw cannotKeep(folder, reason, cause);
	}
}

export function cannotKeep(folder: string, reason: string, cause?: unknown): SightlineError {
	return new SightlineError("STORAGE", `what is fetched cannot be kept in ${folder}: ${reason}`, {
		hint: "Free some space there, or name another folder with --store or SIGHTLINE_STORE.",
		cause,
	});
}

const causes: Readonly<Record<string, string>> = {
	ENOSPC: "the disk is full",
	EDQUOT: "the quota is used up",
	EFBIG: "the file system takes no file of that size",
	EACCES: "permission is denied",
	EPERM: "permission is denied",
	EROFS: "the file system is read-only",
	ENOTDIR: "a part of the path is a file, not a folder",
	EEXIST: "a part of the path is a file, not a folder",
	EIO: "the disk reports an error",
	ENAMETOOLONG: "a name is too long for the file system",
};

/** The promise's value, or undefined where the file is not there. */
export async function unlessMissing<T>(action: Promise<T>): Promise<T | undefined> {
	try {
		return await action;
	} catch (error) {
		if (systemCodeOf(error) === "ENOENT") return undefined;
		throw error;
	}
}
