/** A model with the walk back from one of its tensors added: fed with pixels and with gradients, it gives gradients. */
import { backward } from "../../src/autodiff/backward.ts";
import { createEmitter } from "../../src/onnx/emitter.ts";
import type { Model } from "../../src/onnx/model.ts";
import { applyPatches } from "../../src/onnx/patch.ts";
import { inferShapes } from "../../src/onnx/shapes.ts";
import { elementCount, type Tensor } from "../../src/tensor/tensor.ts";
import { fromValues } from "../../src/tensor/values.ts";

export interface GradientModel {
	readonly model: Model;
	/** Its input [images, ...], and the shape of `from`. */
	readonly pixels: { readonly name: string; readonly shape: readonly number[] };
	readonly tensorShape: readonly number[];
	/** The input that takes gradients [seeds, ...tensorShape]. */
	readonly given: string;
	/** The output: gradients [seeds, ...pixels.shape]. */
	readonly found: string;
}

export function gradientModel(model: Model, from: string, seeds: number, images: number): GradientModel {
	const [input] = model.graph.inputs;
	const name = input?.name ?? "";
	const shape = [images, ...(input?.shape?.slice(1) ?? [])].map(Number);
	const { shapes, constants } = inferShapes(model, new Map([[name, shape]]));
	const shapeOf = (tensor: string): readonly number[] => {
		const known = shapes.get(tensor);
		if (known === undefined) throw new Error(`no shape of ${tensor}`);
		return known;
	};
	const emit = createEmitter(model, "gradient");
	const given = "given gradients";
	const walk = { model, emit, constants, shape: shapeOf, seeds, from: { tensor: from, gradient: given }, to: name };
	const found = backward(walk);
	if (found === null) throw new Error(`${from} does not depend on ${name}`);
	const tensorShape = shapeOf(from);
	const fed = [...model.graph.inputs, { name: given, type: "float32", shape: [seeds, ...tensorShape] } as const];
	const patch = { label: "gradient", ...emit, outputs: [{ name: found, type: "float32", shape: null } as const] };
	const patched = applyPatches({ ...model, graph: { ...model.graph, inputs: fed } }, [patch], "drop");
	return { model: patched, pixels: { name, shape }, tensorShape, given, found };
}

/** The pixels of test/fixtures/gradients: float64, from -1 to 1. */
export function patternedPixels(shape: readonly number[]): Tensor {
	return pattern(shape, (i) => ((7919 * i) % 1021) / 510.5 - 1);
}

/** The gradients of test/fixtures/gradients: [seeds, ...shape], float64, from -1 to 1. */
export function patternedGradients(shape: readonly number[], seeds: number): Tensor {
	const count = elementCount(shape);
	return pattern([seeds, ...shape], (i) => ((104729 * (i % count) + 31 * Math.floor(i / count)) % 1013) / 506.5 - 1);
}

function pattern(shape: readonly number[], value: (i: number) => number): Tensor {
	return fromValues(
		"float64",
		shape,
		Float64Array.from({ length: elementCount(shape) }, (_, i) => value(i)),
	);
}
