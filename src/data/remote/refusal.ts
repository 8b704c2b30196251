/** Replies that are not what was asked for: what the host says, and what to do about it. */
import { SightlineError } from "../../errors.ts";
import type { Reply } from "./exchange.ts";
import type { HubSettings } from "./hubSettings.ts";
import { TransientFailure } from "./remoteFailure.ts";

/** What was asked for, for messages. */
export interface Asked {
	/** "hf:owner/name@main:config.json" */
	readonly what: string;
	/** "owner/name", or null for a file of another host. */
	readonly repository: string | null;
	readonly settings: HubSettings;
}

/** The error that a reply is: TransientFailure for 408, 429 and 5xx, a SightlineError for everything else. */
export function refusalOf(reply: Reply, asked: Asked): Error {
	const { status, url } = reply;
	const said = saidBy(reply);
	if (status === 408 || status === 429 || status >= 500) {
		const reason = status === 429 ? "too many requests" : "the host has trouble";
		const hint =
			status === 429 && asked.settings.token === null ? "With a token (HF_TOKEN) more is allowed." : undefined;
		return new TransientFailure(
			remoteError(`${asked.what}: ${url.host} answers ${status}, ${reason}${said}`, hint),
			retryAfterMs(reply, Date.now()),
		);
	}
	const ofHub = asked.repository !== null && url.origin === new URL(asked.settings.endpoint).origin;
	if (ofHub) return hubRefusal(reply, asked, asked.repository, said);
	if (status === 404 || status === 410)
		return missing(asked.what, `${url.host} has no such file`, "Check the address.");
	return remoteError(`${asked.what}: ${url.host} answers ${status}${said}`, "Check the address.");
}

/** The Hub's own words for why (X-Error-Code), as huggingface_hub reads them. */
function hubRefusal(reply: Reply, { what, settings }: Asked, repository: string, said: string): SightlineError {
	const { status, headers } = reply;
	const { endpoint, token } = settings;
	const code = headers["x-error-code"];
	if (code === "EntryNotFound") return missing(what, "the repository has no such file", "List its files first.");
	if (code === "RevisionNotFound") {
		return missing(what, "the repository has no such revision", `Look at ${endpoint}/${repository}/branches.`);
	}
	if (code === "GatedRepo") {
		const consent = `Accept its conditions at ${endpoint}/${repository}`;
		return remoteError(
			`${what}: the repository is gated: its owner wants to know who uses it`,
			token === null ? `${consent}, then ${tokenHint}` : `${consent} as the user of the token in ${token.source}.`,
		);
	}
	if (status === 401 && token !== null && code !== "RepoNotFound") {
		const hint = `Make a new one at ${endpoint}/settings/tokens, or take it away.`;
		return remoteError(`${what}: the token of ${token.source} is not accepted${said}`, hint);
	}
	// To those it does not know the Hub does not tell a private repository from none.
	if (status === 401 || (status === 404 && (code === "RepoNotFound" || code === undefined))) {
		const hint = token === null ? `For a private one ${tokenHint}` : `The token of ${token.source} may not see it.`;
		return missing(what, "there is no such repository, or it is private", `Check the name. ${hint}`);
	}
	if (status === 403) {
		const hint = token === null ? `If you may, ${tokenHint}` : `The token of ${token.source} does not allow it.`;
		return remoteError(`${what}: access is forbidden${said}`, hint);
	}
	if (status === 404) return missing(what, `the hub does not have it${said}`, "Check the address.");
	return remoteError(`${what}: ${endpoint} answers ${status}${said}`, "Check HF_ENDPOINT and the address.");
}

const tokenHint = "set HF_TOKEN (or run hf auth login; HUGGING_FACE_HUB_TOKEN and HF_TOKEN_PATH are read too).";

/** At most a line of what the host itself says; it is a stranger's text. */
function saidBy({ headers }: Reply): string {
	const text = (headers["x-error-message"] ?? "").replace(/[^\x20-\x7e]/g, "").slice(0, 200);
	return text === "" ? "" : ` ("${text}")`;
}

/** Retry-After: seconds, or a date. */
function retryAfterMs({ headers }: Reply, now: number): number | undefined {
	const text = headers["retry-after"] ?? "";
	const seconds = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
	return seconds > 0 ? seconds : undefined;
}

function missing(what: string, why: string, hint: string): SightlineError {
	return new SightlineError("NOT_FOUND", `${what}: ${why}`, { hint });
}

function remoteError(message: string, hint?: string): SightlineError {
	return new SightlineError("REMOTE", message, hint === undefined ? {} : { hint });
}
