/** Activations: elementwise nonlinear functions, in one node or spelled with several. */
import type { Flow } from "./flow.ts";
import { isNonlinear, origin, readersOf } from "./operators.ts";

/**
 * The tensor after the activation that alone reads `tensor`, or null where something else reads it too: Relu, Clip, Gelu,
 * ...; and x * f(x) with f in a node, as SiLU and hard-swish are spelled.
 */
export function afterActivation(flow: Flow, tensor: string): string | null {
	const readers = readersOf(flow, tensor);
	const [first, second] = readers;
	if (first !== undefined && isNonlinear(first) && readers.length === 1) return first.outputs[0] ?? null;
	if (first === undefined || second === undefined || readers.length > 2 || !isNonlinear(first)) return null;
	const gated = second.operator === "Mul" && second.inputs.some((input) => origin(flow, input) === first.outputs[0]);
	return gated ? (second.outputs[0] ?? null) : null;
}
