/**
 * Who asks, and which models and images that allows to name beside those that have an id. A path makes the program read
 * that place and tell of it, an address makes it ask another host in its user's name: that is for the user alone. Whoever
 * merely reaches the server names ids, and at its own machine paths within the folder that it was started in; not more even
 * there, since all users of a machine, and whatever a proxy passes on, reach its loopback address.
 */
import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { insideFolder } from "../data/insideFolder.ts";
import { isAddress } from "../data/remote/address.ts";
import { notFound, SightlineError } from "../errors.ts";

export type Asker =
	| "owner" // the user's own command
	| "machine" // a client of a server that listens on loopback
	| "network"; // a client of any other server

export interface NamedPlace {
	readonly kind: "model" | "image set";
	/** Path or address; no id. */
	readonly given: string;
	/** Ids, for near misses. */
	readonly known: readonly string[];
	/** The working folder. */
	readonly folder: string;
}

/** @throws SightlineError NOT_FOUND, BAD_INPUT: a place that whoever asks may not name; nothing there has been looked at */
export async function checkPlace(asker: Asker, place: NamedPlace): Promise<void> {
	if (asker === "owner") return;
	const { kind, given, known, folder } = place;
	if (kind === "model" && isAddress(given)) {
		throw new SightlineError("BAD_INPUT", `${given} is an address, and a server fetches nothing that a query names`, {
			hint: "addModel of a server that was started with --allow-add gives it an id; so does sightline add.",
		});
	}
	if (asker === "network") throw notFound(kind, given, known);
	await checkInside(folder, given);
}

/** @throws SightlineError BAD_INPUT: a path that leads out of the folder, by itself or by a link */
export async function checkInside(folder: string, path: string): Promise<void> {
	const way = insideFolder(folder, path);
	if (way === null) throw elsewhere(path);
	// What is not there at all is told by whoever opens it.
	const place = await realpath(join(folder, way)).catch(() => null);
	if (place !== null && insideFolder(await realpath(folder), place) === null) throw elsewhere(path);
}

function elsewhere(path: string): SightlineError {
	return new SightlineError("BAD_INPUT", `${path} is not in the folder that the server was started in`, {
		hint: "Start it elsewhere, or give what lies there an id: sightline add, sightline add-images.",
	});
}
