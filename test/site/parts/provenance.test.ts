import { expect, it } from "vitest";
import { toldOnce } from "../../../site/parts/provenance.ts";

it("tells once what variants have in common where they differ in one part", () => {
	const variants = ["ridge regression; of the class token; 3 seeds", "ridge regression; of the mean; 3 seeds"];
	expect(toldOnce(variants)).toEqual(["ridge regression; of the class token, or of the mean; 3 seeds"]);
});

it.each([
	["of two measures", ["CKA; unbiased", "top-1 of the logits"]],
	["of one part", ["pixels", "shares"]],
	["that differ twice", ["CKA; patches; biased", "CKA; class token; unbiased"]],
	["that is alone", ["CKA; unbiased"]],
	["of none", []],
])("tells variants %s one by one", (_, variants) => {
	expect(toldOnce(variants)).toEqual(variants);
});
