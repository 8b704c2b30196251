import { InvalidArgumentError } from "@commander-js/extra-typings";
import { expect, test } from "vitest";
import { siteUrlOption } from "../../src/cli/options.ts";

const parse = (text: string) => siteUrlOption().parseArg?.(text, undefined as never);

test.each([
	["https://example.org/sightline", "https://example.org/sightline/"],
	["http://localhost:8080", "http://localhost:8080/"],
	["https://example.org/a/", "https://example.org/a/"],
])("the address of a site ends with a slash: %s", (given, address) => {
	expect(parse(given)).toBe(address);
});

test.each(["example.org", "ftp://example.org/", "https://example.org/?a=1", "https://example.org/#a", ""])(
	"what is no address of a site is refused: %s",
	(given) => {
		expect(() => parse(given)).toThrow(InvalidArgumentError);
	},
);
