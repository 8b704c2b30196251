/** The letters of live figures. */
import { fontFamily } from "../charts/theme.ts";

let letters: Promise<unknown> | undefined;

/**
 * The page's own of that name, as pages of the site and reports in one file have them; else from beside this script, so
 * that a foreign page shows the same letters. Without any it draws all the same.
 */
export function loadLetters(): Promise<unknown> {
	letters ??= (pageHasThem() ? document.fonts.load(`12px ${fontFamily}`) : loadBeside()).catch(() => undefined);
	return letters;
}

function pageHasThem(): boolean {
	return [...document.fonts].some(({ family }) => family.replace(/["']/g, "") === fontFamily);
}

async function loadBeside(): Promise<void> {
	const file = new URL("inter-latin-400-normal.woff2", import.meta.url);
	document.fonts.add(await new FontFace(fontFamily, `url(${file})`).load());
}
