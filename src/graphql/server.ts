/**
 * The API over HTTP: /graphql, /graphql/stream, /health, the playground, and the site. On loopback unless asked
 * otherwise; there, paths within the working folder may be given as ids (asker.ts).
 *
 * A browser asks in the name of whatever page it shows. Only pages of this very server may ask: no CORS headers are sent;
 * what needs no leave of ours ("simple" requests: forms, plain text, GET) is refused by its content type; what says that
 * another page sent it (Sec-Fetch-Site, Origin) is refused; and on loopback, or where models can be added, the Host
 * header must name this machine, which a page that rebinds its own name to this address does not.
 */
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { isIP } from "node:net";
import { hostname as machineName } from "node:os";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { SightlineError } from "../errors.ts";
import { createApollo } from "./apollo.ts";
import { createContext } from "./context.ts";
import { type FileOptions, serveFiles } from "./files.ts";
import type { Services } from "./services.ts";
import { signalOf, streamHandler } from "./stream.ts";

export interface ServerOptions extends Partial<FileOptions> {
	/** An address of this machine. */
	readonly host?: string;
	/** 0 for any that is free. */
	readonly port?: number;
	/** Told of mistakes of Sightline's own. */
	readonly onInternalError?: (error: unknown) => void;
}

export interface RunningServer {
	/** As "http://127.0.0.1:4000", without a slash at the end. */
	readonly url: string;
	/** Takes nothing new, stops what is asked for, and ends when all is answered. */
	close(): Promise<void>;
}

/** @throws SightlineError BAD_INPUT where the address cannot be listened on */
export async function startServer(
	services: Services,
	{
		host = "127.0.0.1",
		port = 4000,
		playground = undefined,
		site = () => undefined,
		onInternalError = () => {},
	}: ServerOptions = {},
): Promise<RunningServer> {
	const trusted = isLoopback(host);
	const asker = trusted ? "machine" : "network";
	const apollo = createApollo({ trusted, limited: true, onInternalError });
	await apollo.start();
	const app = fastify({ bodyLimit: 1024 * 1024, forceCloseConnections: "idle" });
	const closing = new AbortController();
	app.removeContentTypeParser("text/plain");
	const open = new Set<ServerResponse>();
	/** Clients keep connections that nothing is asked on any more. */
	const hangUp = () => app.server.closeAllConnections();
	app.addHook("onRequest", async (_request, { raw }) => {
		open.add(raw);
		raw.once("close", () => open.delete(raw));
	});
	if (trusted) app.addHook("onRequest", refuseNamesBut(isLoopback));
	else if (services.adding !== null)
		app.addHook(
			"onRequest",
			refuseNamesBut((name) => isOwnName(name, host)),
		);
	app.get("/health", async () => ({ status: "ok" }));
	app.route({
		method: ["GET", "POST"],
		url: "/graphql",
		onRequest: refuseOtherPages,
		handler: fastifyApolloHandler(apollo, {
			context: async (_request, reply) => {
				const signal = AbortSignal.any([signalOf(reply), closing.signal]);
				return createContext(services, { asker, signal });
			},
		}),
	});
	app.post(
		"/graphql/stream",
		{ onRequest: refuseOtherPages },
		streamHandler(services, { asker, closing: closing.signal }),
	);
	await serveFiles(app, { playground, site });
	const url = await listen(app, host, port);
	return {
		url,
		async close() {
			closing.abort();
			const closed = app.close();
			const patience = setTimeout(hangUp, patienceMs);
			await answered(open);
			hangUp();
			clearTimeout(patience);
			await closed;
			await apollo.stop();
		},
	};
}

/** How long a closing server waits for clients that do not read their answers. */
const patienceMs = 5000;

async function answered(open: ReadonlySet<ServerResponse>): Promise<void> {
	await Promise.allSettled(Array.from(open, (response) => once(response, "close")));
}

function isLoopback(host: string): boolean {
	return ["127.0.0.1", "::1", "[::1]", "localhost"].includes(host);
}

/** What somebody on the network calls this machine: a page can have none of these for its own name. */
function isOwnName(name: string, host: string): boolean {
	const bare = name.replace(/^\[(.*)\]$/, "$1").toLowerCase();
	return isIP(bare) !== 0 || [machineName(), host].some((own) => own.toLowerCase() === bare) || isLoopback(bare);
}

function refuseNamesBut(isRight: (name: string) => boolean) {
	return async ({ hostname }: FastifyRequest, reply: FastifyReply): Promise<void> => {
		if (!isRight(hostname)) await reply.code(421).type("text/plain").send(`"${hostname}" is not this machine\n`);
	};
}

/** The site may be shown in anybody's pages; the API answers none but our own, and whatever is no browser. */
async function refuseOtherPages({ headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
	if (isOfOtherPage(headers)) await reply.code(403).type("text/plain").send("only pages of this server may ask\n");
}

/** Browsers say so of every request to loopback or by https; otherwise an Origin is compared. */
function isOfOtherPage({ origin, host, "sec-fetch-site": site }: FastifyRequest["headers"]): boolean {
	if (site !== undefined) return site !== "same-origin" && site !== "none";
	return origin !== undefined && !(URL.canParse(origin) && new URL(origin).host === host);
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
	try {
		return await app.listen({ host, port });
	} catch (cause) {
		const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
		if (code === "EADDRINUSE")
			throw new SightlineError("BAD_INPUT", `port ${port} of ${host} is taken`, {
				hint: "Name another with --port, or --port 0 for any that is free.",
				cause,
			});
		if (code === "EACCES")
			throw new SightlineError("BAD_INPUT", `port ${port} of ${host} may not be listened on`, {
				hint: "Ports below 1024 often belong to the system; name another with --port.",
				cause,
			});
		if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
			throw new SightlineError("BAD_INPUT", `this machine has no address ${host}`, {
				hint: "127.0.0.1 is this machine alone, 0.0.0.0 every network it is on.",
				cause,
			});
		throw cause;
	}
}
