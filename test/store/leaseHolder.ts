/** Run as a process of its own by lease.test.ts: asks for a lease and says so, then holds it until it is killed. */
import { DiskStore } from "../../src/store/disk.ts";

const [place = "", name = ""] = process.argv.slice(2);
const lease = await new DiskStore(place).lease(name);
if (lease.held) lease.progress(128, 512);
process.send?.({ held: lease.held });
process.on("message", async () => {
	if (lease.held) await lease.release();
	process.disconnect();
});
