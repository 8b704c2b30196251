/**
 * A server on loopback that speaks the protocol of the Hugging Face Hub, and a second one, as the Hub's CDN, that large
 * files are redirected to. It remembers every request, and fails as it is told to.
 *
 *     const hub = await startHubServer();                    // ends with the running test
 *     const commit = hub.publish("tiny/vit", { "config.json": "{}", "model.safetensors": largeFile(bytes) });
 *     hub.fail({ on: "cdn", breakAfterBytes: 1000 });        // once; then it serves again
 *     hub.requests.filter(({ method }) => method === "GET")
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** The bytes of a file that is kept by git itself, or one that Git LFS keeps elsewhere. */
export type PublishedFile = string | Uint8Array | LargeFile;

export interface LargeFile {
	readonly large: Uint8Array;
}

export function largeFile(bytes: Uint8Array): LargeFile {
	return { large: bytes };
}

export interface SeenRequest {
	readonly host: "hub" | "cdn";
	readonly method: string;
	/** Path and query. */
	readonly path: string;
	readonly headers: IncomingMessage["headers"];
	/** When it came, in milliseconds of this process. */
	readonly atMs: number;
	/** Of the reply; 0 where the connection was broken before one. */
	status: number;
	/** Of the body, as far as they were sent. */
	sentBytes: number;
}

export interface Fault {
	readonly on: "hub" | "cdn";
	readonly method?: string;
	/** Of the requests meant, those whose path holds this. */
	readonly path?: string;
	/** Once unless said otherwise. */
	readonly times?: number;
	/** An answer of this status instead. */
	readonly status?: number;
	/** Beside, or in place of, those of the answer. */
	readonly headers?: Headers;
	/** The body breaks off here; 0 breaks the connection without an answer. */
	readonly breakAfterBytes?: number;
	/** The body stops here, and the connection stays open until breakOff(). */
	readonly hangAfterBytes?: number;
	/** What is sent in place of the file's own bytes, of the same length. */
	readonly content?: Uint8Array;
}

interface Repository {
	readonly commits: Map<string, ReadonlyMap<string, StoredFile>>;
	readonly revisions: Map<string, string>;
	token?: string;
}

interface StoredFile {
	readonly bytes: Uint8Array;
	readonly large: boolean;
	/** git's name of what it keeps: the file, or the pointer to it. */
	readonly oid: string;
	readonly sha256: string;
}

export async function startHubServer(): Promise<HubServer> {
	const hub = new HubServer();
	await hub.listen();
	return hub;
}

/**
 * An onProgress that breaks the connections which hang when so many bytes have come: at exactly that byte, since nothing
 * is on the way that the break could swallow.
 */
export function breakAt(hub: HubServer, ...bytes: number[]) {
	return ({ doneBytes }: { readonly doneBytes: number }): void => {
		if (bytes.includes(doneBytes)) hub.breakOff();
	};
}

export class HubServer {
	/** As HF_ENDPOINT names it. */
	endpoint = "";
	/** Where the large files are. */
	cdn = "";
	readonly requests: SeenRequest[] = [];
	/** Entries of a list of files in one reply. */
	pageSize = 1000;
	readonly #repositories = new Map<string, Repository>();
	readonly #renamed = new Map<string, string>();
	readonly #others = new Map<string, { bytes: Uint8Array; headers: Headers }>();
	readonly #faults: Fault[] = [];
	readonly #hanging: ServerResponse[] = [];

	async listen(): Promise<void> {
		this.cdn = await this.#open("cdn", (call) => this.#cdnAnswer(call));
		this.endpoint = await this.#open("hub", (call) => this.#hubAnswer(call));
	}

