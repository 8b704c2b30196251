/** Files that the server hands out: the playground, and the site that was built last. */
import { existsSync } from "node:fs";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";

export interface FileOptions {
	/** The folder of the built playground, whether it is there or not. */
	readonly playground: string | undefined;
	/** The folder of the newest site, asked at every request; undefined while there is none. */
	readonly site: () => string | undefined;
}

/** Everything from this server; Monaco sets styles itself and starts its workers from here or from a blob. */
const playgroundPolicy = [
	"default-src 'self'",
	"style-src 'self' 'unsafe-inline'",
	"worker-src 'self' blob:",
	"img-src 'self' data:",
	"font-src 'self' data:",
	"object-src 'none'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join("; ");

export async function serveFiles(app: FastifyInstance, { playground, site }: FileOptions): Promise<void> {
	await app.register(fastifyStatic, { serve: false, redirect: true, dotfiles: "deny", cacheControl: false });

	app.get("/playground", (_request, reply) => reply.redirect("/playground/", 301));
	app.get<{ Params: { "*": string } }>("/playground/*", (request, reply) => {
		if (playground === undefined || !existsSync(playground))
			return notThere(reply, "the playground is not built", "npm run build");
		return reply
			.header("content-security-policy", playgroundPolicy)
			.header("cache-control", "no-cache")
			.sendFile(`/${request.params["*"]}`, playground);
	});

	app.get<{ Params: { "*": string } }>("/*", (request, reply) => {
		const folder = site();
		if (folder === undefined) {
			if (request.params["*"] === "") return reply.redirect("/playground/", 302);
			return notThere(reply, "no site has been built yet", "sightline report");
		}
		return (
			reply
				// A figure may be shown in anybody's page.
				.header("access-control-allow-origin", "*")
				.header("cache-control", "no-cache")
				.sendFile(`/${request.params["*"]}`, folder)
		);
	});
}

function notThere(reply: FastifyReply, what: string, command: string): FastifyReply {
	return reply.code(404).type("text/plain; charset=utf-8").send(`${what}; "${command}" makes it\n`);
}
