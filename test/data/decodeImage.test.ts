import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { decodeImage } from "../../src/data/decodeImage.ts";

interface Case {
	readonly name: string;
	readonly width: number;
	readonly height: number;
	readonly sha256: string;
	/** base64 */
	readonly file: string;
}
const cases: readonly Case[] = JSON.parse(
	readFileSync(new URL("../fixtures/decode/pil.json", import.meta.url), "utf8"),
);

test.each(cases)("$name gives PIL's pixels", async ({ file, width, height, sha256 }) => {
	const picture = await decodeImage(Buffer.from(file, "base64"));
	expect([picture.width, picture.height]).toEqual([width, height]);
	expect(createHash("sha256").update(picture.pixels).digest("hex")).toBe(sha256);
});

test("what claims more pixels than fit, is torn or is no image is refused in words", async () => {
	const [png] = cases.filter(({ name }) => name === "PNG").map(({ file }) => Buffer.from(file, "base64"));
	if (png === undefined) throw new Error("no PNG");
	await expect(decodeImage(png.subarray(0, png.length - 100))).rejects.toThrow("its png data is torn or damaged");
	await expect(decodeImage(Buffer.from("GIF, or so it says"))).rejects.toThrow("it is in no known image format");
	await expect(decodeImage(new Uint8Array(0))).rejects.toMatchObject({ code: "BAD_INPUT" });
	const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>';
	await expect(decodeImage(Buffer.from(drawing))).rejects.toThrow("it is in no known image format");
	await expect(decodeImage(claiming(png, 30_000))).rejects.toThrow("its 30000 x 30000 pixels are more than");
});

/** The PNG with other sides in its header, after the signature of 8 bytes and the length and name of the chunk. */
function claiming(png: Buffer, side: number): Buffer {
	const bytes = Buffer.from(png);
	bytes.writeUInt32BE(side, 16);
	bytes.writeUInt32BE(side, 20);
	bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
	return bytes;
}
