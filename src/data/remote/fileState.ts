/**
 * What a host says of a file before it is fetched. Asked by HEAD of the file itself, since that is one request, and all
 * that the simpler mirrors of the Hub know; `fileDownloadInfo` of @huggingface/hub does not tell the commit, and follows
 * a redirect to another host first.
 */
import { SightlineError } from "../../errors.ts";
import type { Access } from "./access.ts";
import { isCommit } from "./address.ts";
import { type ContentDigest, digestOfEtag } from "./contentDigest.ts";
import type { Reply, ReplyHeaders } from "./exchange.ts";
import { follow } from "./follow.ts";
import { type Asked, refusalOf } from "./refusal.ts";
import { encodePath } from "./repositoryPath.ts";
import { withRetries } from "./retries.ts";

export interface HubFileState {
	readonly commit: string;
	readonly etag: string;
	/** Null where the hub names its content by something else. */
	readonly digest: ContentDigest | null;
	readonly sizeBytes: number | null;
}

export interface HubFileName {
	readonly repository: string;
	readonly revision: string;
	readonly path: string;
}

/** Where a hub serves a file. */
export function hubFileUrl(endpoint: string, { repository, revision, path }: HubFileName): URL {
	return new URL(`${endpoint}/${repository}/resolve/${encodeURIComponent(revision)}/${encodePath(path)}`);
}

/** @throws SightlineError NOT_FOUND, REMOTE, CANCELLED, BAD_INPUT (the policy) */
export async function hubFileState(
	access: Access,
	name: HubFileName,
	asked: Asked,
	signal: AbortSignal | undefined,
): Promise<HubFileState> {
	const url = hubFileUrl(access.settings.endpoint, name);
	// A large file's reply is a redirect that tells all, and is not followed: the host of the bytes has an ETag of its own,
	// which may look like a digest and is none. Redirects from a mirror, to a new name or to the hub's own cache are.
	const { headers } = await head(access, url, asked, signal, { stopAt: (reply) => "x-linked-etag" in reply.headers });
	const commit = headers["x-repo-commit"] ?? "";
	const etag = headers["x-linked-etag"] ?? headers.etag;
	if (!isCommit(commit) || etag === undefined) {
		throw new SightlineError("REMOTE", `${asked.what}: ${url.host} does not answer as a hub does`, {
			hint: "Its reply has no commit (X-Repo-Commit) or no ETag. Check HF_ENDPOINT, and proxies on the way.",
		});
	}
	if (isCommit(name.revision) && commit !== name.revision) {
		throw new SightlineError("REMOTE", `${asked.what}: ${url.host} answers for another commit, ${commit}`, {
			hint: "Check HF_ENDPOINT.",
		});
	}
	const sizeBytes = sizeOf("x-linked-etag" in headers ? headers["x-linked-size"] : headers["content-length"]);
	return { commit, etag, digest: digestOfEtag(etag), sizeBytes };
}

export interface WebFileState {
	readonly etag: string | null;
	readonly lastModified: string | null;
	readonly sizeBytes: number | null;
}

/** Null for what the host does not tell; some refuse to tell anything to HEAD, such as signed addresses of stores. */
export async function webFileState(
	access: Access,
	url: URL,
	asked: Asked,
	signal: AbortSignal | undefined,
): Promise<WebFileState> {
	const untold = { etag: null, lastModified: null, sizeBytes: null };
	const refusesHead = ({ status }: Reply) => [400, 401, 403, 405, 501].includes(status);
	const reply = await head(access, url, asked, signal, { accepted: refusesHead });
	if (refusesHead(reply)) return untold;
	const { headers } = reply;
	return {
		etag: headers.etag ?? null,
		lastModified: headers["last-modified"] ?? null,
		sizeBytes: sizeOf(headers["content-length"]),
	};
}

/** The reply that is no redirect, or is to be stopped at; it is no refusal, unless it is one to be `accepted`. */
async function head(
	access: Access,
	url: URL,
	asked: Asked,
	signal: AbortSignal | undefined,
	{ stopAt, accepted = () => false }: { stopAt?: (reply: Reply) => boolean; accepted?: (reply: Reply) => boolean },
): Promise<Reply> {
	return withRetries({ wait: access.wait, signal }, async () => {
		const reply = await follow(access, { method: "HEAD", url, headers: {}, signal }, stopAt);
		reply.close();
		if (reply.status >= 400 && !accepted(reply)) throw refusalOf(reply, asked);
		return reply;
	});
}

/** Bytes that a header states; null where it states none. */
export function sizeOf(header: ReplyHeaders[string] | undefined): number | null {
	const size = /^\d+$/.test(header ?? "") ? Number(header) : Number.NaN;
	return Number.isSafeInteger(size) ? size : null;
}
