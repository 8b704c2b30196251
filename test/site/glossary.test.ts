import { expect, test } from "vitest";
import { raghu2021 } from "../../reports/raghu-2021/report.ts";
import { glossary, wordsOf } from "../../site/glossary.ts";

test("each word has a place of its own, in alphabetical order", () => {
	const ids = glossary.map(({ id }) => id);
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids).toEqual([...ids].sort());
});

test.each(glossary.map((entry) => [entry.term, entry] as const))(
	"%s is found where its own name stands",
	(_, entry) => {
		expect(wordsOf(entry.term)).toContain(entry);
	},
);

test("a text names what it uses, and nothing else", () => {
	expect(wordsOf("The linear CKA of a class token.").map(({ id }) => id)).toEqual(["cka", "class-token", "token"]);
	expect(wordsOf("Headless blocking branched.")).toEqual([]);
});

test("every figure of the report has words in the glossary", () => {
	const without = raghu2021.figures.filter(({ caption }) => wordsOf(caption).length === 0);
	expect(without.map(({ id }) => id)).toEqual([]);
});
