/**
 * Where a file is that is not on this machine:
 *
 *     hf:owner/name[@revision][:path/in/repository]    a model repository of the Hugging Face Hub, or a file of one
 *     https://host/path                                a file of any other host
 *
 * The revision is a branch, a tag or a commit; without one it is "main". A page or file of huggingface.co, as copied from
 * a browser, is the same as its hf: address. Plain http is for servers on this machine.
 */
import { SightlineError } from "../../errors.ts";
import { isLoopbackHost } from "./internetAddress.ts";
import { pathProblem } from "./repositoryPath.ts";

export type Address = HubAddress | WebAddress;

export interface HubAddress {
	readonly kind: "hub";
	/** "owner/name". */
	readonly repository: string;
	/** Null where none was named. */
	readonly revision: string | null;
	/** Of a file, with "/"; null for the repository as a whole. */
	readonly path: string | null;
}

export interface WebAddress {
	readonly kind: "web";
	readonly url: string;
}

/** Whether a text is meant as an address, well-formed or not; else it is a path of this machine, or a name. */
export function isAddress(text: string): boolean {
	return /^(?:hf:|https?:\/\/)/i.test(text);
}

/** @throws SightlineError BAD_INPUT: what is wrong with it, and how it should look */
export function parseAddress(text: string): Address {
	if (text.startsWith("hf:")) return parseHubAddress(text);
	if (/^https?:\/\//i.test(text)) return parseWebAddress(text);
	throw malformed(text, 'it starts neither with "hf:" nor with "https://"');
}

/** The address as a text that parses to the same. */
export function formatAddress(address: Address): string {
	if (address.kind === "web") return address.url;
	const { repository, revision, path } = address;
	return `hf:${repository}${revision === null ? "" : `@${revision}`}${path === null ? "" : `:${path}`}`;
}

/** A whole commit, which never comes to mean something else, as a branch or a tag may. */
export function isCommit(revision: string | null): revision is string {
	return revision !== null && /^[0-9a-f]{40}$/.test(revision);
}

function parseHubAddress(text: string): HubAddress {
	const [, repository = "", revision, path] = /^hf:([^@:]*)(?:@([^:]*))?(?::(.*))?$/s.exec(text) ?? [];
	return checkedHubAddress({ kind: "hub", repository, revision: revision ?? null, path: path ?? null }, text);
}

/**
 * The address itself, if the Hub's own rules for names and those of git for revisions allow it: for one that was put
 * together from parts too, as with the name of a file that another file gives.
 * @throws SightlineError BAD_INPUT as parseAddress() does
 */
export function checkedHubAddress(address: HubAddress, text: string = formatAddress(address)): HubAddress {
	const { repository, revision, path } = address;
	const parts = repository.split("/");
	if (parts[0] === "datasets" || parts[0] === "spaces") {
		throw malformed(text, `${parts[0]} of the Hub are not read, only its model repositories`);
	}
	if (parts.length !== 2) throw malformed(text, `"${repository}" is not an owner and a name`);
	for (const part of parts) {
		const named = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?$/.test(part) && !/--|\.\./.test(part);
		if (!named || part.length > 96) throw malformed(text, `"${part}" is no name of an owner or a repository`);
	}
	if (revision !== null && !isRevision(revision)) throw malformed(text, `"${revision}" is no branch, tag or commit`);
	const problem = path === null ? undefined : pathProblem(path);
	if (problem !== undefined) throw malformed(text, `its path "${path}" ${problem}`);
	return address;
}

function isRevision(revision: string): boolean {
	return /^[A-Za-z0-9_][A-Za-z0-9_.+/-]*$/.test(revision) && !/\.\.|\/\/|\/$/.test(revision) && revision.length <= 200;
}

function parseWebAddress(text: string): Address {
	if (!URL.canParse(text)) throw malformed(text, "it is no URL");
	const url = new URL(text);
	if (url.username !== "" || url.password !== "") {
		// Not repeated in the message, which may end in a log.
		throw new SightlineError("BAD_INPUT", `an address of ${url.host} holds a user name or a password`, {
			hint: "Give the address without it; a token for the Hub is taken from HF_TOKEN.",
		});
	}
	if (url.protocol === "http:" && !isLoopbackHost(url.hostname)) {
		throw malformed(text, "plain http is for servers on this machine alone; anybody on the way could change the file");
	}
	url.hash = "";
	return hubPage(text, url) ?? { kind: "web", url: url.href };
}

/** A repository, folder or file as huggingface.co shows it: "/owner/name", "/owner/name/blob/main/config.json". */
function hubPage(text: string, url: URL): HubAddress | undefined {
	if (url.hostname !== "huggingface.co") return undefined;
	const page = /^\/([^/]+\/[^/]+)(?:\/(tree|blob|resolve|raw)\/(refs\/[^/]+\/[^/]+|[^/]+)(?:\/(.*))?)?\/?$/;
	const [, repository, view, revision, path] = page.exec(url.pathname) ?? [];
	if (repository === undefined) return undefined;
	const ofFile = view !== "tree" && path !== undefined && path !== "";
	const address: HubAddress = {
		kind: "hub",
		repository,
		revision: revision === undefined ? null : decoded(text, revision),
		path: ofFile ? decoded(text, path) : null,
	};
	return checkedHubAddress(address, text);
}

function decoded(text: string, part: string): string {
	try {
		return decodeURIComponent(part);
	} catch (cause) {
		throw malformed(text, `"${part}" is not encoded as URLs are`, cause);
	}
}

function malformed(text: string, problem: string, cause?: unknown): SightlineError {
	return new SightlineError("BAD_INPUT", `"${text}" is no address: ${problem}`, {
		hint: "As hf:owner/name, hf:owner/name@revision:path/in/repository, or https://host/path.",
		cause,
	});
}
