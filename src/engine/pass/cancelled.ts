/** Stopping on request. */
import { SightlineError } from "../../errors.ts";

/** @param reason why, as the rest of a sentence */
export function cancelled(reason: string): SightlineError {
	return new SightlineError("CANCELLED", `stopped: ${reason}`, {
		hint: "What was measured is kept; ask again to go on.",
	});
}

/** The error that an aborted signal stands for: its reason if that is one of ours. */
function reasonOf(signal: AbortSignal): SightlineError {
	return signal.reason instanceof SightlineError ? signal.reason : cancelled("whoever asked has left");
}

/** @throws SightlineError CANCELLED where the signal has aborted */
export function throwIfAborted(signal: AbortSignal | undefined): void {
	if (signal?.aborted) throw reasonOf(signal);
}

/** The promise, or a rejection as soon as the signal aborts. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	throwIfAborted(signal);
	if (signal === undefined) return promise;
	let onAbort = () => {};
	const aborted = new Promise<never>((_, reject) => {
		onAbort = () => reject(reasonOf(signal));
	});
	signal.addEventListener("abort", onAbort);
	try {
		return await Promise.race([promise, aborted]);
	} finally {
		signal.removeEventListener("abort", onAbort);
	}
}
