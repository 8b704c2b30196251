/**
 * Subscriptions as server-sent events: ordinary HTTP, for curl and browsers alike. They do not pass through Apollo
 * Server, so its limits are applied here again.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { type DocumentNode, GraphQLError, getOperationAST, parse, validate } from "graphql";
import type { RequestParams } from "graphql-sse";
import { createHandler } from "graphql-sse/lib/use/fastify";
import type { Asker } from "./asker.ts";
import { createContext } from "./context.ts";
import { publicForm } from "./errors.ts";
import { excessOf, limits, tokenExcessOf } from "./limits.ts";
import { schema } from "./schema.ts";
import type { Services } from "./services.ts";

export interface StreamOptions {
	readonly asker: Asker;
	/** Ends every stream. */
	readonly closing: AbortSignal;
}

/** For POST with JSON only: a foreign page cannot send that without a preflight, which is not answered. */
export function streamHandler(services: Services, { asker, closing }: StreamOptions) {
	const handle = createHandler<Record<string, unknown>>({
		// No "single connection mode": it keeps streams for tokens that anybody may reserve.
		authenticate: () => null,
		onSubscribe: ({ context: { reply } }, params) => {
			const operation = prepare(params);
			if (operation instanceof GraphQLError) return refusal(operation);
			const context = createContext(services, { asker, signal: signalOf(reply) });
			return { schema, ...operation, contextValue: { ...context } };
		},
	});
	return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
		const end = () => reply.raw.destroy();
		closing.addEventListener("abort", end);
		reply.hijack();
		try {
			await handle(request, reply);
		} finally {
			closing.removeEventListener("abort", end);
			if (!reply.raw.writableEnded) end();
		}
	};
}

/** Aborts when the client goes before it has its whole answer. */
export function signalOf(reply: FastifyReply): AbortSignal {
	const controller = new AbortController();
	reply.raw.once("close", () => {
		if (!reply.raw.writableFinished) controller.abort();
	});
	return controller.signal;
}

interface PreparedOperation {
	readonly document: DocumentNode;
	readonly operationName: string | undefined;
	readonly variableValues: Record<string, unknown> | undefined;
}

function prepare({ query, variables, operationName }: RequestParams): PreparedOperation | GraphQLError {
	const document = parseWithin(query);
	if (document instanceof GraphQLError) return document;
	const [mistake] = validate(schema, document);
	if (mistake !== undefined) return mistake;
	const operation = getOperationAST(document, operationName);
	if (operation?.operation !== "subscription")
		return new GraphQLError("only subscriptions are answered here", {
			extensions: { code: "BAD_INPUT", hint: "Send queries and mutations to /graphql." },
		});
	return excessOf(schema, document, operation) ?? { document, operationName, variableValues: variables };
}

function parseWithin(query: string): DocumentNode | GraphQLError {
	try {
		return parse(query, { maxTokens: limits.tokens });
	} catch (error) {
		if (!(error instanceof GraphQLError)) throw error;
		return tokenExcessOf(error.message) ?? error;
	}
}

/** As a plain answer: a stream that only brings an error would look like one that began. */
function refusal(error: GraphQLError) {
	const headers = { "content-type": "application/json; charset=utf-8" };
	return [
		JSON.stringify({ errors: [publicForm(error)] }),
		{ status: 400, statusText: "Bad Request", headers },
	] as const;
}