	/** A new commit of "main" with these files and no others; the commits before it stay. */
	publish(name: string, files: Readonly<Record<string, PublishedFile>>): string {
		const repository = this.#repositories.get(name) ?? { commits: new Map(), revisions: new Map() };
		const stored = new Map(Object.entries(files).map(([path, file]) => [path, store(file)]));
		const commit = hex("sha1", JSON.stringify([...stored].map(([path, { oid }]) => [path, oid])));
		repository.commits.set(commit, stored);
		repository.revisions.set("main", commit);
		this.#repositories.set(name, repository);
		return commit;
	}

	/** Another branch or tag: "v1", "refs/pr/1". */
	tag(name: string, revision: string, commit: string): void {
		this.#named(name).revisions.set(revision, commit);
	}

	/** Only who sends this token may read the files. */
	gate(name: string, token: string): void {
		this.#named(name).token = token;
	}

	/** Redirects, as the Hub does after a repository was renamed. */
	rename(from: string, to: string): void {
		this.#repositories.set(to, this.#named(from));
		this.#repositories.delete(from);
		this.#renamed.set(from, to);
	}

	/** A file outside any repository, as other hosts have them; its URL. */
	serve(path: string, bytes: Uint8Array, headers: Headers = {}): string {
		this.#others.set(path, { bytes, headers });
		return `${this.cdn}${path}`;
	}

	/** The next requests that are meant fail so; of several faults the first that is left. */
	fail(fault: Fault): void {
		this.#faults.push(...Array.from({ length: fault.times ?? 1 }, () => fault));
	}

	/** Breaks the connections that hang. */
	breakOff(): void {
		for (const response of this.#hanging.splice(0)) response.socket?.destroy();
	}

	#named(name: string): Repository {
		const repository = this.#repositories.get(name);
		if (repository === undefined) throw new Error(`${name} was not published`);
		return repository;
	}

