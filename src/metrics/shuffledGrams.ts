import { random } from "../numerics/random.ts";
import { shuffle } from "../numerics/shuffle.ts";
import { type BatchGrams, pairAt, pairs } from "./gramRecord.ts";

/**
 * The Gram matrices as if the batch's images had come in another order, the same for every layer and every comparison.
 *
 * @param index of the batch: each has an order of its own
 */
export function shuffledGrams(grams: BatchGrams, index: number): BatchGrams {
	const { n, triangles, diagonals } = grams;
	const images = Array.from({ length: n }, (_, image) => image);
	const order = shuffle(images, random(0, index));
	const moved = new Float32Array(triangles.length);
	for (const [row, other] of order.entries())
		for (let column = row + 1; column < n; column++) {
			const [to, from] = [pairAt(n, row, column), pairAt(n, other, order[column] as number)];
			for (let start = 0; start < moved.length; start += pairs(n))
				moved[start + to] = triangles[start + from] as number;
		}
	return {
		...grams,
		triangles: moved,
		diagonals: diagonals.map((_, at) => diagonals[at - (at % n) + (order[at % n] as number)] as number),
	};
}
