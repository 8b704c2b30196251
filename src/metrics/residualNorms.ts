import { type Anatomy, type ResidualAddition, tokensBeforePatches } from "../anatomy/anatomy.ts";
import { SightlineError } from "../errors.ts";
import type { DeviceTensor, Metric, NoParameters, Records } from "./metric.ts";
import { type AdditionNorms, addImages, type NormOptions, normLength, normsOf } from "./normSums.ts";
import { mapShape } from "./positions.ts";
import { streamAbsence } from "./streamAbsence.ts";

/**
 * How a residual addition z + f divides into the stream z and the branch f, at every token (of a CNN, every position):
 * the ratio of their norms, and how the stream points beside the sum and beside the branch (Raghu et al. 2021, Fig. 7
 * and E.2). Of a unit whose shortcut is a projection, z is what the projection makes: what f is added to.
 *
 * in      z, f: [n, tokens, width] or [n, channels, rows, columns] in either order, of every residual addition
 * device  per addition [n, tokens]: the squares |z|^2 and |f|^2, and the product z . f
 * record  float64, per addition: per token the sums over images of |z| / |f|, cos(z, z + f), cos(z, f) and of their squares,
 *         then of |z| and |f|; then sums and squares over images of the mean over patch tokens of the first three
 * value   per addition, of the class token, of the mean over patch tokens, and of each token: means over images, with
 *         standard errors over images. A ratio has no unit and is not negative, a cosine lies in [-1, 1].
 */
export const residualNorms: Metric<NoParameters, readonly BranchNorms[], readonly [Records], NormOptions> = {
	name: "residualNorms",
	version: 1,
	variant:
		"per token |z| / |f(z)|, cos(z, z + f(z)) and cos(z, f(z)) of stream z and branch f (Raghu et al. 2021, Fig. 7, " +
		"E.2); means over images",
	laws: { symmetric: false, invariantTo: ["imageOrder"], notTo: ["scaling", "translation", "linearMap"] },

	absence(anatomy) {
		return anatomy.residuals.length === 0 ? "it has no residual additions" : streamAbsence(anatomy);
	},

	nodes({ emit, anatomy, shape }) {
		return Object.fromEntries(
			anatomy.residuals.flatMap(({ stream, branch, channelsLast }, index) => {
				const axis = channelsLast ? 3 : featureAxis(shape(branch), branch);
				const product = (a: string, b: string) => emit.reduce("ReduceSum", emit.add("Mul", [a, b]), [axis], false);
				// ONNX Runtime sums squares fast along the last axis alone.
				const square = (a: string) =>
					axis === shape(branch).length - 1 ? emit.reduce("ReduceSumSquare", a, [axis], false) : product(a, a);
				return [
					[`z${index}`, square(stream)],
					[`f${index}`, square(branch)],
					[`zf${index}`, product(stream, branch)],
				];
			}),
		);
	},

	record(outputs, { images }, { anatomy }) {
		const counts = anatomy.residuals.map((residual) => tokensOf(anatomy, residual));
		const record = new Float64Array(counts.reduce((sum, tokens) => sum + normLength(tokens), 0));
		let from = 0;
		for (const [index, tokens] of counts.entries()) {
			const [z, f, zf] = ["z", "f", "zf"].map((name) => numbers(outputs, `${name}${index}`));
			if (z === undefined || f === undefined || zf === undefined) throw new Error("residualNorms reads three tensors");
			const { first } = beforePatches(anatomy);
			addImages(record.subarray(from, from + normLength(tokens)), { z, f, zf }, images, tokens, first);
			from += normLength(tokens);
		}
		return record;
	},

	recordBytes: ({ anatomy }) =>
		8 * anatomy.residuals.reduce((sum, residual) => sum + normLength(tokensOf(anatomy, residual)), 0),

	finish([{ anatomy, records }], { aggregation }) {
		const images = records.reduce((sum, batch) => sum + batch.images, 0);
		let from = 0;
		return anatomy.residuals.map((residual): BranchNorms => {
			const tokens = tokensOf(anatomy, residual);
			const sums = new Float64Array(normLength(tokens));
			for (const { values } of records)
				for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + (values[from + i] as number);
			from += sums.length;
			const { block, kind, projected } = residual;
			return { block, kind, projected, images, ...normsOf(sums, images, tokens, beforePatches(anatomy), aggregation) };
		});
	},
};

export interface BranchNorms extends AdditionNorms {
	readonly block: number;
	readonly kind: ResidualAddition["kind"];
	/** The stream passes a projection before the addition. */
	readonly projected: boolean;
	readonly images: number;
}

/** The first token that is a patch, and whether the first of all is a class token. */
function beforePatches({ tokens }: Anatomy) {
	return { first: tokens === null ? 0 : tokensBeforePatches(tokens), hasClassToken: tokens?.classToken ?? false };
}

/** The axis that one token's features lie along. */
function featureAxis(shape: readonly number[], tensor: string): number {
	if (shape.length === 3) return 2;
	if (shape.length === 4) return 1;
	throw new SightlineError("BAD_INPUT", `residualNorms: ${tensor} is [${shape.join(", ")}], expected 3 or 4 axes`, {
		hint: "[batch, tokens, width] or [batch, channels, rows, columns].",
	});
}

/** Tokens, or positions, of an addition: those of its block's layers. */
function tokensOf({ layers, tokens }: Anatomy, { sum, branch, block }: ResidualAddition): number {
	if (tokens !== null) return tokens.count;
	const layer =
		layers.find(({ tensor }) => tensor === sum || tensor === branch) ?? layers.findLast((one) => one.block === block);
	if (layer?.shape.length !== 3)
		throw new SightlineError("BAD_INPUT", `residualNorms: the positions of block ${block} are not known`);
	const [, rows, columns] = mapShape(layer);
	return rows * columns;
}

function numbers(outputs: Readonly<Record<string, DeviceTensor>>, name: string): Float32Array {
	const output = outputs[name];
	if (output === undefined) throw new Error(`residualNorms: the pass gave no ${name}`);
	return output.data;
}
