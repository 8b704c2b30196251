/** The store that a command works on. */
import { homedir } from "node:os";
import { DiskStore } from "../store/disk.ts";
import { storePlace } from "../store/place.ts";

/** @param asked --store, or undefined for SIGHTLINE_STORE or the user's cache folder */
export function openStore(asked: string | undefined): DiskStore {
	return new DiskStore(storePlace(asked, { platform: process.platform, environment: process.env, home: homedir() }));
}
