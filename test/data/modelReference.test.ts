import { expect, test } from "vitest";
import { openModel } from "../../src/data/modelFile.ts";
import { formatModelReference, parseModelReference } from "../../src/data/modelReference.ts";

test("a name without a question mark is the model itself", () => {
	expect(parseModelReference("vit-s")).toEqual({ base: "vit-s", withoutSkips: [] });
});

test("blocks, and branches of blocks, are read and written back in order, each once", () => {
	const reference = parseModelReference("./m.onnx?withoutSkips=10,2.mlp,2.attention,10");
	expect(reference.base).toBe("./m.onnx");
	expect(reference.withoutSkips[1]).toEqual({ block: 2, branch: "mlp" });
	expect(formatModelReference(reference)).toBe("./m.onnx?withoutSkips=2.attention,2.mlp,10");
});

test("what names no block, or an unknown branch, is refused with what is possible", () => {
	expect(() => parseModelReference("vit-s?withoutSkips=three")).toThrow(/"three" names no block/);
	expect(() => parseModelReference("vit-s?withoutSkips=")).toThrow(/names no block/);
	expect(() => parseModelReference("vit-s?withoutSkips=3.mpl")).toThrow(/branch in vit-s/);
});

test("a model without skips has a digest, an id and a remark of its own, and its layers", async () => {
	const [whole, ablated] = await Promise.all([openModel("vit-s"), openModel("vit-s?withoutSkips=3")]);
	expect(ablated.identity.id).toBe("vit-s?withoutSkips=3");
	expect(ablated.identity.digest).not.toBe(whole.identity.digest);
	expect(ablated.anatomy.layers).toEqual(whole.anatomy.layers);
	expect(ablated.anatomy.residuals).toHaveLength(whole.anatomy.residuals.length - 2);
	expect(ablated.anatomy.remarks).toContain(
		"The skip of blocks.3 beside its attention, and of blocks.3 beside its mlp was removed.",
	);
	const again = await openModel("vit-s?withoutSkips=3.attention,3.mlp");
	expect(again.anatomy.residuals).toEqual(ablated.anatomy.residuals);
});

test("a block that is not there is refused with those that are", async () => {
	await expect(openModel("vit-s?withoutSkips=9")).rejects.toThrow(/block 9 has no skip/);
	await expect(openModel("vit-s?withoutSkips=3.unit")).rejects.toThrow(/skip of block 3/);
	await expect(openModel("vit-x?withoutSkips=3")).rejects.toThrow(/vit-x/);
});
