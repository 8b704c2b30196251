import { describe, expect, it } from "vitest";
import { html, raw } from "../../site/html.ts";
import { relative } from "../../site/siteData.ts";

describe("html", () => {
	it("escapes what is put in, in text and in attributes", () => {
		expect(html`<a title="${'"><script>'}">${"a < b & c"}</a>`.text).toBe(
			'<a title="&#34;&#62;&#60;script&#62;">a &#60; b &#38; c</a>',
		);
	});

	it("keeps HTML, joins lists and drops null", () => {
		expect(html`${raw("<b>x</b>")}${[html`<i>1</i>`, "2", 3]}${null}`.text).toBe("<b>x</b><i>1</i>23");
	});
});

describe("relative", () => {
	it("goes up to the root and down again", () => {
		expect(relative("raghu-2021/01/", "assets/site.css")).toBe("../../assets/site.css");
		expect(relative("", "assets/site.css")).toBe("assets/site.css");
		expect(relative("", "")).toBe("./");
		expect(relative("raghu-2021/01/", "")).toBe("../../");
	});
});
