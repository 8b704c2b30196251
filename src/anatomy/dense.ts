/**
 * The layers of a DenseNet (Huang et al. 2017, arXiv:1608.06993): each reads all maps before it in its dense block, one
 * behind the other along the channels, and its own map is joined to them. Whether an exporter joins a map to what was
 * joined before, or all of them anew for each layer, is one to what is found.
 */
import type { Node } from "../onnx/model.ts";
import { type ChannelAxes, resolutionOf } from "./axes.ts";
import { partsBetween } from "./convolution.ts";
import type { Flow } from "./flow.ts";
import type { Normalisation } from "./normalisation.ts";
import { movesValues, origin } from "./operators.ts";
import type { Unit } from "./units.ts";

/** In the order of the forward pass. */
export function findDenseLayers(flow: Flow, normalisations: readonly Normalisation[], axes: ChannelAxes): Unit[] {
	const maps = new JoinedMaps(flow, axes);
	const units: Unit[] = [];
	const joined = new Set<string>();
	const resolution = (tensor: string) => resolutionOf(flow, axes, tensor).join();
	for (const node of flow.nodes) {
		const own = maps.add(node);
		const last = own?.at(-1);
		if (own === null || last === undefined || joined.has(last)) continue;
		// An exporter may turn a map for the one who joins it, and leave it as it is for the other.
		const input = origin(flow, maps.named(own.slice(0, -1)) ?? flow.source);
		if (!flow.dominates(input, last) || resolution(input) !== resolution(last)) continue;
		const branch = partsBetween(flow, normalisations, input, last);
		if (!branch.some(({ kind }) => kind === "convolution")) continue;
		joined.add(last);
		units.push({ kind: "dense", input, residual: null, branch, projection: [], output: node.outputs[0] ?? "" });
	}
	// One alone is a skip by concatenation, as of a U-Net.
	return units.length > 1 ? units : [];
}

/** More maps and joins than any published network has: bounds the work on a chain of Concats that was made to be long. */
const mostMaps = 512;
const mostJoins = 4096;

/** What each Concat along the channels joins, down to maps that no Concat made. */
class JoinedMaps {
	readonly #flow: Flow;
	readonly #axes: ChannelAxes;
	readonly #maps = new Map<string, readonly string[]>();
	/** The first tensor that holds certain maps. */
	readonly #tensors = new Map<string, string>();

	constructor(flow: Flow, axes: ChannelAxes) {
		this.#flow = flow;
		this.#axes = axes;
	}

	/** @returns the maps that a node joins; null if it joins none, or too many */
	add(node: Node): readonly string[] | null {
		const [output = ""] = node.outputs;
		const [operand = ""] = this.#flow.operands(node);
		if (movesValues(node) && this.#maps.has(operand)) this.#maps.set(output, this.#of(operand));
		const axis = node.attributes.get("axis");
		const rank = this.#flow.shape(output).length;
		if (node.operator !== "Concat" || rank !== 4 || axis?.kind !== "int") return null;
		const along = Number(axis.value) + (axis.value < 0n ? rank : 0);
		if (along !== this.#axes.get(output)) return null;
		const maps = node.inputs.flatMap((input) => this.#of(input));
		if (maps.length > mostMaps || this.#tensors.size > mostJoins) return null;
		this.#maps.set(output, maps);
		const words = maps.join("\n");
		if (!this.#tensors.has(words)) this.#tensors.set(words, output);
		return maps.length > 1 ? maps : null;
	}

	/** The tensor that holds just these maps, in this order; null where there is none. */
	named(maps: readonly string[]): string | null {
		return this.#tensors.get(maps.join("\n")) ?? (maps.length === 1 ? (maps[0] ?? null) : null);
	}

	#of(tensor: string): readonly string[] {
		return this.#maps.get(tensor) ?? [tensor];
	}
}
