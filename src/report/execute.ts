/** How reports ask the API, and what its errors become. */
import { SightlineError } from "../errors.ts";

/** Answers a GraphQL request with plain JSON, as `executeQuery` does. */
export type Execute = (query: string, variables: Readonly<Record<string, unknown>>) => Promise<ExecutionAnswer>;

export interface ExecutionAnswer {
	readonly data?: Readonly<Record<string, unknown>> | null | undefined;
	readonly errors?: readonly ExecutionError[] | undefined;
}

export interface ExecutionError {
	readonly message: string;
	readonly path?: readonly (string | number)[] | undefined;
	readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * @param placeOf what the part of the request is called that an error came from, for messages
 * @throws SightlineError of the first error: the place, and the code and hint of the cause
 */
export function plainData(
	{ data, errors = [] }: ExecutionAnswer,
	placeOf: (error: ExecutionError | null) => string,
): Readonly<Record<string, unknown>> {
	const [error] = errors;
	if (error !== undefined) throw failure(placeOf(error), error);
	if (data == null) throw new SightlineError("BAD_INPUT", `${placeOf(null)}: the API answered without data`);
	return data;
}

function failure(where: string, { message, extensions }: ExecutionError): SightlineError {
	const { code, hint } = extensions ?? {};
	const known = ["BAD_INPUT", "NOT_FOUND", "DEVICE_UNAVAILABLE", "LIMIT", "CANCELLED", "STORAGE", "REMOTE"] as const;
	return new SightlineError(known.find((item) => item === code) ?? "BAD_INPUT", `${where}: ${message}`, {
		...(typeof hint === "string" ? { hint } : {}),
	});
}