	#hubAnswer({ path, headers, body, content }: Call): Answer {
		const { pathname, searchParams } = new URL(path, this.endpoint);
		const api = /^\/api\/models\/([^/]+\/[^/]+)\/(revision|tree|paths-info)\/([^/]+)$/.exec(pathname);
		const resolve =
			/^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(pathname) ??
			/^\/api\/resolve-cache\/models\/([^/]+\/[^/]+)\/([^/]+)\/(.+)$/.exec(pathname);
		const [name = "", revision = ""] = api ? [api[1], api[3]] : [resolve?.[1], resolve?.[2]];
		const movedTo = this.#renamed.get(name);
		if (movedTo !== undefined) return { status: 307, headers: { location: path.replace(name, movedTo) } };
		const repository = this.#repositories.get(name);
		const token = /^Bearer (.*)$/.exec(headers.authorization ?? "")?.[1];
		if (repository === undefined) return refusal(token === undefined ? 401 : 404, "RepoNotFound");
		const asked = decodeURIComponent(revision);
		const commit = repository.commits.has(asked) ? asked : (repository.revisions.get(asked) ?? "");
		const files = repository.commits.get(commit);
		if (files === undefined) return refusal(404, "RevisionNotFound", `Invalid rev id: ${asked}`);
		switch (api?.[2]) {
			case "revision":
				return jsonAnswer(modelCard(name, commit, files, repository.token !== undefined));
			case "tree":
				return this.#treeAnswer(path, Number(searchParams.get("cursor") ?? 0), treeOf(files));
			case "paths-info": {
				const { paths } = JSON.parse(body) as { paths: string[] };
				return jsonAnswer(treeOf(files).filter((entry) => paths.includes(entry.path)));
			}
		}
		if (repository.token !== undefined && repository.token !== token) {
			return refusal(token === undefined ? 401 : 403, "GatedRepo", `Access to model ${name} is restricted.`);
		}
		const ofCommit = { "x-repo-commit": commit };
		const file = files.get(decodeURIComponent(resolve?.[3] ?? ""));
		if (file === undefined) return refusal(404, "EntryNotFound", "Entry not found", ofCommit);
		if (!file.large) {
			const etag = `"${file.oid}"`;
			const isOpen = repository.token === undefined && !pathname.startsWith("/api/resolve-cache/");
			if (!isOpen) return fileAnswer(headers, content ?? file.bytes, { ...ofCommit, etag });
			// Of public repositories even small files come from a cache, under an address that never means another file.
			const cached = `/api/resolve-cache/models/${name}/${commit}/${resolve?.[3]}?etag=${encodeURIComponent(etag)}`;
			return { status: 307, headers: { ...ofCommit, location: cached } };
		}
		const linked = { "x-linked-etag": `"${file.sha256}"`, "x-linked-size": String(file.bytes.length) };
		return { status: 302, headers: { ...ofCommit, ...linked, location: `${this.cdn}/${file.sha256}?signed` } };
	}

	#treeAnswer(path: string, from: number, tree: readonly unknown[]): Answer {
		const page = tree.slice(from, from + this.pageSize);
		if (from + page.length >= tree.length) return jsonAnswer(page);
		const next = new URL(path, this.endpoint);
		next.searchParams.set("cursor", String(from + page.length));
		return jsonAnswer(page, { link: `<${next.href}>; rel="next"` });
	}

	#cdnAnswer({ path, headers, content }: Call): Answer {
		const { pathname, search } = new URL(path, this.cdn);
		const other = this.#others.get(pathname);
		if (other !== undefined) return fileAnswer(headers, content ?? other.bytes, other.headers);
		const stored = [...this.#repositories.values()]
			.flatMap(({ commits }) => [...commits.values()].flatMap((files) => [...files.values()]))
			.find(({ sha256 }) => pathname === `/${sha256}`);
		if (stored === undefined) return { status: 404 };
		// The signature in the query is what lets a reader in, and the ETag is the CDN's own.
		if (search !== "?signed") return { status: 403 };
		return fileAnswer(headers, content ?? stored.bytes, { etag: `"cdn-${stored.sha256.slice(0, 8)}"` });
	}

	async #open(host: SeenRequest["host"], answer: (call: Call) => Answer): Promise<string> {
		const server = createServer(async (request, response) => {
			const { method = "", url: path = "", headers } = request;
			const seen: SeenRequest = { host, method, path, headers, atMs: performance.now(), status: 0, sentBytes: 0 };
			this.requests.push(seen);
			let body = "";
			for await (const chunk of request) body += chunk;
			const fault = this.#takeFault(seen);
			if (fault?.breakAfterBytes === 0) {
				response.socket?.destroy();
				return;
			}
			const answered =
				fault?.status === undefined
					? answer({ path, headers, body, content: fault?.content })
					: { status: fault.status };
			if (fault?.hangAfterBytes !== undefined) this.#hanging.push(response);
			send(response, seen, answered, fault);
		});
		server.listen(0, "127.0.0.1");
		await once(server, "listening");
		onTestFinished(() => close(server));
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	}

	#takeFault({ host, method, path }: SeenRequest): Fault | undefined {
		const at = this.#faults.findIndex(
			(fault) => fault.on === host && (fault.method ?? method) === method && path.includes(fault.path ?? ""),
		);
		return at < 0 ? undefined : this.#faults.splice(at, 1)[0];
	}
}

type Headers = Readonly<Record<string, string>>;

interface Call {
	/** With its query. */
	readonly path: string;
	readonly headers: IncomingMessage["headers"];
	readonly body: string;
	/** In place of the file's own. */
	readonly content: Uint8Array | undefined;
}

interface Answer {
	readonly status: number;
	readonly headers?: Headers;
	readonly content?: string | Uint8Array;
}

