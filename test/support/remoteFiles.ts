/** RemoteFiles of a hub server, with a store of its own, and without waiting. */
import { join } from "node:path";
import type { HubSettings } from "../../src/data/remote/hubSettings.ts";
import { commandLinePolicy } from "../../src/data/remote/networkPolicy.ts";
import { RemoteFiles, type RemoteOptions } from "../../src/data/remote/remoteFiles.ts";
import { DiskStore } from "../../src/store/disk.ts";
import type { HubServer } from "./hubServer.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

export interface RemoteSetup {
	readonly remote: RemoteFiles;
	/** The store's; the files are in "remote" of it. */
	readonly folder: string;
	/** Milliseconds of each wait, which took none. */
	readonly waits: number[];
	/** The same store, asked by another process or with other settings. */
	again(settings?: Partial<HubSettings>, options?: Partial<RemoteOptions>): RemoteFiles;
}

export async function remoteFilesOf(
	hub: Pick<HubServer, "endpoint">,
	settings: Partial<HubSettings> = {},
	options: Partial<RemoteOptions> = {},
): Promise<RemoteSetup> {
	const folder = await temporaryFolder();
	const waits: number[] = [];
	const wait = async (milliseconds: number) => {
		waits.push(milliseconds);
		await new Promise((resolve) => setTimeout(resolve, 5));
	};
	const again: RemoteSetup["again"] = (others = {}, otherOptions = {}) => {
		const store = new DiskStore(folder);
		return new RemoteFiles({
			folder: join(folder, "remote"),
			lease: (name) => store.lease(name),
			settings: { endpoint: hub.endpoint, token: null, offline: false, ...settings, ...others },
			policy: commandLinePolicy,
			...options,
			...otherOptions,
			effects: { wait, ...options.effects, ...otherOptions.effects },
		});
	};
	return { remote: again(), folder, waits, again };
}
