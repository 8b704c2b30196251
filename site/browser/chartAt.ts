/** Reads what a live figure draws. */
import type { ChartFile } from "../pages/figureFile.ts";

/**
 * @param src an address, relative to the page; or "#id" of a <script type="application/json"> in the page
 * @throws where there is no such file or script, or where it holds another format
 */
export async function chartAt(src: string): Promise<ChartFile> {
	// The pages and this element are made by one build; the format tells where they are not.
	const file = (src.startsWith("#") ? inPage(src) : await fetched(src)) as ChartFile;
	if (file.format !== 2) throw new Error(`${src}: a figure of format ${file.format}, this element reads format 2`);
	return file;
}

function inPage(src: string): unknown {
	const text = document.getElementById(src.slice(1))?.textContent;
	if (text == null) throw new Error(`${src}: nothing in this page has that id`);
	return JSON.parse(text);
}

async function fetched(src: string): Promise<unknown> {
	const answer = await fetch(new URL(src, document.baseURI));
	if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
	return answer.json();
}
