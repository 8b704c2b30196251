/**
 * Which addresses may be asked. Every URL is checked before it is asked, those that a redirect leads to included, and
 * every internet address in the very look-up whose answer is connected to: a name that resolves to something else a
 * moment later gains nothing.
 */
import { SightlineError } from "../../errors.ts";
import { isLoopbackAddress, isLoopbackHost, isPublicAddress } from "./internetAddress.ts";

export interface NetworkPolicy {
	/** @throws SightlineError BAD_INPUT: a URL that may not be asked, and why */
	checkUrl(url: URL): void;
	/** @throws SightlineError BAD_INPUT: an internet address of the URL's host that may not be connected to */
	checkAddress(address: string, url: URL): void;
}

/** For what the user of this machine names: any host by https, and this machine by plain http too. */
export const commandLinePolicy: NetworkPolicy = {
	checkUrl(url) {
		if (url.protocol === "https:" || (url.protocol === "http:" && isLoopbackHost(url.hostname))) return;
		throw refused(url, "plain http is for servers on this machine alone");
	},
	checkAddress(address, url) {
		if (url.protocol === "https:" || isLoopbackAddress(address)) return;
		throw refused(url, `"${url.hostname}" is not this machine, and plain http is for servers on this machine alone`);
	},
};

/** The Hub and the hosts that it keeps large files on. */
export const publicHubHosts: readonly string[] = ["huggingface.co", "*.huggingface.co", "*.hf.co"];

/**
 * For what somebody else asks this machine to fetch: https alone, allowed hosts alone, at their usual port, never a
 * private address. Such a request should be given no token of this machine's user.
 * @param hosts names, and "*.name" for every name below one
 */
export function requestPolicy(hosts: readonly string[] = publicHubHosts): NetworkPolicy {
	return {
		checkUrl(url) {
			if (url.protocol !== "https:") throw refused(url, "only https is asked for on request");
			const allowed = hosts.some((host) =>
				host.startsWith("*.") ? url.hostname.endsWith(host.slice(1)) : url.hostname === host,
			);
			if (!allowed)
				throw refused(url, "its host is not among those allowed", { hint: `Allowed: ${hosts.join(", ")}.` });
			if (url.port !== "") throw refused(url, "only the usual port of https is asked for on request");
		},
		checkAddress(address, url) {
			// The address is not named: it would tell whoever asks how this machine's network is laid out.
			if (!isPublicAddress(address)) throw refused(url, "its host has an address that is not on the public internet");
		},
	};
}

function refused({ origin }: URL, reason: string, options: { hint?: string } = {}): SightlineError {
	return new SightlineError("BAD_INPUT", `${origin} is not asked: ${reason}`, options);
}
