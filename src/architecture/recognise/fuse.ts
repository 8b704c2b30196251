/** What other libraries keep apart and timm keeps together, put together. */
import type { Tensor } from "../../tensor/tensor.ts";
import { joined, rowsOf, sum, zerosLike } from "./derived.ts";
import { need } from "./source.ts";

/**
 * The projections to queries, keys and values of every block side by side, as `qkv`.
 *
 * @param names what they are called: `blocks.0.attn.query.weight`, ...
 */
export function fuseProjections(
	tensors: Map<string, Tensor>,
	names: readonly [query: string, key: string, value: string],
): void {
	for (let block = 0; tensors.has(`blocks.${block}.attn.${names[0]}.weight`); block++) {
		const attention = `blocks.${block}.attn`;
		for (const [part, axes] of [["weight", 2] as const, ["bias", 1] as const]) {
			const [query, key, value] = names.map((name) => `${attention}.${name}.${part}`) as [string, string, string]; // as many as names
			if (!tensors.has(query)) continue;
			const first = need(tensors, query, axes);
			// BEiT's keys have no bias.
			const second = axes === 1 && !tensors.has(key) ? zerosLike(first) : need(tensors, key, axes);
			tensors.set(`${attention}.qkv.${part}`, joined([first, second, need(tensors, value, axes)]));
			for (const name of [query, key, value]) tensors.delete(name);
		}
	}
}

/**
 * Adds its position to the class token, and leaves the patches' positions: registers, which have none, then stand between.
 *
 * @param tensors with positions [1, 1 + patches, width]
 */
export function placeClassToken(tensors: Map<string, Tensor>): void {
	const positions = need(tensors, "pos_embed", 3);
	const [, count = 0] = positions.shape;
	tensors.set("cls_token", sum(need(tensors, "cls_token", 3), rowsOf(positions, 0, 1)));
	tensors.set("pos_embed", rowsOf(positions, 1, count));
}
