/** What became of a damaged file. */
export interface Result {
	readonly format: string;
	readonly seed: number;
	/**
	 * "read" or "refused" by a named error; "failed" otherwise: another error, a process that ended or hung, too much time
	 * or memory, a file that should not be there.
	 */
	readonly outcome: "read" | "refused" | "failed";
	/** A named error's code and message, or what failed. */
	readonly reason: string;
	/** Of all threads of the process. */
	readonly cpuSeconds: number;
	/** The most memory that the process has had so far. */
	readonly peakBytes: number;
}

/** A line of the process that reads: what it begins with, so that its end can be told, and what came of it. */
export type Line = { readonly begin: Pick<Result, "format" | "seed"> } | { readonly end: Result };

/** On any machine, however busy. */
export const mostCpuSeconds = 5;
export const mostBytes = 2 ** 30;
