/**
 * What is known of an operator: the shapes of its outputs for concrete shapes of its inputs and, where it occurs in the
 * arithmetic of shapes and constants, its values.
 */
import { SightlineError } from "../../errors.ts";
import { elementCount, type Tensor } from "../../tensor/tensor.ts";
import { int64s } from "../../tensor/values.ts";
import type { Emitter } from "../emitter.ts";
import type { Node } from "../model.ts";
import { describe } from "../order.ts";

export type Shape = readonly number[];

export interface Operator {
	/**
	 * The shapes of the outputs, in order; fewer than the node has where the rest is unknown. null if they depend on
	 * values that are not constant.
	 *
	 * @throws SightlineError BAD_INPUT naming the node, if the inputs do not fit the operator
	 */
	readonly shapes: (call: Call) => readonly Shape[] | null;
	/** The values of the outputs when every input is constant, `shapes` being theirs; null where that is not covered. */
	readonly evaluate?: (call: Call, shapes: readonly Shape[]) => readonly Tensor[] | null;
	/**
	 * What evaluation reads of the inputs: their shapes alone; their bytes as they are, at no cost; or, if left out, each
	 * element, so that only small tensors are evaluated.
	 */
	readonly reads?: "shapes" | "bytes";
	/** Of how many products an element of the first output is the sum, where it is one: what evaluation costs. */
	readonly terms?: (call: Call) => number;
	/**
	 * Reverse-mode derivative; "none" where the outputs do not change with small changes of the inputs (comparisons,
	 * shapes, rounding). Left out, there is no rule yet, and whoever needs it is told so.
	 */
	readonly gradient?: Gradient | "none";
}

/**
 * Adds the nodes that carry gradients from a node's outputs to its inputs (vector-Jacobian products).
 *
 * @returns for each input the gradient's name, or null where `needs` says that none is wanted, or nothing flows
 */
export type Gradient = (site: GradientSite) => readonly (string | Unscaled | null)[];

/**
 * A gradient that is still to be multiplied by one number a channel (the tensor's axis 1). A convolution before takes
 * these into its weights, where they cost nothing; for any other operator the product is written out.
 */
export interface Unscaled {
	readonly tensor: string;
	/** [channels], constant. */
	readonly factors: string;
}

/**
 * A node in the walk back. Several gradients are carried at once: each is a tensor [seeds, ...shape], with one axis before
 * those of the tensor that it belongs to. Activations have no such axis and are broadcast against it, so that the forward
 * pass is computed once for all seeds.
 */
export interface GradientSite {
	/** The node with its opset, attributes, and the shapes and constants of its inputs. */
	readonly call: Call;
	/** Adds nodes; it knows the model's opset. */
	readonly emit: Emitter;
	/** Length of the first axis of every gradient. */
	readonly seeds: number;
	/** The gradient with respect to output `i`, [seeds, ...outputShape(i)]; null where nothing flows back into it. */
	upstream(i: number): string | null;
	/** The same before the factors of its channels, if there are any. */
	unscaledUpstream(i: number): { readonly tensor: string; readonly factors: string | null } | null;
	outputShape(i: number): Shape;
	/** Whether input `i` depends on the image: the others get no gradient. */
	needs(i: number): boolean;
}

/**
 * For rules that know the gradients of some inputs from some outputs, and would leave others out unsaid.
 *
 * @throws SightlineError BAD_INPUT where another input needs one, or one comes from another output
 */
export function expectCovered(
	{ call, needs, upstream }: GradientSite,
	inputs: readonly number[],
	outputs: readonly number[] = [0],
): void {
	for (const i of call.node.inputs.keys()) {
		if (!inputs.includes(i) && needs(i)) call.fail(`input ${i} depends on the image, and no gradient is known into it`);
	}
	for (const i of call.node.outputs.keys()) {
		if (!outputs.includes(i) && upstream(i) !== null) call.fail(`no gradient is known from output ${i}`);
	}
}

/** A node with what is known of its inputs: all their shapes, and those values that are constant. */
export class Call {
	readonly node: Node;
	/** The version of the operator's own domain. */
	readonly opset: number;
	readonly #shapes: readonly (Shape | null)[];
	readonly #constants: readonly (Tensor | null)[];

