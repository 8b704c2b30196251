/** Which images could be read, as commands keep it: in the store, beside the results. */
import type { KeptChecks } from "../data/stored/checkImages.ts";
import type { Store } from "../store/store.ts";

/** A store that cannot be read or written costs time and nothing else: the images are then read again. */
export function keptChecks(store: Pick<Store, "get" | "put">): KeptChecks {
	const labels = { model: "(image sets)", metric: "readable images" };
	return {
		get: (key) => store.get(key).catch(() => undefined),
		put: (key, bytes) => store.put(key, bytes, labels).catch(() => {}),
	};
}
