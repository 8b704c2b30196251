/**
 * Patterns of operators, as values, matched backwards from a tensor. A mismatch is a value too: the attempt that came
 * furthest, the node where it ended, and what was expected there.
 *
 *     const x = any("x");
 *     const centred = op("Sub", x, op("ReduceMean", x));
 *     match(view, tensor, op("Div", centred, op("Sqrt", op("Add", op("ReduceMean", op("Pow", centred)), constant("epsilon")))))
 */
import type { Tensor } from "../tensor/tensor.ts";
import type { Node } from "./model.ts";
import { describe } from "./order.ts";

export type Pattern =
	| { readonly kind: "any"; readonly name: string | null }
	| { readonly kind: "constant"; readonly name: string | null; readonly accepts: (tensor: Tensor) => boolean }
	| { readonly kind: "either"; readonly choices: readonly Pattern[] }
	| {
			readonly kind: "operation";
			readonly operator: string;
			/** In order, from the first; a node may have more. */
			readonly inputs: readonly Pattern[];
			readonly name: string | null;
	  };

/** Any tensor. One name stands for one tensor wherever it occurs in a pattern. */
export function any(name: string | null = null): Pattern {
	return { kind: "any", name };
}

/** A tensor whose values are in the graph. */
export function constant(name: string | null = null, accepts: (tensor: Tensor) => boolean = () => true): Pattern {
	return { kind: "constant", name, accepts };
}

/** A tensor that an operator of the standard domain makes. The operands of sums and products match in either order. */
export function op(operator: string, ...inputs: readonly Pattern[]): Pattern {
	return { kind: "operation", operator, inputs, name: null };
}

/** The pattern, its tensor captured under a name. */
export function named(name: string, pattern: Pattern): Pattern {
	return pattern.kind === "either"
		? { kind: "either", choices: pattern.choices.map((choice) => named(name, choice)) }
		: { ...pattern, name };
}

/** The first choice that lets the whole pattern match. */
export function either(...choices: readonly Pattern[]): Pattern {
	return { kind: "either", choices };
}

/** What a graph must tell: GraphView does. */
export interface PatternSource {
	producer(tensor: string): Node | null;
	constant(tensor: string): Tensor | null;
}

export type Match =
	| {
			readonly matched: true;
			/** Captured tensors by name. */
			readonly tensors: ReadonlyMap<string, string>;
			/** The nodes that matched, from the tensor backwards. */
			readonly nodes: readonly Node[];
	  }
	| { readonly matched: false; readonly reason: string; readonly node: Node | null };

/** @param passedOver operators that may stand anywhere in between, such as Cast and Dropout: their first input is looked at */
export function match(
	source: PatternSource,
	tensor: string,
	pattern: Pattern,
	passedOver: ReadonlySet<string> = new Set(),
): Match {
	const search = new Search(source, passedOver);
	for (const { tensors, nodes } of search.solutions(pattern, tensor, { tensors: new Map(), nodes: [] })) {
		return { matched: true, tensors, nodes };
	}
	const { reason, node } = search.nearest;
	return { matched: false, reason, node };
}

interface State {
	readonly tensors: ReadonlyMap<string, string>;
	readonly nodes: readonly Node[];
}

const commutative: ReadonlySet<string> = new Set(["Add", "Mul", "Sum", "Min", "Max", "And", "Or", "Equal"]);

/** Tries every way in turn; each solution of one part is offered to the next, so that a wrong first choice is undone. */
class Search {
	/** The failure of the attempt with most nodes matched. */
	nearest: { reason: string; node: Node | null; depth: number } = { reason: "", node: null, depth: -1 };
	readonly #source: PatternSource;
	readonly #passedOver: ReadonlySet<string>;

	constructor(source: PatternSource, passedOver: ReadonlySet<string>) {
		this.#source = source;
		this.#passedOver = passedOver;
	}

	*solutions(pattern: Pattern, given: string, state: State): Generator<State> {
		if (pattern.kind === "either") {
			for (const choice of pattern.choices) yield* this.solutions(choice, given, state);
			return;
		}
		const tensor = this.#origin(given);
		const node = this.#source.producer(tensor);
		const captured = pattern.name === null ? undefined : state.tensors.get(pattern.name);
		if (captured !== undefined && captured !== tensor) {
			this.#fail(state, node, `"${pattern.name}" is ${captured}, but here stands ${tensor}`);
			return;
		}
		const tensors = pattern.name === null ? state.tensors : new Map([...state.tensors, [pattern.name, tensor]]);
		const next: State = { ...state, tensors };
		if (pattern.kind === "any") {
			yield next;
		} else if (pattern.kind === "constant") {
			const value = this.#source.constant(tensor);
			if (value !== null && pattern.accepts(value)) yield next;
			else
				this.#fail(next, node, `a constant was expected, ${value === null ? found(tensor, node) : "of another value"}`);
		} else if (node === null || node.domain !== "" || node.operator !== pattern.operator) {
			this.#fail(next, node, `${pattern.operator} was expected, ${found(tensor, node)}`);
		} else if (node.inputs.length < pattern.inputs.length) {
			this.#fail(next, node, `${describe(node)} has ${node.inputs.length} inputs, not ${pattern.inputs.length}`);
		} else {
			const deeper = { tensors, nodes: [...state.nodes, node] };
			yield* this.#inputs(pattern.inputs, node.inputs, deeper);
			const [first, second] = node.inputs;
			const mayTurn = commutative.has(node.operator) && pattern.inputs.length === 2;
			if (mayTurn && first !== undefined && second !== undefined) {
				yield* this.#inputs(pattern.inputs, [second, first], deeper);
			}
		}
	}

	*#inputs(patterns: readonly Pattern[], tensors: readonly string[], state: State): Generator<State> {
		const [pattern, ...patternsLeft] = patterns;
		const [tensor, ...tensorsLeft] = tensors;
		if (pattern === undefined || tensor === undefined) {
			yield state;
			return;
		}
		for (const next of this.solutions(pattern, tensor, state)) yield* this.#inputs(patternsLeft, tensorsLeft, next);
	}

	#origin(tensor: string): string {
		for (let at = tensor; ; ) {
			const node = this.#source.producer(at);
			const [input] = node !== null && this.#passedOver.has(node.operator) ? node.inputs : [];
			if (input === undefined) return at;
			at = input;
		}
	}

	#fail(state: State, node: Node | null, reason: string): void {
		if (state.nodes.length > this.nearest.depth) this.nearest = { reason, node, depth: state.nodes.length };
	}
}

function found(tensor: string, node: Node | null): string {
	return node === null ? `"${tensor}" is made by no node` : `there is ${describe(node)}`;
}
