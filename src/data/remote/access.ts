/** How remote hosts are reached; shared by everything that asks them. */
import type { Network } from "./exchange.ts";
import type { HubSettings } from "./hubSettings.ts";
import type { Wait } from "./retries.ts";

export interface Access {
	readonly network: Network;
	readonly settings: HubSettings;
	readonly wait: Wait;
}
