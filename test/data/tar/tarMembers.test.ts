import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type TarMember, tarMembers } from "../../../src/data/tar/tarMembers.ts";
import { tar } from "../../support/imageSetBytes.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

async function members(bytes: Uint8Array): Promise<TarMember[]> {
	const file = join(await temporaryFolder(), "a.tar");
	await writeFile(file, bytes);
	const found: TarMember[] = [];
	for await (const member of tarMembers(file)) found.push(member);
	return found;
}

/** A header of ustar by its fields, with the content behind it. */
function member(name: string, type: string, content: Uint8Array, size = content.length): Buffer {
	const block = Buffer.alloc(512);
	block.write(name, 0, "latin1");
	block.write(`${size.toString(8).padStart(11, "0")}\0`, 124, "latin1");
	block.write(`        ${type}`, 148, "latin1");
	block.write("ustar\x0000", 257, "latin1");
	const sum = block.reduce((total, byte) => total + byte, 0);
	block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
	return Buffer.concat([block, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

/** The length counts itself: of two digits here. */
function record(text: string): Buffer {
	return Buffer.from(`${text.length + 4} ${text}\n`);
}

test.each([
	["ustar", "000000.png"],
	["ustar with a prefix", `${"a-folder-with-a-long-name/".repeat(5)}000000.png`],
	["pax", `${"a-folder-with-a-long-name/".repeat(6)}ü-000000.png`],
	["GNU", `${"a-folder-with-a-long-name/".repeat(6)}ü-000000.png`],
])("names in %s are whole", async (archive, name) => {
	const found = await members(tar(archive));
	expect([found.length, found[0]?.name]).toEqual([24, name]);
});

test("a size of pax counts before that of the header", async () => {
	const content = Buffer.alloc(700, 7);
	const found = await members(
		Buffer.concat([
			member("x", "x", record("size=700")),
			member("a.png", "0", content, 0),
			member("b.png", "0", Buffer.of(1)),
		]),
	);
	expect(found.map(({ name, start, length }) => [name, start, length])).toEqual([
		["a.png", 1536, 700],
		["b.png", 3072, 1],
	]);
});

test("what has no content of its own is no file: links, folders, devices, sparse files", async () => {
	const found = await members(
		Buffer.concat([
			...["1", "2", "3", "5", "S"].map((type) => member(`${type}.png`, type, new Uint8Array())),
			member("folder/", "0", new Uint8Array()),
			member("x", "x", record("GNU.sparse.major=1")),
			member("sparse.png", "0", Buffer.of(1)),
			member("old.png", "\0", Buffer.of(1)),
		]),
	);
	expect(found.map(({ kind }) => kind)).toEqual([...Array.from({ length: 7 }, () => "other"), "file"]);
});

test.each([
	["a long name beyond reason", member("x", "L", Buffer.alloc(2 ** 17, 65)), "a header that is longer than it can be"],
	["a pax record that ends behind its header", member("x", "x", Buffer.from("99 path=a\n")), "a torn record"],
	["a pax record without a length", member("x", "x", Buffer.from("path=a\n")), "a torn record"],
	["a pax size that is none", member("x", "x", record("size=1e99")), "a size that is no number"],
])("%s is refused", async (_what, bytes, message) => {
	await expect(members(Buffer.concat([bytes, member("a", "0", Buffer.of(1))]))).rejects.toThrow(
		`it is damaged at byte 512: ${message}`,
	);
});
