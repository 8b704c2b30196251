/** Folders of small images for tests, made as they are needed. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { temporaryFolder } from "./temporaryFolder.ts";

/** What a file holds: an image of one shade, or bytes as they are. */
export type FileContent = { readonly shade: number; readonly width?: number; readonly height?: number } | Uint8Array;

/** A temporary folder with these files, by relative path. */
export async function pictureFolder(files: Readonly<Record<string, FileContent>>): Promise<string> {
	const folder = await temporaryFolder();
	for (const [file, content] of Object.entries(files)) {
		const path = join(folder, file);
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, content instanceof Uint8Array ? content : await encoded(file, content));
	}
	return folder;
}

/** Four images in each of three classes, each of a shade of its own. */
export const threeClasses: Readonly<Record<string, FileContent>> = Object.fromEntries(
	["ant", "bee", "cat"].flatMap((name, label) =>
		[0, 1, 2, 3].map((index) => [`${name}/${index}.png`, { shade: 60 * label + 10 * index }]),
	),
);

async function encoded(file: string, { shade, width = 8, height = 8 }: Exclude<FileContent, Uint8Array>) {
	const image = sharp({ create: { width, height, channels: 3, background: { r: shade, g: shade, b: shade } } });
	return file.endsWith(".png") ? image.png().toBuffer() : image.jpeg().toBuffer();
}
