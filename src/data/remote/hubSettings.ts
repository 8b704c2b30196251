/** What the usual environment variables of Hugging Face's own tools say: which hub, with which token, or none at all. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SightlineError } from "../../errors.ts";

export interface HubSettings {
	/** Without a slash at its end: "https://huggingface.co", or a mirror. */
	readonly endpoint: string;
	readonly token: HubToken | null;
	/** Only what was fetched before is used. */
	readonly offline: boolean;
}

/** A secret: it stands in no message, only where it came from does. */
export interface HubToken {
	readonly value: string;
	/** "HF_TOKEN", or the path of a file. */
	readonly source: string;
}

export interface HubEnvironment {
	/** process.env */
	readonly variables: Readonly<Record<string, string | undefined>>;
	/** os.homedir() */
	readonly home: string;
}

/**
 * Endpoint: HF_ENDPOINT. Token: HF_TOKEN, HUGGING_FACE_HUB_TOKEN, else the file that `hf auth login` writes: HF_TOKEN_PATH,
 * or "token" in HF_HOME. Offline: HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE.
 * @throws SightlineError BAD_INPUT: an endpoint that is no URL, a token that cannot be one
 */
export async function readHubSettings({ variables, home }: HubEnvironment): Promise<HubSettings> {
	const offline = isTrue(variables.HF_HUB_OFFLINE) || isTrue(variables.TRANSFORMERS_OFFLINE);
	return { endpoint: endpointOf(variables.HF_ENDPOINT), token: await tokenOf(variables, home), offline };
}

function isTrue(text: string | undefined): boolean {
	return ["1", "ON", "YES", "TRUE"].includes((text ?? "").toUpperCase());
}

function endpointOf(text: string | undefined): string {
	const endpoint = (text || "https://huggingface.co").replace(/\/+$/, "");
	if (URL.canParse(endpoint)) {
		const { protocol, username, password, search, hash } = new URL(endpoint);
		if (/^https?:$/.test(protocol) && [username, password, search, hash].every((part) => part === "")) return endpoint;
	}
	throw new SightlineError("BAD_INPUT", "HF_ENDPOINT is not the address of a hub", {
		hint: "As https://huggingface.co: a URL without a password, a query or a fragment.",
	});
}

async function tokenOf(variables: HubEnvironment["variables"], home: string): Promise<HubToken | null> {
	for (const source of ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"]) {
		const token = checkedToken(variables[source], source);
		if (token !== null) return token;
	}
	const folder = variables.HF_HOME || join(variables.XDG_CACHE_HOME || join(home, ".cache"), "huggingface");
	const path = variables.HF_TOKEN_PATH || join(folder, "token");
	// Most users have none; one that cannot be read is the same as none, until a hub asks for it.
	const text = await readFile(path, "utf8").catch(() => undefined);
	return checkedToken(text, path);
}

function checkedToken(text: string | undefined, source: string): HubToken | null {
	const value = text?.trim() ?? "";
	if (value === "") return null;
	// Anything else could not stand in a header of HTTP.
	if (/^[\x21-\x7e]{1,1000}$/.test(value)) return { value, source };
	throw new SightlineError("BAD_INPUT", `the token of ${source} holds characters that no token has`, {
		hint: "It is one word, as hf_ and letters; make one at https://huggingface.co/settings/tokens.",
	});
}
