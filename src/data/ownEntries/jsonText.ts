/**
 * Changes a list in a JSON text without touching the rest: somebody wrote the file by hand, and finds it again with one
 * entry more, in its own indentation.
 */

/** What stands in the list. */
export type JsonEntry = Readonly<Record<string, unknown>>;

/**
 * The text with the entry at the end of a list of the outermost object, or in place of another.
 * @param text valid JSON with an object outermost, whose `list`, if it is there, is one
 * @param replaced index of the entry in whose place it comes; null adds it
 */
export function withEntry(text: string, list: string, entry: JsonEntry, replaced: number | null): string {
	const style = styleOf(text);
	const root = text.indexOf("{");
	const members = itemsOf(text, root, true);
	const member = members.find(({ key }) => key === list);
	if (member === undefined) {
		const value = `"${list}": ${format([entry], style, 1)}`;
		return inserted(text, { open: root, items: members }, value, style, 0);
	}
	const items = itemsOf(text, member.start, false);
	const old = replaced === null ? undefined : items[replaced];
	if (old === undefined) return inserted(text, { open: member.start, items }, format(entry, style, 2), style, 1);
	return `${text.slice(0, old.start)}${format(entry, style, 2)}${text.slice(old.end)}`;
}

interface Style {
	/** Of one level. */
	readonly indent: string;
	readonly lineEnd: string;
}

function styleOf(text: string): Style {
	const [, indent = "\t"] = /\n([ \t]+)"/.exec(text) ?? [];
	return { indent, lineEnd: text.includes("\r\n") ? "\r\n" : "\n" };
}

/** As JSON.stringify lays it out, but with lists of numbers on one line, as people write them. */
function format(value: unknown, { indent, lineEnd }: Style, level: number): string {
	const lines = JSON.stringify(value, null, indent).replace(/\[\n[\s\d.,eE+-]*\]/g, (numbers) =>
		numbers.replace(/\s+/g, " ").replace("[ ", "[").replace(" ]", "]"),
	);
	return lines.replaceAll("\n", `${lineEnd}${indent.repeat(level)}`);
}

/** An object or a list in the text. */
interface Container {
	/** Where its bracket stands. */
	readonly open: number;
	readonly items: readonly Item[];
}

interface Item {
	/** Of an object's member. */
	readonly key: string | null;
	/** Of its value. */
	readonly start: number;
	readonly end: number;
}

/** @param level of the container: its items are indented by one more */
function inserted(text: string, { open, items }: Container, value: string, style: Style, level: number): string {
	const line = `${style.lineEnd}${style.indent.repeat(level + 1)}`;
	const last = items.at(-1);
	if (last !== undefined) return `${text.slice(0, last.end)},${line}${value}${text.slice(last.end)}`;
	const close = skipSpace(text, open + 1);
	return `${text.slice(0, open + 1)}${line}${value}${style.lineEnd}${style.indent.repeat(level)}${text.slice(close)}`;
}

/** The values directly within the object or list that begins at a place. */
function itemsOf(text: string, open: number, isObject: boolean): readonly Item[] {
	const items: Item[] = [];
	let at = skipSpace(text, open + 1);
	while (text[at] !== "}" && text[at] !== "]") {
		let key: string | null = null;
		if (isObject) {
			const end = endOfText(text, at);
			key = String(JSON.parse(text.slice(at, end)));
			at = skipSpace(text, skipSpace(text, end) + 1);
		}
		const end = endOfValue(text, at);
		items.push({ key, start: at, end });
		at = skipSpace(text, end);
		if (text[at] === ",") at = skipSpace(text, at + 1);
	}
	return items;
}

function skipSpace(text: string, at: number): number {
	let place = at;
	while (/\s/.test(text[place] ?? "x")) place++;
	return place;
}

function endOfValue(text: string, start: number): number {
	if (text[start] === '"') return endOfText(text, start);
	let depth = 0;
	for (let at = start; at < text.length; at++) {
		const character = text[at] as string;
		if (character === '"') at = endOfText(text, at) - 1;
		else if (character === "{" || character === "[") depth++;
		else if (depth === 0 && /[\s,}\]]/.test(character)) return at;
		else if (character === "}" || character === "]") {
			depth--;
			if (depth === 0) return at + 1;
		}
	}
	return text.length;
}

/** @param start of its opening quotation mark */
function endOfText(text: string, start: number): number {
	let at = start + 1;
	while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
	return at + 1;
}
