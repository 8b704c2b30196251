/** Image sets that other programs wrote (test/fixtures/imageSets), as bytes. */
import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";

interface Fixture {
	readonly images: { readonly sha256: readonly string[]; readonly png: readonly string[] };
	readonly tars: Readonly<Record<string, string>>;
	readonly tables: Readonly<Record<string, string>>;
	readonly archives: Readonly<Record<string, string>>;
	readonly metaMat: Readonly<Record<string, string>>;
}
const fixture: Fixture = JSON.parse(
	readFileSync(new URL("../fixtures/imageSets/imageSets.json", import.meta.url), "utf8"),
);

/** PNG files of the numbered images, and the digests of their pixels. */
export const pngs: readonly Uint8Array[] = fixture.images.png.map((text) => Buffer.from(text, "base64"));
export const pixelDigests: readonly string[] = fixture.images.sha256;

export const tarNames = Object.keys(fixture.tars);
export const tableNames = Object.keys(fixture.tables);
export const npzNames = Object.keys(fixture.archives);

export function tar(name: string): Buffer {
	return inflated(fixture.tars[name], name);
}

export function table(name: string): Buffer {
	return inflated(fixture.tables[name], name);
}

export function npz(name: string): Buffer {
	return inflated(fixture.archives[name], name);
}

export function metaMat(name: string): Buffer {
	return inflated(fixture.metaMat[name], name);
}

function inflated(text: string | undefined, name: string): Buffer {
	if (text === undefined) throw new Error(`no ${name} in the fixture`);
	return inflateSync(Buffer.from(text, "base64"));
}
