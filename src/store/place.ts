/** Where results are kept unless somebody says otherwise: the folder that each system sets apart for caches. */
import { posix, win32 } from "node:path";

/**
 * The folder of the store: what was asked for (`--store`), else SIGHTLINE_STORE, else "sightline" in the user's caches:
 * XDG_CACHE_HOME or ~/.cache, ~/Library/Caches on macOS, %LOCALAPPDATA% on Windows.
 * @param system process.platform, process.env and os.homedir() of the machine
 */
export function storePlace(asked: string | undefined, system: System): string {
	return asked || system.environment.SIGHTLINE_STORE || cacheFolder(system);
}

export interface System {
	readonly platform: string;
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly home: string;
}

function cacheFolder({ platform, environment, home }: System): string {
	if (platform === "win32") {
		return win32.join(environment.LOCALAPPDATA || win32.join(home, "AppData", "Local"), "sightline", "store");
	}
	if (platform === "darwin") return posix.join(home, "Library", "Caches", "sightline");
	const declared = environment.XDG_CACHE_HOME;
	// The XDG specification: a relative path is invalid and to be ignored.
	const caches = declared !== undefined && posix.isAbsolute(declared) ? declared : posix.join(home, ".cache");
	return posix.join(caches, "sightline");
}
