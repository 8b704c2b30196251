/** Matrix products. */
import { elementCount } from "../../tensor/tensor.ts";
import { fromValues, isInteger, numbers } from "../../tensor/values.ts";
import { activated, activationGradient } from "./activation.ts";
import { broadcast, broadcastPositions, unbroadcast } from "./broadcast.ts";
import type { Call, GradientSite, Operator, Shape } from "./operator.ts";
import { behindSeeds, emitTransposed, inverse, permuted, transposed } from "./transpose.ts";

/** The order in which the axes of an operand are read: swapped, where it is transposed. */
type Order = readonly number[];

/** As numpy's matmul: the last two axes are matrices, those before stretch; a vector is a row on the left, a column on the right. */
export const matrixProduct: Operator = productOf((call, i) => axesOf(call.shape(i)));

/** com.microsoft.FusedMatMul: the operands are transposed first, and with transBatch the first axis moves behind the batch. */
export const fusedMatrixProduct: Operator = productOf((call, i) => {
	const side = i === 0 ? "A" : "B";
	const [first = 0, ...others] = axesOf(call.shape(i));
	const last = others.pop();
	if (last === undefined) return [first];
	const moved = call.integer(`transBatch${side}`, 0) === 1 ? [...others, first, last] : [first, ...others, last];
	return call.integer(`trans${side}`, 0) === 1 ? swapLastTwo(moved) : moved;
});

/** Two matrices, each transposed if asked for, and what is added: alpha A B + beta C. */
export const generalProduct: Operator = generalProductOf(
	(_, values) => values,
	({ upstream }) => upstream(0),
);

/** com.microsoft.FusedGemm: with an activation behind it. */
export const fusedGeneralProduct: Operator = generalProductOf(activated, activationGradient);

/** @param order of the axes of operand 0 and 1 */
function productOf(order: (call: Call, i: 0 | 1) => Order): Operator {
	const operands = (call: Call): readonly [Order, Order] => [order(call, 0), order(call, 1)];
	return {
		shapes: (call) => {
			const [left, right] = operands(call);
			return [product(call, permuted(call.shape(0), left), permuted(call.shape(1), right))];
		},
		terms: (call) => permuted(call.shape(0), operands(call)[0]).at(-1) ?? 1,
		evaluate: (call, [shape = []]) => {
			if (call.tensors.some(({ type }) => isInteger(type))) return null;
			return [fromValues(call.tensor(0).type, shape, multiplied(call, operands(call), shape))];
		},
		gradient: (site) => operandGradients(site, operands(site.call), site.upstream(0)),
	};
}

function generalProductOf(
	activate: (call: Call, values: Float64Array) => Float64Array,
	gradientBefore: (site: GradientSite) => string | null,
): Operator {
	const operands = (call: Call): readonly [Order, Order] => [
		call.integer("transA", 0) === 1 ? [1, 0] : [0, 1],
		call.integer("transB", 0) === 1 ? [1, 0] : [0, 1],
	];
	return {
		shapes: (call) => {
			if (call.shape(0).length !== 2 || call.shape(1).length !== 2) call.fail("Gemm takes matrices");
			const [left, right] = operands(call);
			return [product(call, permuted(call.shape(0), left), permuted(call.shape(1), right))];
		},
		terms: (call) => permuted(call.shape(0), operands(call)[0]).at(-1) ?? 1,
		evaluate: (call, [shape = []]) => {
			if (call.tensors.some(({ type }) => isInteger(type))) return null;
			const values = multiplied(call, operands(call), shape);
			const added = call.constant(2);
			if (added !== null) {
				const beta = call.number("beta", 1);
				const [from, places] = [numbers(added), broadcastPositions(added.shape, shape)];
				// Positions lie within the tensor by construction.
				for (let i = 0; i < values.length; i++)
					values[i] = (values[i] ?? 0) + beta * (from[places[i] as number] as number);
			}
			return [fromValues(call.tensor(0).type, shape, activate(call, values))];
		},
		gradient: (site) => {
			const { call, emit, needs } = site;
			const gradient = gradientBefore(site);
			const [left = null, right = null] = operandGradients(site, operands(call), gradient);
			if (gradient === null || !needs(2)) return [left, right];
			const beta = call.number("beta", 1);
			const scaled = beta === 1 ? gradient : emit.add("Mul", [gradient, emit.float(beta)]);
			return [left, right, unbroadcast(site, scaled, site.outputShape(0), call.shape(2))];
		},
	};
}

function product(call: Call, left: Shape, right: Shape): Shape {
	if (left.length === 0 || right.length === 0) call.fail("a scalar in a matrix product");
	const [a, b] = [left.length === 1 ? [1, ...left] : left, right.length === 1 ? [...right, 1] : right];
	if (a.at(-1) !== b.at(-2)) call.fail(`rows of ${a.at(-1)} meet columns of ${b.at(-2)}`);
	const rows = left.length === 1 ? [] : a.slice(-2, -1);
	const columns = right.length === 1 ? [] : b.slice(-1);
	return [...broadcast(call, [a.slice(0, -2), b.slice(0, -2)]), ...rows, ...columns];
}

