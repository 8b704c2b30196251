/** How a command ends that did not get through: a message, what to do, and an exit code; never a stack unasked. */
import { CommanderError } from "@commander-js/extra-typings";
import { SightlineError } from "../errors.ts";

export const exitCodes = { ok: 0, failure: 1, badUsage: 2, interrupted: 130 } as const;

/** What stands on stderr, and the code that the process ends with. */
export interface Failure {
	readonly text: string;
	readonly exitCode: number;
}

/** @param debug true adds the stack and the causes (SIGHTLINE_DEBUG=1) */
export function failureOf(error: unknown, debug: boolean): Failure {
	// Commander has printed its own message, or the help or version that was asked for.
	if (error instanceof CommanderError) return { text: "", exitCode: error.exitCode === 0 ? 0 : exitCodes.badUsage };
	const interrupted = error instanceof SightlineError && error.code === "CANCELLED";
	const lines = [interrupted ? error.message : `error: ${messageOf(error)}`];
	if (error instanceof SightlineError && error.hint !== undefined) lines.push(error.hint);
	if (debug) lines.push(stackOf(error));
	return { text: `${lines.join("\n")}\n`, exitCode: interrupted ? exitCodes.interrupted : exitCodes.failure };
}

/** The words of what the system refuses most often; everything else speaks for itself. */
function messageOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const { code, path, port, host } = error as NodeJS.ErrnoException & {
		port?: number;
		host?: string;
		address?: string;
	};
	switch (code) {
		case "EADDRINUSE":
			return `port ${port} is taken. Name another with --port, or --port 0 for any that is free.`;
		case "EACCES":
		case "EPERM":
		case "EROFS":
			return path === undefined
				? error.message
				: `no permission to write ${path}. Name another place with --store or --out.`;
		case "ENOSPC":
			return `the disk is full${path === undefined ? "" : ` at ${path}`}. "sightline store prune --keep 1GB" frees what can be measured again.`;
		case "ENOENT":
			return path === undefined ? error.message : `there is no file ${path}`;
		case "EADDRNOTAVAIL":
			return `this machine has no address ${host ?? ""}`;
		default:
			return error.message;
	}
}

function stackOf(error: unknown): string {
	if (!(error instanceof Error)) return "";
	const cause = error.cause === undefined ? "" : `\ncaused by: ${stackOf(error.cause) || String(error.cause)}`;
	return `${error.stack ?? error.message}${cause}`;
}
