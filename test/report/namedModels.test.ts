import { describe, expect, it } from "vitest";
import { modelDiff } from "../../reports/model-diff/report.ts";
import { raghu2021 } from "../../reports/raghu-2021/report.ts";
import { castNamed, parseNamedModels } from "../../src/report/namedModels.ts";

describe("parseNamedModels", () => {
	it("takes ids, paths and addresses, with roles or without", () => {
		expect(parseNamedModels("vit-tiny, resnet=./a/b.onnx,hf:owner/name@main:model.onnx")).toEqual([
			{ role: null, id: "vit-tiny" },
			{ role: "resnet", id: "./a/b.onnx" },
			{ role: null, id: "hf:owner/name@main:model.onnx" },
		]);
	});

	it("takes what is left out of a model, and a query of an address, for no role", () => {
		for (const id of ["vit-s?withoutSkips=3", "vit?withoutSkips=3", "https://example.org/m.onnx?download=true"])
			expect(parseNamedModels(id)).toEqual([{ role: null, id }]);
	});
});

describe("castNamed", () => {
	const families = { a: "VIT", b: "VIT", c: "CNN", d: "CNN", e: "MIXER", f: "OTHER" } as const;
	const family = (id: string) => families[id as keyof typeof families];
	const cast = (text: string, report = raghu2021) =>
		Object.fromEntries(
			Object.entries(castNamed(report, parseNamedModels(text), family)).filter(([, model]) => model !== null),
		);

	it("gives each model the first free role of its family", () => {
		expect(cast("c,a,b,d,e")).toEqual({ vit: "a", vitLarge: "b", resnet: "c", resnetLarge: "d", mixer: "e" });
	});

	it("gives the roles that are said first, wherever they stand", () => {
		expect(cast("a,vit=b,vitGap=c")).toEqual({ vit: "b", vitLarge: "a", vitGap: "c" });
	});

	it("takes any two models for a comparison, in their order, also one with itself", () => {
		expect(cast("f,c", modelDiff)).toEqual({ before: "f", after: "c" });
		expect(cast("a,a", modelDiff)).toEqual({ before: "a", after: "a" });
	});

	it("refuses an unknown role with near misses, and a role that is taken", () => {
		expect(() => cast("vitGab=a")).toThrow(expect.objectContaining({ hint: "Did you mean vitGap?" }));
		expect(() => cast("vit=a,vit=b")).toThrow("a and b cannot both be vit of raghu-2021");
	});

	it("names the roles that are free where none is left that a model takes by itself", () => {
		expect(() => cast("f")).toThrow(/no role left for f, of no family that is known/);
		expect(() => cast("a,b,vitAgain=a,b")).toThrow(
			expect.objectContaining({ hint: expect.stringMatching(/^Name one, as vitGap=b: vitGap \(a ViT with global/) }),
		);
		expect(() => cast("a,b,c", modelDiff)).toThrow(expect.objectContaining({ hint: "It has 2 roles: before, after." }));
	});
});
