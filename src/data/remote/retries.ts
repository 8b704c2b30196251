/** Trying again: after longer and longer waits, or when the host says so. */
import { setTimeout as sleep } from "node:timers/promises";
import { SightlineError } from "../../errors.ts";
import { TransientFailure, throwIfAborted } from "./remoteFailure.ts";

/** Sleeps; may end early where the signal aborts. */
export type Wait = (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;

export const systemWait: Wait = async (milliseconds, signal) => {
	// Aborted: seen by whoever waited.
	await sleep(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => {});
};

export interface Patience {
	readonly wait: Wait;
	readonly signal: AbortSignal | undefined;
}

/** In a row without progress: waits of about 1, 2, 4, 8 and 16 s stand between them. */
const attemptsInVain = 6;
/** With progress too: a host that breaks off after every few bytes is left in the end. */
const attemptsAtAll = 200;
const longestWaitMs = 30_000;
/** Who asks for more patience than this is not waited for. */
const longestRetryAfterMs = 300_000;

/**
 * The result of the first attempt that does not end in a TransientFailure.
 * @param attempt is told how to say that it got on, so that failures are counted anew
 * @throws SightlineError the last failure, with the number of attempts; CANCELLED
 */
export async function withRetries<T>(
	{ wait, signal }: Patience,
	attempt: (progressed: () => void) => Promise<T>,
): Promise<T> {
	let inVain = 0;
	for (let attempts = 1; ; attempts++) {
		let gotOn = false;
		try {
			return await attempt(() => {
				gotOn = true;
			});
		} catch (failure) {
			throwIfAborted(signal);
			if (!(failure instanceof TransientFailure)) throw failure;
			inVain = gotOn ? 1 : inVain + 1;
			const { error, retryAfterMs = 0 } = failure;
			if (inVain >= attemptsInVain || attempts >= attemptsAtAll) throw afterAll(error, `after ${attempts} attempts`);
			if (retryAfterMs > longestRetryAfterMs) {
				throw afterAll(error, `it asks to be left alone for ${Math.ceil(retryAfterMs / 60_000)} minutes`);
			}
			await wait(Math.max(retryAfterMs, backOff(inVain)), signal);
			throwIfAborted(signal);
		}
	}
}

/** Doubled each time, and up to a quarter longer by chance, so that many clients do not come back at once. */
function backOff(inVain: number): number {
	return Math.min(longestWaitMs, 1000 * 2 ** (inVain - 1)) * (1 + Math.random() / 4);
}

function afterAll({ code, message, hint, cause }: SightlineError, why: string): SightlineError {
	return new SightlineError(code, `${message} (${why})`, { cause, ...(hint === undefined ? {} : { hint }) });
}
