import { expect, test } from "vitest";
import { isLoopbackAddress, isLoopbackHost, isPublicAddress } from "../../../src/data/remote/internetAddress.ts";

test.each(["1.1.1.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1", "223.255.255.255", "2600:9000:2000::1"])(
	"%s is public",
	(address) => expect(isPublicAddress(address)).toBe(true),
);

// The IANA special-purpose registries, an address or two of each range.
test.each([
	..."0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254".split(" "),
	..."169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1".split(" "),
	..."198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255".split(" "),
	...":: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:7f00:1 ::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b:1::1 100::1".split(
		" ",
	),
	..."2001::1 2001:db8::1 2002:7f00:1:: 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fec0::1 ff02::1".split(" "),
	"no address",
	"",
])("%s is not public", (address) => expect(isPublicAddress(address)).toBe(false));

test.each(["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])("%s is this machine", (address) => {
	expect(isLoopbackAddress(address)).toBe(true);
	expect(isPublicAddress(address)).toBe(false);
});

test.each([
	["localhost", true],
	["127.0.0.1", true],
	["[::1]", true],
	["localhost.example.org", false],
	["127.0.0.1.example.org", false],
	["10.0.0.1", false],
	["[fe80::1]", false],
	["huggingface.co", false],
])("the host %s is this machine: %s", (host, expected) => expect(isLoopbackHost(host)).toBe(expected));

test("a URL writes this machine's odd forms as the usual one", () => {
	for (const form of ["0x7f.1", "2130706433", "0177.0.0.1", "127.1"]) {
		expect(isLoopbackHost(new URL(`http://${form}/`).hostname)).toBe(true);
	}
});
