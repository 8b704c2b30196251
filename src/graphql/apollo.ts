/** The one way in which operations run, over HTTP and in process: limits, errors, no landing page, no stack traces. */
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import type { Context } from "./context.ts";
import { type ErrorOptions, errorFormatter } from "./errors.ts";
import { excessOf, limits } from "./limits.ts";
import { schema } from "./schema.ts";

export interface ApolloOptions extends ErrorOptions {
	/** Whether an operation's size is bounded (limits.ts); the program's own, such as a whole report, are not. */
	readonly limited: boolean;
}

export function createApollo(
	options: ApolloOptions,
	plugins: readonly ApolloServerPlugin<Context>[] = [],
): ApolloServer<Context> {
	return new ApolloServer<Context>({
		schema,
		plugins: [...(options.limited ? [limitPlugin] : []), ApolloServerPluginLandingPageDisabled(), ...plugins],
		formatError: errorFormatter(options),
		includeStacktraceInErrorResponses: false,
		introspection: true,
		parseOptions: options.limited ? { maxTokens: limits.tokens } : {},
		// Queries kept for strangers would be one more thing to bound.
		persistedQueries: false,
		// Whoever starts the server stops it: Sightline's own signals end passes first.
		stopOnTerminationSignals: false,
	});
}

/** A plugin, not a validation rule: Apollo Server gives every validation error one code. */
const limitPlugin: ApolloServerPlugin<Context> = {
	requestDidStart: async () => ({
		didResolveOperation: async ({ schema, document, operation }) => {
			const excess = operation && excessOf(schema, document, operation);
			if (excess) throw excess;
		},
	}),
};
