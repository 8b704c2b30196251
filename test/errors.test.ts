import { expect, test } from "vitest";
import { shown } from "../src/errors.ts";

test.each([
	["undefined", undefined],
	["null", null],
	['"a\\"b"', 'a"b'],
	['[1,[2,[]],"x"]', [1, [2, []], "x"]],
	['{"type":"vit","sides":[1]}', { type: "vit", sides: [1] }],
	["[[[[...]]]]", [[[["deep"]]]]],
	["5", 5n],
])("a value is shown as %s", (text, value) => {
	expect(shown(value)).toBe(text);
});

test("a value from outside is shown in 60 characters, however long, wide or deep it is", () => {
	let nested: unknown = 0;
	for (let depth = 0; depth < 100_000; depth++) nested = depth % 2 === 0 ? [nested] : { a: nested };
	const values = ["x".repeat(1e7), Array(1e6).fill("wide"), nested, { ["name".repeat(100)]: nested }];
	for (const value of values) expect(shown(value).length).toBeLessThanOrEqual(60);
});
