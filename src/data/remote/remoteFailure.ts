/** What went wrong between here and a host: broken connections, certificates, and being told to stop. */
import { SightlineError } from "../../errors.ts";

/** What may well succeed when tried again, and the error that it is if it does not. */
export class TransientFailure extends Error {
	readonly error: SightlineError;
	/** How long the host asks to be left alone, if it says so. */
	readonly retryAfterMs: number | undefined;

	constructor(error: SightlineError, retryAfterMs?: number) {
		super(error.message, { cause: error });
		this.error = error;
		this.retryAfterMs = retryAfterMs;
	}
}

/** A connection that could not be made, or broke; errors that have their words already are left as they are. */
export function connectionFailure(cause: unknown, url: URL): Error {
	if (cause instanceof SightlineError || cause instanceof TransientFailure) return cause;
	const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
	if (code === "ENOTFOUND") {
		const hint = `Check the name and this machine's network. ${offlineHint}`;
		return new SightlineError("REMOTE", `there is no host "${url.hostname}"`, { hint, cause });
	}
	if (/CERT|SIGNATURE|TLS|SSL|^EPROTO$/.test(code)) {
		return new SightlineError("REMOTE", `${url.host} does not prove who it is (${code})`, {
			hint: "Where a company's proxy reads along, name its certificate in NODE_EXTRA_CA_CERTS.",
			cause,
		});
	}
	const words = brokenConnection[code] ?? (cause instanceof Error ? cause.message : String(cause));
	return new TransientFailure(
		new SightlineError("REMOTE", `${url.host}: ${words}`, { hint: `What came is kept. ${offlineHint}`, cause }),
	);
}

/** @throws SightlineError CANCELLED where the signal has aborted, or its reason if that is one of ours */
export function throwIfAborted(signal: AbortSignal | undefined): void {
	if (!signal?.aborted) return;
	if (signal.reason instanceof SightlineError) throw signal.reason;
	throw new SightlineError("CANCELLED", "stopped: whoever asked for the file has left", {
		hint: "What came is kept; ask again to go on.",
	});
}

const offlineHint = "HF_HUB_OFFLINE=1 uses what was fetched before.";

const brokenConnection: Readonly<Record<string, string>> = {
	ECONNREFUSED: "nobody answers",
	ECONNRESET: "the connection broke",
	EPIPE: "the connection broke",
	ETIMEDOUT: "the connection fell silent",
	EAI_AGAIN: "its name cannot be looked up at the moment",
	ENETUNREACH: "there is no way to its network",
	EHOSTUNREACH: "there is no way to it",
};