	constructor(node: Node, opset: number, shapes: readonly (Shape | null)[], constants: readonly (Tensor | null)[]) {
		this.node = node;
		this.opset = opset;
		this.#shapes = shapes;
		this.#constants = constants;
	}

	/** The name of input `i`; "" if it is left out. */
	input(i: number): string {
		return this.node.inputs[i] ?? "";
	}

	/** The name of output `i`; "" if nobody wants it. */
	output(i: number): string {
		return this.node.outputs[i] ?? "";
	}

	/** Whether input `i` is given; optional inputs may be left out. */
	has(i: number): boolean {
		return this.input(i) !== "";
	}

	shape(i: number): Shape {
		return this.#shapes[i] ?? this.fail(`input ${i} is missing`);
	}

	/** The shapes of all given inputs. */
	get shapes(): readonly Shape[] {
		return this.#shapes.filter((shape) => shape !== null);
	}

	/** null if input `i` is left out or not constant. */
	constant(i: number): Tensor | null {
		return this.#constants[i] ?? null;
	}

	/** Input `i` when all are constant. */
	tensor(i: number): Tensor {
		return this.constant(i) ?? this.fail(`input ${i} is missing`);
	}

	get tensors(): readonly Tensor[] {
		return this.node.inputs.flatMap((_, i) => this.constant(i) ?? []);
	}

	/** The integers of input `i`, saturated; null if it is left out or not constant. */
	integers(i: number): readonly number[] | null {
		const constant = this.constant(i);
		if (constant === null) return null;
		const count = elementCount(constant.shape);
		if (count > mostIntegers) this.fail(`input ${i} has ${count} elements, at most ${mostIntegers} are read`);
		return int64s(constant).map(saturated);
	}

	integer(name: string, otherwise: number): number {
		const attribute = this.node.attributes.get(name);
		return attribute?.kind === "int" ? saturated(attribute.value) : otherwise;
	}

	integerList(name: string): readonly number[] | null {
		const attribute = this.node.attributes.get(name);
		return attribute?.kind === "ints" ? attribute.value.map(saturated) : null;
	}

	number(name: string, otherwise: number): number {
		const attribute = this.node.attributes.get(name);
		return attribute?.kind === "float" ? attribute.value : otherwise;
	}

	numberList(name: string): readonly number[] | null {
		const attribute = this.node.attributes.get(name);
		return attribute?.kind === "floats" ? attribute.value : null;
	}

	text(name: string, otherwise: string): string {
		const attribute = this.node.attributes.get(name);
		return attribute?.kind === "string" ? attribute.value : otherwise;
	}

	/** An axis counted from 0, from one that may count from the end. */
	axis(axis: number, rank: number): number {
		const counted = axis < 0 ? axis + rank : axis;
		if (!(counted >= 0 && counted < rank)) this.fail(`axis ${axis} of a tensor with ${rank} axes`);
		return counted;
	}

	/** Axes that are an attribute before opset `since` and input `i` from then on; "unknown" if that is not constant. */
	axes(since: number, i: number, rank: number): readonly number[] | null | "unknown" {
		const isInput = this.opset >= since;
		if (isInput && this.has(i) && this.constant(i) === null) return "unknown";
		const axes = isInput ? this.integers(i) : this.integerList("axes");
		return axes?.map((axis) => this.axis(axis, rank)) ?? null;
	}

	fail(message: string): never {
		const given = this.#shapes.map((shape) => (shape === null ? "none" : `[${shape.join(", ")}]`)).join(" ");
		throw new SightlineError("BAD_INPUT", `${describe(this.node)} with inputs ${given || "none"}: ${message}`);
	}
}

/** Sides, axes, pads, and the indices of a table of positions. */
const mostIntegers = 2 ** 20;

/** What a number cannot hold is cut to what it can: exporters write 2^63 - 1 for "as far as there is". */
function saturated(value: bigint): number {
	return Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, Number(value)));
}

/** A new shape must hold as many elements as the old one. */
export function expectElements(call: Call, from: Shape, to: Shape): Shape {
	if (elementCount(from) !== elementCount(to)) {
		call.fail(`${elementCount(from)} elements do not fit [${to.join(", ")}]`);
	}
	return to;
}
