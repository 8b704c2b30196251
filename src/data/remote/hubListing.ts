/** What a repository holds, through @huggingface/hub, which knows the Hub's API; the requests are our own. */
import { SightlineError } from "../../errors.ts";
import type { Access } from "./access.ts";
import { isCommit } from "./address.ts";
import type { Reply } from "./exchange.ts";
import { follow } from "./follow.ts";
import { type Asked, refusalOf } from "./refusal.ts";
import { pathProblem } from "./repositoryPath.ts";
import { withRetries } from "./retries.ts";

export interface RepositoryListing {
	/** "owner/name". */
	readonly repository: string;
	/** What the revision meant when it was asked for. */
	readonly commit: string;
	readonly files: readonly RepositoryFile[];
}

export interface RepositoryFile {
	readonly path: string;
	readonly sizeBytes: number;
	/** Of large files (Git LFS); null for all others, which the Hub knows by git's SHA-1 alone. */
	readonly sha256: string | null;
}

const maxFiles = 100_000;
const maxReplies = 1000;
const maxReplyBytes = 2 ** 25;

/** The commit that a branch, a tag or a shortened commit means now. */
export async function hubCommit(
	access: Access,
	repository: string,
	revision: string,
	asked: Asked,
	signal: AbortSignal | undefined,
): Promise<string> {
	const { modelInfo } = await import("@huggingface/hub");
	const { sha } = await modelInfo({
		name: repository,
		revision,
		additionalFields: ["sha"],
		hubUrl: access.settings.endpoint,
		fetch: boundedFetch(access, asked, signal),
	}).catch((error: unknown) => {
		throw garbled(error, asked);
	});
	if (typeof sha === "string" && isCommit(sha)) return sha;
	throw garbled(new Error("it names no commit"), asked);
}

/** Every file of a commit; what has a path that no file may have is left out, since it can never be fetched. */
export async function hubListing(
	access: Access,
	repository: string,
	commit: string,
	asked: Asked,
	signal: AbortSignal | undefined,
): Promise<RepositoryListing> {
	const { listFiles } = await import("@huggingface/hub");
	const found = listFiles({
		repo: { type: "model", name: repository },
		revision: commit,
		recursive: true,
		hubUrl: access.settings.endpoint,
		fetch: boundedFetch(access, asked, signal),
	});
	const files: RepositoryFile[] = [];
	try {
		for await (const entry of found) {
			const file = fileOf(entry);
			if (file !== undefined) files.push(file);
			if (files.length > maxFiles) throw tooLarge(asked, `more than ${maxFiles} files`);
		}
	} catch (error) {
		throw garbled(error, asked);
	}
	return { repository, commit, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** The client hands on whatever the host sent. */
function fileOf(entry: unknown): RepositoryFile | undefined {
	if (typeof entry !== "object" || entry === null) throw new Error("an entry of its list is no object");
	const { type, path, size, lfs } = entry as Partial<Record<"type" | "path" | "size" | "lfs", unknown>>; // checked below
	if (type !== "file") return undefined;
	if (typeof path !== "string" || !Number.isSafeInteger(size))
		throw new Error("a file of its list has no path or size");
	if (pathProblem(path) !== undefined) return undefined;
	const oid = typeof lfs === "object" && lfs !== null && "oid" in lfs ? lfs.oid : null;
	const sha256 = typeof oid === "string" && /^[0-9a-f]{64}$/.test(oid) ? oid : null;
	return { path, sizeBytes: Number(size), sha256 };
}

/**
 * What @huggingface/hub is given for fetch, since its own would retry nothing, read replies of any length, follow any
 * redirect, and carry the token wherever the link to a next page leads. The token is therefore not given to the client,
 * which also refuses those that do not begin with "hf_", as a mirror's may not.
 */
function boundedFetch(access: Access, asked: Asked, signal: AbortSignal | undefined): typeof fetch {
	let replies = 0;
	return async (input) => {
		if (++replies > maxReplies) throw tooLarge(asked, `more than ${maxReplies} pages`);
		const url = new URL(input instanceof Request ? input.url : input);
		return withRetries({ wait: access.wait, signal }, async () => {
			const reply = await follow(access, { method: "GET", url, headers: { accept: "application/json" }, signal });
			if (reply.status !== 200) {
				reply.close();
				throw refusalOf(reply, asked);
			}
			return new Response(await readBody(reply, asked), { status: 200, headers: reply.headers });
		});
	};
}

async function readBody(reply: Reply, asked: Asked): Promise<string> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of reply.body) {
		length += chunk.length;
		if (length > maxReplyBytes) throw tooLarge(asked, `a reply of more than ${maxReplyBytes} bytes`);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString();
}

function tooLarge({ what }: Asked, found: string): SightlineError {
	return new SightlineError("LIMIT", `${what}: its list of files is not read: ${found}`, {
		hint: "Name the file itself, as hf:owner/name:path.",
	});
}

/** Errors of our own requests as they are; everything else is the client's about what it was sent. */
function garbled(error: unknown, { what, settings }: Asked): SightlineError {
	if (error instanceof SightlineError) return error;
	const reason = error instanceof Error ? error.message : String(error);
	return new SightlineError("REMOTE", `${what}: ${settings.endpoint} does not answer as a hub does: ${reason}`, {
		hint: "Check HF_ENDPOINT.",
		cause: error,
	});
}
