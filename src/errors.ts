/** What went wrong, for callers that decide by it: the word that stands in a GraphQL error's `extensions.code`. */
export type ErrorCode =
	| "BAD_INPUT" // a file, an argument or a graph that cannot be what it should be
	| "NOT_FOUND" // a name that is not there
	| "DEVICE_UNAVAILABLE" // an execution provider that this machine does not have
	| "LIMIT" // a request that asks for more than is allowed
	| "CANCELLED" // stopped by whoever asked for it
	| "STORAGE" // a disk that is full, forbidden or damaged
	| "REMOTE"; // a host that cannot be reached, or that refuses or garbles what was asked of it

/** An error meant to be read: what was given, what was expected, and in `hint` what to do. */
export class SightlineError extends Error {
	readonly code: ErrorCode;
	readonly hint: string | undefined;

	constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
		super(message, options.cause === undefined ? undefined : { cause: options.cause });
		this.name = "SightlineError";
		this.code = code;
		this.hint = options.hint;
	}
}

/** A NOT_FOUND error that names the near misses, or all choices where there are few. */
export function notFound(kind: string, given: string, choices: readonly string[]): SightlineError {
	const near = nearMisses(given, choices);
	const hint =
		near.length > 0
			? `Did you mean ${near.join(" or ")}?`
			: choices.length <= 20
				? `There is: ${choices.join(", ") || "none"}.`
				: `There are ${choices.length}, from ${choices[0]} to ${choices.at(-1)}.`;
	return new SightlineError("NOT_FOUND", `no ${kind} "${given}"`, { hint });
}

/** Up to three choices within a third of the given word's length in edits, nearest first. */
export function nearMisses(given: string, choices: readonly string[]): string[] {
	const limit = Math.max(1, Math.floor(given.length / 3));
	return choices
		.map((choice) => ({ choice, edits: editDistance(given.toLowerCase(), choice.toLowerCase()) }))
		.filter(({ edits }) => edits <= limit)
		.sort((a, b) => a.edits - b.edits)
		.slice(0, 3)
		.map(({ choice }) => choice);
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, column) => column);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const swap = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1));
		}
		row = next;
	}
	return row[b.length] as number;
}

/** A value from outside as errors tell it: JSON, cut after 60 characters, however long, deep or wide it is. */
export function shown(value: unknown): string {
	const text = inWords(value, 3);
	return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** @param depth of lists and objects within each other that are still spelled; below it, JSON.stringify would run out of stack */
function inWords(value: unknown, depth: number): string {
	if (typeof value === "string") return JSON.stringify(value.slice(0, 60));
	if (typeof value !== "object" || value === null) return String(value);
	if (depth === 0) return Array.isArray(value) ? "[...]" : "{...}";
	if (Array.isArray(value))
		return `[${value
			.slice(0, 60)
			.map((each) => inWords(each, depth - 1))
			.join()}]`;
	const fields = Object.entries(value).slice(0, 60);
	return `{${fields.map(([name, each]) => `${inWords(name, 0)}:${inWords(each, depth - 1)}`).join()}}`;
}

/** "ENOENT", ... of an error of the file system or the network; undefined of any other. */
export function systemCodeOf(error: unknown): string | undefined {
	return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
