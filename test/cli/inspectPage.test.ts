/** The page of `sightline inspect --html`. */
import { expect, test } from "vitest";
import { findAnatomy } from "../../src/anatomy/findAnatomy.ts";
import { inspectPage } from "../../src/cli/inspectPage.ts";
import { tinyResnet, tinyVit } from "../anatomy/models.ts";

const page = (model: Parameters<typeof findAnatomy>[0], id = "model") =>
	inspectPage({
		id,
		digest: "0",
		preprocessing: "none",
		anatomy: findAnatomy(model),
		measurements: [{ measurement: "linearCka", reason: null }],
	});

/** What a reader of a list is read, a line an item. */
const items = (html: string) =>
	[...html.matchAll(/<li class="([\w ]+)">(.*)/g)].map(
		([, kind, text = ""]) => `${kind}: ${text.replace(/<[^>]+>/g, "")}`,
	);

test("blocks that are alike are drawn once, and each branch is followed by its addition", () => {
	expect(items(page(tinyVit()))).toEqual([
		"end: image 3 x 24 x 24",
		"layer: patchEmbedding 9 x 12",
		"layer: positionEmbedding 10 x 12",
		"run: blocks.0-2 3 x encoder, 2 heads",
		"part: norm1 10 x 12",
		"part: attention 10 x 12",
		"sum: + attention joins the stream",
		"part: norm2 10 x 12",
		"part: mlpHidden 10 x 36",
		"part: mlp 10 x 12",
		"sum: + mlp joins the stream",
		"layer: norm 10 x 12",
		"end: logits 5",
	]);
});

test("a projection stands beside its unit", () => {
	const drawn = items(page(tinyResnet()));
	expect(drawn).toContain("part projection: projection 16 x 8 x 8");
	expect(drawn).toContain("sum: + unit joins the projected stream");
});

test("names out of a stranger's file are no markup", () => {
	const html = page(tinyVit(), '<script>alert("x")</script>&');
	expect(html).not.toContain("<script");
	expect(html).toContain("<h1>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;</h1>");
});

test("every list is closed, and every table has heads", () => {
	const html = page(tinyResnet());
	for (const tag of ["ol", "ul", "li", "table", "tr", "dl", "main", "p"]) {
		const count = (pattern: string) => (html.match(new RegExp(pattern, "g")) ?? []).length;
		expect([tag, count(`<${tag}[ >]`)]).toEqual([tag, count(`</${tag}>`)]);
	}
	expect(html.match(/<th scope="col">/g)?.length).toBe(5);
});
