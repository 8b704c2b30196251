import { expect, test } from "vitest";
import { fenced, formula, frac, inline, math, sub } from "../../site/mathml.ts";

test("letters are names, digits numbers, all else signs", () => {
	expect(inline("n − 2.5 HSIC").text).toBe("<math><mi>n</mi><mo>−</mo><mn>2.5</mn><mi>HSIC</mi></math>");
});

test("terms stand where they were put in", () => {
	expect(math`K = ${sub("X", "T")} b`.text).toBe(
		"<mrow><mi>K</mi><mo>=</mo><msub><mrow><mi>X</mi></mrow><mrow><mi>T</mi></mrow></msub><mi>b</mi></mrow>",
	);
});

test("what stands above and below a bar is one element each", () => {
	expect(frac("a + b", "2").text).toBe(
		"<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mrow><mn>2</mn></mrow></mfrac>",
	);
});

test("signs and words of a formula are escaped", () => {
	expect(inline("a < b & c").text).not.toMatch(/<mo><<|&<\/mo>/);
	expect(formula('"a" is less', fenced("|", "a", "|")).text).toContain('aria-label="&#34;a&#34; is less"');
});
