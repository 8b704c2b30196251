/**
 * One request and its reply over HTTP, without redirects or retries. On node:http rather than fetch, because only there
 * can the look-up of the host be our own: the addresses that the policy has checked are those that are connected to.
 * Each request has a connection of its own, so none is reused that another policy let through.
 */
import { lookup as systemLookup } from "node:dns/promises";
import { type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import type { LookupFunction } from "node:net";
import { literalAddress } from "./internetAddress.ts";
import type { NetworkPolicy } from "./networkPolicy.ts";
import { connectionFailure } from "./remoteFailure.ts";

export interface Network {
	readonly policy: NetworkPolicy;
	/** Every internet address of a host. */
	readonly resolve: Resolve;
	/** A connection that is silent for longer is broken. */
	readonly idleMs: number;
}

export type Resolve = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

/** What the system's own configuration says. */
export const systemResolve: Resolve = (host) => systemLookup(host, { all: true });

export interface Exchange {
	readonly method: "GET" | "HEAD";
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
	readonly signal: AbortSignal | undefined;
}

export interface Reply {
	readonly url: URL;
	readonly status: number;
	readonly headers: ReplyHeaders;
	/** @throws TransientFailure where it ends before it should */
	readonly body: AsyncIterable<Uint8Array>;
	/** Ends the connection, for bodies that are not wanted. */
	close(): void;
}

/** Names in lower case; what came more than once is joined by commas. */
export type ReplyHeaders = Readonly<Record<string, string>>;

/** @throws SightlineError BAD_INPUT: the policy; REMOTE: the host; TransientFailure: a broken connection, or one that its signal ended */
export async function exchange(network: Network, request: Exchange): Promise<Reply> {
	const { url } = request;
	network.policy.checkUrl(url);
	// A host that is an address already is connected to without a look-up.
	const literal = literalAddress(url.hostname);
	if (literal !== undefined) network.policy.checkAddress(literal, url);
	try {
		const message = await send(network, request);
		const body = bodyOf(message, url);
		return { url, status: message.statusCode ?? 0, headers: headersOf(message), body, close: () => message.destroy() };
	} catch (error) {
		throw connectionFailure(error, url);
	}
}

function send({ policy, resolve, idleMs }: Network, { method, url, headers, signal }: Exchange) {
	return new Promise<IncomingMessage>((fulfil, reject) => {
		const request = (url.protocol === "https:" ? requestSecure : requestPlain)(url, {
			method,
			headers: { "user-agent": "sightline", "accept-encoding": "identity", ...headers },
			agent: false,
			lookup: checkedLookup(policy, resolve, url),
			timeout: idleMs,
			...(signal === undefined ? {} : { signal }),
		});
		request.on("timeout", () => request.destroy(Object.assign(new Error("silent"), { code: "ETIMEDOUT" })));
		request.on("response", fulfil);
		request.on("error", reject);
		request.end();
	});
}

/** All addresses are checked, not only the one that is tried first: the others are tried when it does not answer. */
function checkedLookup(policy: NetworkPolicy, resolve: Resolve, url: URL): LookupFunction {
	return (host, { all }, callback) => {
		const answer = async () => {
			const found = (await resolve(host)).map(({ address, family }) => ({ address, family }));
			for (const { address } of found) policy.checkAddress(address, url);
			const [first] = found;
			if (first === undefined) throw Object.assign(new Error(`${host} has no address`), { code: "ENOTFOUND" });
			return { first, found };
		};
		answer().then(
			({ first, found }) => (all ? callback(null, found) : callback(null, first.address, first.family)),
			(error: Error) => callback(error, ""),
		);
	};
}

async function* bodyOf(message: IncomingMessage, url: URL): AsyncGenerator<Uint8Array> {
	try {
		for await (const chunk of message) yield chunk;
	} catch (error) {
		throw connectionFailure(error, url);
	}
}

function headersOf({ headers }: IncomingMessage): ReplyHeaders {
	return Object.fromEntries(
		Object.entries(headers).flatMap(([name, value]) =>
			value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
		),
	);
}
