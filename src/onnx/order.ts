/** Nodes in an order in which each comes after those that make what it reads, as the format demands. */
import { SightlineError } from "../errors.ts";
import type { Node } from "./model.ts";
import { readTensors } from "./view.ts";

/**
 * The given order is kept wherever it is right: nodes are moved only to stand after what they read.
 *
 * @throws SightlineError BAD_INPUT: a tensor made twice; a cycle, with the nodes on it
 */
export function topologicalOrder(nodes: readonly Node[]): readonly Node[] {
	const producers = new Map<string, Node>();
	for (const node of nodes) {
		for (const output of node.outputs) {
			if (output !== "" && producers.has(output)) {
				throw new SightlineError("BAD_INPUT", `tensor "${output}" is made twice: by ${describe(node)} too`);
			}
			producers.set(output, node);
		}
	}
	const sources = (node: Node): Node[] => [...readTensors(node)].flatMap((tensor) => producers.get(tensor) ?? []);

	const sorted: Node[] = [];
	const states = new Map<Node, "open" | "done">();
	// A stack of its own: a chain of nodes may be deeper than the call stack.
	for (const root of nodes) {
		const path = states.has(root) ? [] : [{ node: root, waiting: sources(root) }];
		states.set(root, states.get(root) ?? "open");
		for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
			const source = top.waiting.shift();
			if (source === undefined) {
				states.set(top.node, "done");
				sorted.push(top.node);
				path.pop();
			} else if (!states.has(source)) {
				states.set(source, "open");
				path.push({ node: source, waiting: sources(source) });
			} else if (states.get(source) === "open") {
				const cycle = path.slice(path.findIndex(({ node }) => node === source));
				const names = cycle.map(({ node }) => describe(node)).join(" < ");
				throw new SightlineError("BAD_INPUT", `the graph runs in a circle: ${names} < ${describe(source)}`);
			}
		}
	}
	return sorted;
}

/** A node as errors name it: its operator, and its name or what it makes. */
export function describe(node: Node): string {
	return `${node.operator} "${node.name || (node.outputs[0] ?? "")}"`;
}
