/** HTML from template strings: what is put in is escaped, unless it is HTML already. */

export class Html {
	readonly text: string;
	constructor(text: string) {
		this.text = text;
	}
	toString(): string {
		return this.text;
	}
}

type Part = Html | string | number | null | readonly Part[];

/** null stands for nothing, lists are joined. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
	return new Html(strings.reduce((text, string, index) => text + textOf(parts[index - 1] ?? null) + string));
}

/** Text that is HTML already: of our own templates or of Markdown in the repository. */
export function raw(text: string): Html {
	return new Html(text);
}

/** Data for a script of type application/json: it holds no sign that could end the script around it. */
export function inlineJson(data: unknown): Html {
	return new Html(JSON.stringify(data).replaceAll("<", "\\u003c"));
}

function textOf(part: Part): string {
	if (part === null) return "";
	if (part instanceof Html) return part.text;
	if (typeof part === "string" || typeof part === "number") return escaped(String(part));
	return part.map(textOf).join("");
}

function escaped(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
