import { type Random, random } from "../../src/numerics/random.ts";

/** Standard normal numbers from a seed (Box and Muller). */
export function gaussians(seed: number): () => number {
	const source: Random = random(seed, 0x6e);
	return () => Math.sqrt(-2 * Math.log(1 - source.uniform())) * Math.cos(2 * Math.PI * source.uniform());
}
