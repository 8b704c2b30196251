/** Finishes the SVG that the canvas library writes, and puts panels together. */
import { fontFamily } from "../charts/theme.ts";

/** A drawing without its outer element, which is made by `frameSvg`. */
export interface Drawing {
	readonly svg: string;
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
}

/**
 * One SVG of several drawings. Ids get a prefix by drawing and count from 0: the library's own go up with every
 * drawing of the process, so that the same figure would differ from run to run, and clash where two are on one page.
 */
export function composeSvg(
	drawings: readonly Drawing[],
	options: {
		/** Prefix of the ids. */
		readonly id: string;
		readonly title: string;
		readonly width: number;
		readonly height: number;
		/** WOFF2 of the letters, carried along so that the image looks the same wherever it is shown. */
		readonly font: Uint8Array;
	},
): string {
	const { id, title, width, height, font } = options;
	const name = escapeXml(title);
	const parts = drawings.map(({ svg, left, top, width: inner, height: tall }, index) => {
		const body = shortened(renumberIds(innerSvg(svg), `${id}-${index}-`));
		return `<svg x="${left}" y="${top}" width="${inner}" height="${tall}" viewBox="0 0 ${inner} ${tall}">${body}</svg>`;
	});
	const style = `<style>@font-face{font-family:${fontFamily};src:url(data:font/woff2;base64,${Buffer.from(font).toString("base64")})}</style>`;
	return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ${inherited} role="img" aria-label="${name}"><title>${name}</title>${style}${parts.join("")}</svg>\n`;
}

/** For a page that has the letters itself. */
export function withoutLetters(svg: string): string {
	return svg.replace(/<style>@font-face[^<]*<\/style>/, "");
}

export function escapeXml(text: string): string {
	return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function innerSvg(svg: string): string {
	return svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
}

/**
 * Without empty pieces of text and what is said once for all, with places to three decimals, and cells with sharp edges.
 * What is written stays as it is.
 */
function shortened(svg: string): string {
	return svg
		.replace(/<text [^>]*x="" y="">\s*<\/text>/g, "")
		.replace(/>\s+/g, ">")
		.replace(/\s+</g, "<")
		.replace(/<[^>]+>/g, (tag) => tag.replace(/, "/g, '"').replace(/-?\d+\.\d{4,}/g, thousandth))
		.replaceAll("<image ", '<image style="image-rendering:pixelated" ')
		.replace(/ (?:font-family="[^"]*"|stroke-miterlimit="10")/g, "")
		.replace(filledThenStroked, '<path fill="$1" $3d="$2"/>');
}

function thousandth(number: string): string {
	return String(Math.round(Number(number) * 1000) / 1000);
}

/** What the library says of each text and each line, said once for all. */
const inherited = `font-family="${fontFamily}, Helvetica, Arial, sans-serif" stroke-miterlimit="10"`;

/** A mark is filled, then its outline is drawn: one path can be both. */
const filledThenStroked = /<path fill="(#\w+)" d="([^"]+)"\/><path fill="none" (stroke="[^>]*?)d="\2"\/>/g;

function renumberIds(svg: string, prefix: string): string {
	const names = [...new Set([...svg.matchAll(/\bid="([^"]+)"/g)].map((match) => match[1] ?? ""))];
	const renamed = new Map(names.map((name, index) => [name, `${prefix}${index}`]));
	return svg.replace(
		/\bid="([^"]+)"|url\(#([^)]+)\)|href="#([^"]+)"/g,
		(whole, id?: string, url?: string, href?: string) => {
			const name = renamed.get(id ?? url ?? href ?? "");
			if (name === undefined) return whole;
			return id !== undefined ? `id="${name}"` : url !== undefined ? `url(#${name})` : `href="#${name}"`;
		},
	);
}
