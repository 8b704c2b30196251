/** NVIDIA's card, as its driver on Linux tells it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** "NVIDIA H200", or undefined where there is no card or no such driver. */
export function nvidiaName(folder = "/proc/driver/nvidia/gpus"): string | undefined {
	try {
		const [card = ""] = readdirSync(folder);
		const information = readFileSync(join(folder, card, "information"), "utf8");
		return /^Model:\s*(.+)$/m.exec(information)?.[1]?.trim();
	} catch {
		return undefined;
	}
}
