/** A request and the redirects that it meets, each checked as if it had been asked for first. */
import { SightlineError } from "../../errors.ts";
import type { Access } from "./access.ts";
import { type Exchange, exchange, type Reply } from "./exchange.ts";

/** More than any hub uses: to a renamed repository, to a cache, to the host of large files. */
const maxRedirects = 8;

/**
 * Asks, and follows redirects by hand: the token goes to the endpoint's own origin and never to where that leads, and no
 * redirect leads from https to http.
 * @param stopAt a redirect that already says what was to be known
 * @throws SightlineError as exchange() does; REMOTE: too many redirects, or one to nowhere
 */
export async function follow(
	{ network, settings: { endpoint, token } }: Access,
	request: Exchange,
	stopAt: (reply: Reply) => boolean = () => false,
): Promise<Reply> {
	const home = new URL(endpoint).origin;
	let { url } = request;
	for (let redirects = 0; redirects <= maxRedirects; redirects++) {
		const credentials = token !== null && url.origin === home ? { authorization: `Bearer ${token.value}` } : {};
		const reply = await exchange(network, { ...request, url, headers: { ...request.headers, ...credentials } });
		if (!isRedirect(reply) || stopAt(reply)) return reply;
		reply.close();
		url = targetOf(reply);
	}
	throw astray(request.url, `redirects more than ${maxRedirects} times`);
}

/** The others of 3xx lead to no other place of the same file. */
function isRedirect({ status }: Reply): boolean {
	return [301, 302, 307, 308].includes(status);
}

function targetOf({ url, headers }: Reply): URL {
	const location = headers.location ?? "";
	if (location === "" || !URL.canParse(location, url)) throw astray(url, "redirects to nowhere");
	const target = new URL(location, url);
	if (url.protocol === "https:" && target.protocol !== "https:")
		throw astray(url, "redirects from https to plain http");
	if (target.username !== "" || target.password !== "") throw astray(url, "redirects to an address with a password");
	return target;
}

function astray({ host }: URL, what: string): SightlineError {
	return new SightlineError("REMOTE", `${host} ${what}`, { hint: "Check HF_ENDPOINT, or the address." });
}
