/** Errors as clients see them: a code to decide by, what was given, what to do; never a stack. */
import { unwrapResolverError } from "@apollo/server/errors";
import type { GraphQLError, GraphQLFormattedError } from "graphql";
import { SightlineError } from "../errors.ts";
import { tokenExcessOf } from "./limits.ts";

export interface ErrorOptions {
	/** Who asks sits at this machine: told what went wrong inside. */
	readonly trusted: boolean;
	/** Told of every error that is a mistake of Sightline's, with its stack. */
	readonly onInternalError: (error: unknown) => void;
}

export function errorFormatter({ trusted, onInternalError }: ErrorOptions) {
	return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
		const cause = unwrapResolverError(error);
		if (cause instanceof SightlineError)
			return {
				...formatted,
				message: cause.message,
				extensions: { code: cause.code, ...(cause.hint === undefined ? {} : { hint: cause.hint }) },
			};
		const excess = tokenExcessOf(formatted.message);
		if (excess !== undefined) return publicForm(excess);
		if (formatted.extensions?.code !== "INTERNAL_SERVER_ERROR") return formatted;
		onInternalError(cause);
		const told = trusted && cause instanceof Error ? `: ${cause.message}` : "; the server's log tells more";
		return { ...formatted, message: `a mistake inside Sightline${told}`, extensions: formatted.extensions };
	};
}

/** For answers that do not pass through Apollo Server. */
export function publicForm(error: GraphQLError): GraphQLFormattedError {
	const { http: _http, ...extensions } = error.extensions;
	return { ...error.toJSON(), extensions };
}
