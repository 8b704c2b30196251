/**
 * Learned positions brought to another grid, as whoever published a checkpoint does it when an image has another size. All
 * weigh along rows and along columns apart; they differ in the kernel and in where the samples lie.
 */
import type { Tensor } from "../../tensor/tensor.ts";
import { float32s } from "../../tensor/values.ts";
import { computed } from "./derived.ts";

/**
 * - antialiased: bicubic with a = -1/2, the kernel widened where the grid shrinks (timm: resample_abs_pos_embed)
 * - bicubic: a = -3/4, never widened (transformers: interpolate_pos_encoding)
 * - bicubicAligned: the same with corners on corners (torchvision: interpolate_embeddings)
 * - bilinearAligned: bilinear with corners on corners (vit_jax and big_vision: scipy.ndimage.zoom of order 1)
 */
export type Resampling = "antialiased" | "bicubic" | "bicubicAligned" | "bilinearAligned";

export type Grid = readonly [rows: number, columns: number];

/**
 * @param positions [1, first + rows * columns, width], whose first are no patches' and stay as they are
 * @returns [1, first + rows * columns of the other grid, width], computed in float64 and rounded to float32
 */
export function resampledPositions(positions: Tensor, first: number, from: Grid, to: Grid, how: Resampling): Tensor {
	const [, , width = 0] = positions.shape;
	return computed([1, first + to[0] * to[1], width], () => {
		const given = float32s(positions);
		const result = new Float32Array((first + to[0] * to[1]) * width);
		result.set(given.subarray(0, first * width));
		const down = tapsOf(from[0], to[0], how);
		const across = tapsOf(from[1], to[1], how);
		const sums = new Float64Array(width);
		for (const [row, rowTaps] of down.entries()) {
			for (const [column, columnTaps] of across.entries()) {
				sums.fill(0);
				for (const [y, rowWeight] of rowTaps) {
					for (const [x, columnWeight] of columnTaps) {
						const at = (first + y * from[1] + x) * width;
						for (let i = 0; i < width; i++) {
							sums[i] = (sums[i] as number) + rowWeight * columnWeight * (given[at + i] as number);
						}
					}
				}
				result.set(sums, (first + row * to[1] + column) * width);
			}
		}
		return result;
	});
}

type Tap = readonly [index: number, weight: number];

/** For each new place along one axis, what is read there, and how much of it. */
function tapsOf(from: number, to: number, how: Resampling): readonly (readonly Tap[])[] {
	const places = Array.from({ length: to }, (_, index) => index);
	if (how === "antialiased") return places.map((place) => antialiased(from, from / to, place));
	const isAligned = how !== "bicubic";
	const step = isAligned ? (to > 1 ? (from - 1) / (to - 1) : 0) : from / to;
	return places.map((place) => {
		const at = isAligned ? place * step : (place + 0.5) * step - 0.5;
		const left = Math.floor(at);
		const offsets = how === "bilinearAligned" ? [0, 1] : [-1, 0, 1, 2];
		const kernel = how === "bilinearAligned" ? triangle : cubic(-0.75);
		// Beyond the border stands what is at the border.
		return offsets.map((offset): Tap => [clamp(left + offset, from), kernel(left + offset - at)]);
	});
}

/** As PyTorch's interpolate with antialias, and PIL: weights add up to 1, and nothing beyond the border is read. */
function antialiased(from: number, step: number, place: number): readonly Tap[] {
	const widening = Math.max(1, step);
	const centre = (place + 0.5) * step;
	const first = Math.max(0, Math.trunc(centre - 2 * widening + 0.5));
	const last = Math.min(from, Math.trunc(centre + 2 * widening + 0.5));
	const kernel = cubic(-0.5);
	const weights = Array.from({ length: last - first }, (_, index) => kernel((first + index + 0.5 - centre) / widening));
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	return weights.map((weight, index) => [first + index, weight / total]);
}

/** Keys 1981, equation 4: 1 at 0, 0 at all other whole numbers and from 2 on. */
function cubic(a: number): (distance: number) => number {
	return (signed) => {
		const x = Math.abs(signed);
		if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
		return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
	};
}

function triangle(distance: number): number {
	return Math.max(0, 1 - Math.abs(distance));
}

function clamp(index: number, count: number): number {
	return Math.min(Math.max(index, 0), count - 1);
}
