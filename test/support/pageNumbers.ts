/**
 * What a built page prints, read back from its files: the query with its variables, the numbers of its tables and claims,
 * and those of its data files. By patterns of our own templates; what is printed is compared elsewhere with what the API
 * answers.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

export interface PrintedPage {
	readonly query: string;
	readonly variables: Readonly<Record<string, unknown>>;
	/** Of each table of numbers its rows, each with its name first; the head is left out. */
	readonly tables: readonly (readonly (readonly string[])[])[];
	/** Rows of the tables of claims: name, value and interval, or name and reason. */
	readonly claims: readonly (readonly string[])[];
	/** data.csv, the head first. */
	readonly csv: readonly (readonly string[])[];
	/** figure.json */
	readonly json: Readonly<Record<string, unknown>>;
}

export async function printedPage(folder: string): Promise<PrintedPage> {
	const read = (name: string) => readFile(join(folder, name), "utf8");
	const [page, csv, json] = await Promise.all([read("index.html"), read("data.csv"), read("figure.json")]);
	const snippet = (label: string) => {
		const found = new RegExp(`aria-label="${label}"><code>([^<]*)</code>`).exec(page)?.[1];
		if (found === undefined) throw new Error(`${folder}: no ${label} on the page`);
		return plain(found);
	};
	const numbers = section(page, "numbers");
	return {
		query: snippet("GraphQL query"),
		variables: JSON.parse(snippet("Variables")),
		tables: [...numbers.matchAll(/<table class="numbers">(.*?)<\/table>/gs)].map(([, table = ""]) =>
			rowsOf(/<tbody>(.*)<\/tbody>/s.exec(table)?.[1] ?? ""),
		),
		claims: [...section(page, "claims").matchAll(/<tbody>(.*?)<\/tbody>/gs)].flatMap(([, body = ""]) => rowsOf(body)),
		csv: csvRows(csv),
		json: JSON.parse(json),
	};
}

/** Numbers in a printed text, each with half a unit of its last digit. */
export function printedNumbers(text: string): { readonly value: number; readonly halfUnit: number }[] {
	return [...text.matchAll(/[-−]?\d+(?:\.(\d+))?(?:e[-+]?\d+)?/g)].map(([number, decimals = ""]) => ({
		value: Number(number.replace("−", "-")),
		halfUnit: 0.5 * 10 ** -decimals.length,
	}));
}

function section(page: string, id: string): string {
	return (
		new RegExp(`<section aria-labelledby="${id}">(.*?)</section>\\n<section aria-labelledby`, "s").exec(page)?.[1] ?? ""
	);
}

function rowsOf(body: string): string[][] {
	return [...body.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
		[...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = ""]) => plain(cell.replace(/<[^>]+>/g, ""))),
	);
}

function plain(text: string): string {
	return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))).replaceAll("&nbsp;", " ");
}

/** RFC 4180. */
export function csvRows(text: string): string[][] {
	return text
		.split("\r\n")
		.filter((line) => line !== "")
		.map((line) =>
			[...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, bare = ""]) =>
				quoted === undefined ? bare : quoted.replaceAll('""', '"'),
			),
		);
}
