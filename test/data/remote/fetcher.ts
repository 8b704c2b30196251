/** A process that fetches hf:tiny/vit:model.safetensors into a store and tells its progress; ended by its parent. */
import { homedir } from "node:os";
import { join } from "node:path";
import { parseAddress } from "../../../src/data/remote/address.ts";
import { readHubSettings } from "../../../src/data/remote/hubSettings.ts";
import { commandLinePolicy } from "../../../src/data/remote/networkPolicy.ts";
import { RemoteFiles } from "../../../src/data/remote/remoteFiles.ts";
import { DiskStore } from "../../../src/store/disk.ts";

const [place = ""] = process.argv.slice(2);
const store = new DiskStore(place);
const remote = new RemoteFiles({
	folder: join(place, "remote"),
	lease: (name) => store.lease(name),
	settings: await readHubSettings({ variables: process.env, home: homedir() }),
	policy: commandLinePolicy,
});
await remote.fetch(parseAddress("hf:tiny/vit:model.safetensors"), {
	onProgress: ({ doneBytes }) => process.send?.(doneBytes),
});
