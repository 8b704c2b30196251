import { expect, test } from "vitest";
import { commandLinePolicy, requestPolicy } from "../../../src/data/remote/networkPolicy.ts";

const url = (text: string) => new URL(text);

test.each(["https://huggingface.co/x", "https://10.0.0.1:8443/x", "http://127.0.0.1:4000/x", "http://localhost/x"])(
	"on the command line %s may be asked",
	(text) => expect(() => commandLinePolicy.checkUrl(url(text))).not.toThrow(),
);

test.each(["http://huggingface.co/x", "http://10.0.0.1/x", "ftp://host/x", "file:///etc/passwd"])(
	"on the command line %s may not be asked",
	(text) => expect(() => commandLinePolicy.checkUrl(url(text))).toThrow("plain http is for servers on this machine"),
);

test("plain http connects to this machine alone, whatever its name resolves to", () => {
	expect(() => commandLinePolicy.checkAddress("127.0.0.1", url("http://localhost/"))).not.toThrow();
	expect(() => commandLinePolicy.checkAddress("192.168.0.9", url("http://localhost/"))).toThrow("is not this machine");
	expect(() => commandLinePolicy.checkAddress("192.168.0.9", url("https://hub.intranet/"))).not.toThrow();
});

test.each(["https://huggingface.co/x", "https://cdn-lfs.hf.co/x", "https://cas-bridge.xethub.hf.co/x?signed"])(
	"on request %s may be asked",
	(text) => expect(() => requestPolicy().checkUrl(url(text))).not.toThrow(),
);

test.each([
	["http://huggingface.co/x", "only https"],
	["http://127.0.0.1/x", "only https"],
	["file:///etc/passwd", "only https"],
	["https://127.0.0.1/x", "not among those allowed"],
	["https://example.org/x", "not among those allowed"],
	["https://evilhuggingface.co/x", "not among those allowed"],
	["https://huggingface.co.example.org/x", "not among those allowed"],
	["https://hf.co.example.org/x", "not among those allowed"],
	["https://xhf.co/x", "not among those allowed"],
	["https://huggingface.co./x", "not among those allowed"],
	["https://huggingface.co:22/x", "only the usual port"],
])("on request %s may not be asked", (text, reason) => {
	expect(() => requestPolicy().checkUrl(url(text))).toThrow(
		expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(reason) }),
	);
});

test("on request only hosts that were named may be asked", () => {
	const policy = requestPolicy(["storage.googleapis.com"]);
	expect(() => policy.checkUrl(url("https://storage.googleapis.com/vit_models/x.npz"))).not.toThrow();
	expect(() => policy.checkUrl(url("https://huggingface.co/x"))).toThrow("not among those allowed");
});

test("on request no private address is connected to, and the refusal does not name it", () => {
	const check = () => requestPolicy().checkAddress("169.254.169.254", url("https://huggingface.co/x"));
	expect(check).toThrow(
		"https://huggingface.co is not asked: its host has an address that is not on the public internet",
	);
	expect(check).not.toThrow("169.254");
});