/** A file, or its rest where Range asks for that and If-Range does not forbid it. */
function fileAnswer(asked: Call["headers"], content: Uint8Array, headers: Headers): Answer {
	const [, start] = /^bytes=(\d+)-$/.exec(asked.range ?? "") ?? [];
	const sameFile = asked["if-range"] === undefined || asked["if-range"] === headers.etag;
	if (start === undefined || !sameFile) return { status: 200, headers, content };
	const from = Number(start);
	if (from >= content.length) return { status: 416, headers: { "content-range": `bytes */${content.length}` } };
	const range = { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` };
	return { status: 206, headers: { ...headers, ...range }, content: content.subarray(from) };
}

function treeOf(files: ReadonlyMap<string, StoredFile>) {
	const folders = new Set([...files.keys()].flatMap((path) => path.split("/").slice(0, -1).slice(0, 1)));
	return [
		...[...folders].map((path) => ({ type: "directory", oid: hex("sha1", path), size: 0, path })),
		...[...files].map(([path, { oid, large, sha256, bytes }]) => ({
			type: "file",
			oid,
			size: bytes.length,
			path,
			...(large ? { lfs: { oid: sha256, size: bytes.length, pointerSize: 134 } } : {}),
		})),
	];
}

function modelCard(name: string, sha: string, files: ReadonlyMap<string, StoredFile>, gated: boolean) {
	const siblings = [...files.keys()].map((rfilename) => ({ rfilename }));
	const date = "2024-01-01T00:00:00.000Z";
	return { _id: hex("sha1", name).slice(0, 24), id: name, sha, lastModified: date, private: false, gated, siblings };
}

function jsonAnswer(value: unknown, headers: Headers = {}): Answer {
	const type = { "content-type": "application/json; charset=utf-8" };
	return { status: 200, headers: { ...headers, ...type }, content: JSON.stringify(value) };
}

function refusal(status: number, code: string, message = code, headers = {}): Answer {
	return { status, headers: { ...headers, "x-error-code": code, "x-error-message": message }, content: message };
}

function send(response: ServerResponse, seen: SeenRequest, answer: Answer, fault: Fault | undefined): void {
	const { status, headers, content = "" } = answer;
	const bytes = typeof content === "string" ? Buffer.from(content) : content;
	seen.status = status;
	const length = headers?.["transfer-encoding"] === undefined ? { "content-length": bytes.length } : {};
	response.writeHead(status, { ...length, ...headers, ...fault?.headers });
	const cut = fault?.breakAfterBytes ?? fault?.hangAfterBytes ?? bytes.length;
	const sent = seen.method === "HEAD" ? bytes.subarray(0, 0) : bytes.subarray(0, cut);
	seen.sentBytes = sent.length;
	if (seen.method === "HEAD" || cut >= bytes.length) {
		response.end(sent);
		return;
	}
	response.write(sent, () => {
		if (fault?.breakAfterBytes !== undefined) response.socket?.destroy();
	});
}

function store(file: PublishedFile): StoredFile {
	const large = typeof file === "object" && "large" in file;
	const bytes = large ? file.large : Buffer.from(file);
	const sha256 = hex("sha256", bytes);
	const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${bytes.length}\n`;
	const kept = large ? Buffer.from(pointer) : bytes;
	const oid = createHash("sha1").update(`blob ${kept.length}\0`).update(kept).digest("hex");
	return { bytes, large, oid, sha256 };
}

/**
 * The index that stands beside a checkpoint of several files, as "model.safetensors.index.json".
 * @param shards safetensors by the names of their files
 */
export function shardIndex(shards: Readonly<Record<string, Uint8Array>>): string {
	const entries = Object.entries(shards).flatMap(([file, bytes]) => {
		const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
		const header = JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString()) as Record<string, unknown>;
		return Object.keys(header)
			.filter((name) => name !== "__metadata__")
			.map((name) => [name, file] as const);
	});
	const total = Object.values(shards).reduce((sum, bytes) => sum + bytes.length, 0);
	return JSON.stringify({ metadata: { total_size: total }, weight_map: Object.fromEntries(entries) }, null, 2);
}

function hex(algorithm: "sha1" | "sha256", bytes: string | Uint8Array): string {
	return createHash(algorithm).update(bytes).digest("hex");
}

async function close(server: Server): Promise<void> {
	server.closeAllConnections();
	server.close();
	await once(server, "close");
}
