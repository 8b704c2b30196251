import { expect, test } from "vitest";
import { formatBytes, parseBytes } from "../../src/cli/bytes.ts";

test.each([
	["10GB", 1e10],
	["500 mb", 5e8],
	["1.5GiB", 1.5 * 2 ** 30],
	["0", 0],
	["7b", 7],
])("%s is %d bytes", (text, bytes) => {
	expect(parseBytes(text)).toBe(bytes);
});

test.each(["", "GB", "-1GB", "ten", "10 parsecs", "1e3", "NaN"])('"%s" is refused, with what was expected', (text) => {
	expect(() => parseBytes(text)).toThrow("expected a number and a unit");
});

test.each([
	[0, "0 B"],
	[999, "999 B"],
	[1000, "1.00 kB"],
	[1.42e9, "1.42 GB"],
	[12_345_678, "12.3 MB"],
	[7.77e14, "777 TB"],
])("%d bytes are printed as %s", (bytes, text) => {
	expect(formatBytes(bytes)).toBe(text);
});
