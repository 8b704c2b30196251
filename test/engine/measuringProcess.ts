/** Run as a process of its own: measures the tiny request on a store, telling of every change of its passes. */
import { DiskStore } from "../../src/store/disk.ts";
import { tinyEngine, tinyRequest } from "../support/tinyEngine.ts";

const [place = "", batchMs = "0"] = process.argv.slice(2);
const engine = await tinyEngine(new DiskStore(place), { batchMs: Number(batchMs) });
engine.watch((pass) => process.send?.({ pass }));
await engine.measure(tinyRequest());
process.send?.({ passesStarted: engine.passesStarted });
await engine.close();
process.disconnect();
