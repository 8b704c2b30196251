/** Which addresses of the internet protocol are this machine, and which anybody may be asked to connect to. */
import { BlockList, isIP } from "node:net";

/** Whether a host, as it stands in a URL, names this machine; what "localhost" resolves to is checked when connecting. */
export function isLoopbackHost(hostname: string): boolean {
	const literal = literalAddress(hostname);
	return literal === undefined ? hostname === "localhost" : isLoopbackAddress(literal);
}

/** The address that a URL's host is, or undefined where it is a name: "[::1]" is "::1". */
export function literalAddress(hostname: string): string | undefined {
	const bare = hostname.replace(/^\[(.*)\]$/, "$1");
	return isIP(bare) === 0 ? undefined : bare;
}

export function isLoopbackAddress(address: string): boolean {
	return isWithin(loopback, address);
}

/**
 * Whether an address belongs to the public internet: not this machine, a private network, a link, a cloud's metadata
 * service (169.254.169.254), a group, or a form that wraps another address. After the IANA registries of special-purpose
 * addresses (RFC 6890).
 */
export function isPublicAddress(address: string): boolean {
	if (isIP(address) === 4) return !isWithin(specialVersion4, address);
	// Global unicast is all that is assigned; mapped (::ffff:0:0/96) and translated (64:ff9b::/96) forms lie outside it.
	return isWithin(globalVersion6, address) && !isWithin(specialVersion6, address);
}

const loopback = subnets("127.0.0.0/8", "::1/128");

const specialVersion4 = subnets(
	"0.0.0.0/8", // this network
	"10.0.0.0/8", // private
	"100.64.0.0/10", // shared by a provider's customers
	"127.0.0.0/8", // loopback
	"169.254.0.0/16", // link
	"172.16.0.0/12", // private
	"192.0.0.0/24", // protocol assignments
	"192.0.2.0/24", // documentation
	"192.88.99.0/24", // 6to4 relays, withdrawn
	"192.168.0.0/16", // private
	"198.18.0.0/15", // benchmarks
	"198.51.100.0/24", // documentation
	"203.0.113.0/24", // documentation
	"224.0.0.0/4", // groups
	"240.0.0.0/4", // reserved, and broadcast
);

const globalVersion6 = subnets("2000::/3");

const specialVersion6 = subnets(
	"2001::/23", // protocol assignments, among them Teredo, which wraps version 4
	"2001:db8::/32", // documentation
	"2002::/16", // 6to4, which wraps version 4
	"3fff::/20", // documentation
);

function subnets(...ranges: readonly string[]): BlockList {
	const list = new BlockList();
	for (const range of ranges) {
		const [network = "", bits] = range.split("/");
		list.addSubnet(network, Number(bits), isIP(network) === 4 ? "ipv4" : "ipv6");
	}
	return list;
}

function isWithin(list: BlockList, address: string): boolean {
	const version = isIP(address);
	return version !== 0 && list.check(address, version === 4 ? "ipv4" : "ipv6");
}
