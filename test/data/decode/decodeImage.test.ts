import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { decodeImage } from "../../../src/data/decode/decodeImage.ts";

/** What test/fixtures/decode/pil.py wrote. */
interface Case {
	readonly name: string;
	readonly width: number;
	readonly height: number;
	readonly sha256: string;
	readonly upright?: string;
	/** base64 */
	readonly pixels?: string;
	readonly file: string;
}
const cases: readonly Case[] = JSON.parse(
	readFileSync(new URL("../../fixtures/decode/pil.json", import.meta.url), "utf8"),
);
const exact = cases.filter(({ pixels }) => pixels === undefined);

test.each(exact)("$name gives PIL's pixels, also upright", async ({ file, width, height, sha256, upright }) => {
	const picture = await decodeImage(Buffer.from(file, "base64"));
	expect([picture.width, picture.height]).toEqual([width, height]);
	expect(digest(picture.pixels)).toBe(sha256);
	const turned = await decodeImage(Buffer.from(file, "base64"), { upright: true });
	expect(digest(turned.pixels)).toBe(upright ?? sha256);
});

test("AVIF of full resolution is a shade from PIL's pixels at most", async () => {
	const [avif] = cases.filter(({ name }) => name === "AVIF");
	const { pixels } = await decodeImage(bytesOf("AVIF"));
	const expected = Buffer.from(avif?.pixels ?? "", "base64");
	expect(pixels.length).toBe(expected.length);
	expect(Math.max(...pixels.map((byte, at) => Math.abs(byte - (expected[at] as number))))).toBeLessThanOrEqual(1);
});

test("an image on its side has its sides changed when it is turned", async () => {
	const { width, height } = await decodeImage(bytesOf("JPEG, turned by EXIF"), { upright: true });
	expect([width, height]).toEqual([23, 37]);
});

test.each(cases.map(({ name }) => name))("of %s a quarter is refused", async (name) => {
	const bytes = bytesOf(name);
	await expect(decodeImage(bytes.subarray(0, Math.floor(bytes.length / 4)))).rejects.toMatchObject({
		code: "BAD_INPUT",
		message: expect.stringMatching(/torn|is in no known image format/),
	});
});

test("what is no image is refused in words", async () => {
	await expect(decodeImage(Buffer.from("GIF, or so it says"))).rejects.toThrow("it is in no known image format");
	await expect(decodeImage(new Uint8Array(0))).rejects.toMatchObject({ code: "BAD_INPUT" });
	const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>';
	await expect(decodeImage(Buffer.from(drawing))).rejects.toThrow("it is in no known image format");
});

test.each([
	["PNG", (bytes: Buffer) => claimingPng(bytes, 30_000, 30_000)],
	["PNG", (bytes: Buffer) => claimingPng(bytes, 1, 2 ** 24)],
	["GIF", (bytes: Buffer) => written(bytes, (copy) => copy.writeUInt32LE(0xfffe_fffe, 6))],
	["BMP", (bytes: Buffer) => written(bytes, (copy) => copy.writeInt32LE(2 ** 30, 18))],
	["BMP, 32 bits, top down", (bytes: Buffer) => written(bytes, (copy) => copy.writeInt32LE(-(2 ** 31), 22))],
	["JPEG, grey", claimingJpeg],
])("a %s that claims more pixels than are allowed is refused by its header", async (name, claiming) => {
	const bytes = claiming(bytesOf(name));
	await expect(decodeImage(bytes)).rejects.toThrow(/its \d+ x \d+ pixels are more than the 178956970, or 131072 along/);
});

test("a file of few bytes that comes to many pixels is taken for a bomb", async () => {
	const { default: sharp } = await import("sharp");
	const background = { r: 0, g: 0, b: 0 };
	const create = { width: 6000, height: 6000, channels: 3, background } as const;
	const bomb = await sharp({ create }).png({ compressionLevel: 9 }).toBuffer();
	await expect(decodeImage(bomb)).rejects.toThrow(/its \d+ bytes claim 6000 x 6000 pixels: it is taken for a decom/);
});

test.each([
	["of no pixels", (copy: Buffer) => copy.writeInt32LE(0, 18), "it claims 0 x 23 pixels"],
	["with run-length encoding", (copy: Buffer) => copy.writeUInt32LE(1, 30), "a bmp file with compression 1"],
	["of 7 bits", (copy: Buffer) => copy.writeUInt16LE(7, 28), "a bmp file with 7 bits a pixel"],
	["with a header of another length", (copy: Buffer) => copy.writeUInt32LE(2 ** 31, 14), "its bmp data is torn"],
	["whose pixels begin beyond its end", (copy: Buffer) => copy.writeUInt32LE(2 ** 31, 10), "its bmp data is torn"],
])("a BMP %s is refused", async (_what, change, message) => {
	await expect(decodeImage(written(bytesOf("BMP"), change))).rejects.toThrow(message);
});

function bytesOf(name: string): Buffer {
	const found = cases.find((one) => one.name === name);
	if (found === undefined) throw new Error(`no ${name}`);
	return Buffer.from(found.file, "base64");
}

function digest(pixels: Uint8Array): string {
	return createHash("sha256").update(pixels).digest("hex");
}

function written(bytes: Buffer, change: (copy: Buffer) => unknown): Buffer {
	const copy = Buffer.from(bytes);
	change(copy);
	return copy;
}

/** The PNG with other sides in its header, after the signature of 8 bytes and the length and name of the chunk. */
function claimingPng(png: Buffer, width: number, height: number): Buffer {
	return written(png, (bytes) => {
		bytes.writeUInt32BE(width, 16);
		bytes.writeUInt32BE(height, 20);
		bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
	});
}

/** The sides stand 5 bytes behind the marker of the frame. */
function claimingJpeg(jpeg: Buffer): Buffer {
	return written(jpeg, (bytes) => bytes.writeUInt32BE(0xff00_ff00, bytes.indexOf(Buffer.of(0xff, 0xc0)) + 5));
}