/** alpha A B, the operands taken in their orders. */
function multiplied(call: Call, [left, right]: readonly [Order, Order], shape: Shape): Float64Array {
	const operands = [transposed(call.tensor(0), left), transposed(call.tensor(1), right)] as const;
	const [a, b] = [asMatrices(operands[0].shape, "row"), asMatrices(operands[1].shape, "column")];
	const [rows, inner, columns] = [a.at(-2) as number, a.at(-1) as number, b.at(-1) as number];
	const batch = broadcast(call, [a.slice(0, -2), b.slice(0, -2)]);
	const [aAt, bAt] = [broadcastPositions(a.slice(0, -2), batch), broadcastPositions(b.slice(0, -2), batch)];
	const [aValues, bValues] = [numbers(operands[0]), numbers(operands[1])];
	const alpha = call.number("alpha", 1);
	const result = new Float64Array(elementCount(shape));
	for (let matrix = 0; matrix < aAt.length; matrix++) {
		for (let row = 0; row < rows; row++) {
			const rowAt = ((aAt[matrix] as number) * rows + row) * inner;
			const resultAt = (matrix * rows + row) * columns;
			for (let k = 0; k < inner; k++) {
				const factor = alpha * (aValues[rowAt + k] as number);
				const columnsAt = ((bAt[matrix] as number) * inner + k) * columns;
				for (let column = 0; column < columns; column++) {
					result[resultAt + column] =
						(result[resultAt + column] as number) + factor * (bValues[columnsAt + column] as number);
				}
			}
		}
	}
	return result;
}

/**
 * For Y = alpha A B: dA = alpha dY B', dB = alpha A' dY. With weights on the right that have two axes, all that is before
 * the last axis of dY are rows of one large product.
 */
function operandGradients(
	site: GradientSite,
	[left, right]: readonly [Order, Order],
	upstream: string | null,
): readonly (string | null)[] {
	const { call, emit, seeds, needs } = site;
	if (upstream === null) return [null, null];
	const [a, b] = [permuted(call.shape(0), left), permuted(call.shape(1), right)];
	const [aMatrices, bMatrices] = [asMatrices(a, "row"), asMatrices(b, "column")];
	const batch = broadcast(call, [aMatrices.slice(0, -2), bMatrices.slice(0, -2)]);
	const alpha = call.number("alpha", 1);
	const scaled = alpha === 1 ? upstream : emit.add("Mul", [upstream, emit.float(alpha)]);
	const isVector = a.length === 1 || b.length === 1;
	const sides = [...batch, aMatrices.at(-2) ?? 1, bMatrices.at(-1) ?? 1];
	const gradient = isVector ? emit.reshape(scaled, [seeds, ...sides]) : scaled;
	/** An operand as matrices with their last two axes swapped. */
	const swapped = (i: 0 | 1, order: Order, matrices: Shape): string => {
		const name = call.node.inputs[i] as string; // both are there
		if (order.length === 1) return emit.reshape(name, swapLastTwo(matrices));
		return emitTransposed(emit, name, swapLastTwo(order));
	};
	/** Back to the operand's own axes. */
	const restored = (product: string, stretched: Shape, order: Order, shape: Shape): string => {
		const matrices = shape.length === 1 ? emit.reshape(product, [seeds, ...stretched.slice(0, -2), ...shape]) : product;
		const sides = shape.length === 1 ? [...stretched.slice(0, -2), ...shape] : stretched;
		return emitTransposed(emit, unbroadcast(site, matrices, sides, shape), behindSeeds(inverse(order)));
	};
	return [
		needs(0)
			? restored(
					emit.add("MatMul", [gradient, swapped(1, right, bMatrices)]),
					[...batch, ...aMatrices.slice(-2)],
					left,
					a,
				)
			: null,
		needs(1)
			? restored(
					emit.add("MatMul", [swapped(0, left, aMatrices), gradient]),
					[...batch, ...bMatrices.slice(-2)],
					right,
					b,
				)
			: null,
	];
}

/** A vector is a matrix of one row, or of one column. */
function asMatrices(shape: Shape, vector: "row" | "column"): Shape {
	if (shape.length > 1) return shape;
	return vector === "row" ? [1, ...shape] : [...shape, 1];
}

function axesOf(shape: Shape): Order {
	return shape.map((_, axis) => axis);
}

function swapLastTwo(order: readonly number[]): readonly number[] {
	return order.length < 2 ? order : [...order.slice(0, -2), ...order.slice(-2).reverse()];
}
