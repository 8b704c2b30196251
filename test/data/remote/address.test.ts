import { expect, test } from "vitest";
import { type Address, formatAddress, isAddress, parseAddress } from "../../../src/data/remote/address.ts";

const commit = "0123456789abcdef0123456789abcdef01234567";
const hub = (repository: string, revision: string | null, path: string | null): Address => ({
	kind: "hub",
	repository,
	revision,
	path,
});

test.each([
	["hf:google/vit-base-patch16-224", hub("google/vit-base-patch16-224", null, null)],
	["hf:timm/vit_tiny.augreg@main", hub("timm/vit_tiny.augreg", "main", null)],
	["hf:o/n:onnx/model.onnx", hub("o/n", null, "onnx/model.onnx")],
	["hf:o/n@refs/pr/1:a b/ü@2.npz", hub("o/n", "refs/pr/1", "a b/ü@2.npz")],
	[`hf:o/n@${commit}:config.json`, hub("o/n", commit, "config.json")],
	["https://storage.googleapis.com/vit_models/a%20b.npz?x=1", undefined],
	["http://127.0.0.1:4000/m.onnx", undefined],
	["http://localhost/m.onnx", undefined],
	["http://[::1]:80/m.onnx", undefined],
])("%s is an address, and formats back", (text, expected) => {
	const address = parseAddress(text);
	const url = text.replace("[::1]:80", "[::1]"); // a URL leaves out the usual port
	expect(address).toEqual(expected ?? { kind: "web", url });
	expect(formatAddress(address)).toBe(url);
	expect(isAddress(text)).toBe(true);
});

test.each([
	["https://huggingface.co/google/vit-base", hub("google/vit-base", null, null)],
	["https://huggingface.co/o/n/tree/v1/onnx", hub("o/n", "v1", null)],
	["https://huggingface.co/o/n/blob/main/onnx/model.onnx", hub("o/n", "main", "onnx/model.onnx")],
	["https://huggingface.co/o/n/resolve/main/a%20b.npz?download=true", hub("o/n", "main", "a b.npz")],
	["https://huggingface.co/o/n/resolve/refs%2Fpr%2F1/config.json", hub("o/n", "refs/pr/1", "config.json")],
	["https://huggingface.co/o/n/blob/refs/pr/1/config.json", hub("o/n", "refs/pr/1", "config.json")],
])("%s, copied from a browser, is the repository's address", (text, expected) => {
	expect(parseAddress(text)).toEqual(expected);
});

test("a part of a URL behind # is not sent, and not part of the address", () => {
	expect(parseAddress("https://host/a.npz#part")).toEqual({ kind: "web", url: "https://host/a.npz" });
});

test.each(["model.onnx", "./hf/model.onnx", "C:\\models\\m.onnx", "vit-s", "hfx:o/n"])(
	"%s is a path or a name of this machine",
	(text) => expect(isAddress(text)).toBe(false),
);

test.each([
	["model.onnx", 'neither with "hf:" nor with "https://"'],
	["ftp://host/a", 'neither with "hf:"'],
	["hf:", '"" is not an owner and a name'],
	["hf:resnet-50", '"resnet-50" is not an owner and a name'],
	["hf:a/b/c", '"a/b/c" is not an owner and a name'],
	["hf:datasets/o/n", "datasets of the Hub are not read"],
	["hf:o/../n", "is not an owner and a name"],
	["hf:../n", '".." is no name'],
	["hf:o/.n", '".n" is no name'],
	["hf:o/a--b", '"a--b" is no name'],
	["hf:o/n%2e", "is no name"],
	["hf:o/n\nx", "is no name"],
	[`hf:o/${"n".repeat(97)}`, "is no name"],
	["hf:o/n@", '"" is no branch'],
	["hf:o/n@a..b:x", '"a..b" is no branch'],
	["hf:o/n@-x", "is no branch"],
	["hf:o/n@a b", "is no branch"],
	["hf:o/n@../../x", "is no branch"],
	["hf:o/n:", 'its path "" is empty'],
	["hf:o/n:/etc/passwd", "has an empty part"],
	["hf:o/n:a//b", "has an empty part"],
	["hf:o/n:../../x", "leads out of its repository"],
	["hf:o/n:a/./b", "leads out of its repository or through it"],
	["hf:o/n:a\\..\\b", "a backslash"],
	["hf:o/n:C:x", "a colon"],
	["hf:o/n:a\0b", "a control character"],
	[`hf:o/n:${"a/".repeat(600)}b`, "longer than 1024"],
	[`hf:o/n:${"ü".repeat(128)}`, "a part longer than 255 bytes"],
	["https://", "it is no URL"],
	["https://ho st/x", "it is no URL"],
	["http://huggingface.co/o/n", "plain http is for servers on this machine"],
	["http://10.0.0.1/m.onnx", "plain http is for servers on this machine"],
	["http://localhost.evil.example/m", "plain http is for servers on this machine"],
	["https://huggingface.co/o/n/blob/main/%2e%2e%2fx", "leads out of its repository"],
	["https://huggingface.co/o/n/blob/main/%ff", "not encoded as URLs are"],
])("%j is refused", (text, problem) => {
	expect(() => parseAddress(text)).toThrow(
		expect.objectContaining({
			code: "BAD_INPUT",
			message: expect.stringContaining(problem),
			hint: expect.stringContaining("As hf:owner/name"),
		}),
	);
});

test("a password in an address is refused, and not repeated", () => {
	const parse = () => parseAddress("https://me:secret@host/a.npz");
	expect(parse).toThrow("an address of host holds a user name or a password");
	expect(parse).not.toThrow("secret");
});
