/**
 * What tests look at in a PDF as Skia writes it, which draws figures and prints the pages of Chromium: one object after
 * another, plain or deflated, each font and image named by the number of its object.
 */
import { inflateSync } from "node:zlib";

export interface ReadPdf {
	readonly pages: number;
	/** Of the first page, points: left, lower, right, upper. */
	readonly mediaBox: readonly number[];
	/** Pixels of each image, and what is said of it. */
	readonly images: readonly { readonly width: number; readonly height: number; readonly dictionary: string }[];
	/** Names of the fonts whose letters are inside. */
	readonly embeddedFonts: readonly string[];
	/** Of all fonts: "Type0", "CIDFontType2", "Type3". */
	readonly fontKinds: readonly string[];
	/** What is drawn: operators and operands. */
	readonly drawing: string;
	/** All that is written, without spaces, in the order of drawing. */
	readonly text: string;
}

interface PdfObject {
	readonly dictionary: string;
	/** Inflated. */
	readonly stream: string | null;
}

export function readPdf(bytes: Uint8Array): ReadPdf {
	const file = Buffer.from(bytes).toString("latin1");
	if (!file.startsWith("%PDF-") || !file.trimEnd().endsWith("%%EOF")) throw new Error("no PDF");
	const objects = objectsOf(file);
	const all = [...objects.values()];
	const first = all.find(({ dictionary }) => /\/Type \/Page\b/.test(dictionary));
	const drawings = all.flatMap(({ dictionary, stream }) =>
		stream !== null && !/\/Subtype \/Image|begincmap|\/Length1/.test(dictionary + stream.slice(0, 400)) ? [stream] : [],
	);
	return {
		pages: all.filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary)).length,
		mediaBox: (/\/MediaBox \[([^\]]*)\]/.exec(first?.dictionary ?? "")?.[1] ?? "").split(" ").map(Number),
		images: all.flatMap(({ dictionary }) =>
			dictionary.includes("/Subtype /Image")
				? [{ width: numberOf(dictionary, "Width"), height: numberOf(dictionary, "Height"), dictionary }]
				: [],
		),
		embeddedFonts: all.flatMap(({ dictionary }) =>
			dictionary.includes("/FontFile2") ? [/\/FontName \/(\S+)/.exec(dictionary)?.[1] ?? ""] : [],
		),
		fontKinds: all.flatMap(({ dictionary }) =>
			dictionary.includes("/Type /Font\n") ? [/\/Subtype \/(\w+)/.exec(dictionary)?.[1] ?? ""] : [],
		),
		drawing: drawings.join("\n"),
		text: drawings
			.map((drawing) => written(drawing, objects))
			.join("")
			.replace(/\s/g, ""),
	};
}

function objectsOf(file: string): Map<number, PdfObject> {
	const objects = new Map<number, PdfObject>();
	const start = /(\d+) 0 obj\s/g;
	for (let match = start.exec(file); match !== null; match = start.exec(file)) {
		const from = start.lastIndex;
		const end = file.indexOf("endobj", from);
		const body = / stream\r?\n/g;
		body.lastIndex = from;
		const opened = body.exec(file);
		if (opened === null || opened.index > end) {
			objects.set(Number(match[1]), { dictionary: file.slice(from, end), stream: null });
			start.lastIndex = end;
			continue;
		}
		const dictionary = file.slice(from, opened.index);
		const until = body.lastIndex + numberOf(dictionary, "Length");
		const bytes = Buffer.from(file.slice(body.lastIndex, until), "latin1");
		const stream = dictionary.includes("/FlateDecode") ? inflateSync(bytes) : bytes;
		objects.set(Number(match[1]), { dictionary, stream: stream.toString("latin1") });
		start.lastIndex = until;
	}
	return objects;
}

function numberOf(dictionary: string, name: string): number {
	return Number(new RegExp(`/${name} (\\d+)`).exec(dictionary)?.[1]);
}

/** What a drawing writes, by the fonts' own tables from glyphs to letters. */
function written(drawing: string, objects: ReadonlyMap<number, PdfObject>): string {
	let letters: ReadonlyMap<string, string> = new Map();
	let width = 4;
	let text = "";
	for (const [, font, glyphs = ""] of drawing.matchAll(/\/F(\d+) \S+ Tf|<([0-9A-F]+)> Tj/g)) {
		if (font === undefined) {
			for (let at = 0; at < glyphs.length; at += width) text += letters.get(glyphs.slice(at, at + width)) ?? "\ufffd";
			continue;
		}
		const { dictionary = "" } = objects.get(Number(font)) ?? {};
		width = dictionary.includes("/Type3") ? 2 : 4;
		letters = lettersOf(objects.get(numberOf(dictionary, "ToUnicode"))?.stream ?? "");
	}
	return text;
}

function lettersOf(table: string): ReadonlyMap<string, string> {
	const letters = new Map<string, string>();
	for (const [, pairs = ""] of table.matchAll(/beginbfchar\n([\s\S]*?)endbfchar/g))
		for (const [, glyph = "", letter = ""] of pairs.matchAll(/<(\w+)> <(\w+)>/g)) letters.set(glyph, utf16(letter));
	for (const [, ranges = ""] of table.matchAll(/beginbfrange\n([\s\S]*?)endbfrange/g))
		for (const [, from = "", to = "", letter = ""] of ranges.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g))
			for (let step = 0; Number.parseInt(from, 16) + step <= Number.parseInt(to, 16); step++)
				letters.set(
					hex(Number.parseInt(from, 16) + step, from.length),
					utf16(hex(Number.parseInt(letter, 16) + step, 4)),
				);
	return letters;
}

function hex(value: number, digits: number): string {
	return value.toString(16).toUpperCase().padStart(digits, "0");
}

function utf16(digits: string): string {
	return Buffer.from(digits, "hex").swap16().toString("utf16le");
}
