import { MemoryStore } from "../../src/store/memory.ts";
import { storeSuite } from "./storeSuite.ts";

storeSuite("in memory", async () => new MemoryStore());
