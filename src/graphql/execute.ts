/** GraphQL without a server: for building a report, and for `sightline query`. */
import type { ApolloServer } from "@apollo/server";
import type { GraphQLFormattedError } from "graphql";
import { createApollo } from "./apollo.ts";
import { type Context, createContext } from "./context.ts";
import type { Services } from "./services.ts";

export interface QueryRequest {
	readonly query: string;
	readonly variables?: Readonly<Record<string, unknown>>;
	readonly operationName?: string;
}

export interface QueryResult {
	/** Plain JSON; null or absent where an error left nothing. */
	readonly data?: Record<string, unknown> | null;
	readonly errors?: readonly GraphQLFormattedError[];
}

export interface ExecuteOptions {
	/** Stops the passes that the query waits for. */
	readonly signal?: AbortSignal;
	/** False for an operation of the program's own: its size is not bounded. */
	readonly limited?: boolean;
	/** Told of mistakes of Sightline's own. */
	readonly onInternalError?: (error: unknown) => void;
}

/** Runs a query or mutation, by default under the limits of the server; paths of model files may be given as ids. */
export async function executeQuery(
	services: Services,
	{ query, variables = {}, operationName }: QueryRequest,
	{ signal = new AbortController().signal, limited = true, onInternalError = () => {} }: ExecuteOptions = {},
): Promise<QueryResult> {
	const apollo: ApolloServer<Context> = createApollo({ trusted: true, limited, onInternalError });
	const { body } = await apollo.executeOperation(
		{ query, variables, ...(operationName === undefined ? {} : { operationName }) },
		{ contextValue: createContext(services, { asker: "owner", signal }) },
	);
	await apollo.stop();
	if (body.kind !== "single") throw new Error("an operation was answered in parts");
	return plain(body.singleResult) as QueryResult;
}

/**
 * graphql-js makes objects without a prototype, which templates and comparisons stumble over. Lists of numbers, by far the
 * most of an answer, stay as they are.
 */
function plain(value: unknown): unknown {
	if (Array.isArray(value)) return value.some(isObject) ? value.map(plain) : value;
	if (!isObject(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]));
}

function isObject(value: unknown): value is object {
	return typeof value === "object" && value !== null;
}
