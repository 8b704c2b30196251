/** Matrix products. */
import { broadcast } from "./broadcast.ts";
import type { Call, Operator, Shape } from "./operator.ts";

/** As numpy's matmul: the last two axes are matrices, those before stretch; a vector is a row on the left, a column on the right. */
export const matrixProduct: Operator = { shapes: (call) => [product(call, call.shape(0), call.shape(1))] };

/** com.microsoft.FusedMatMul: the operands are transposed first, and with transBatch the first axis moves behind the batch. */
export const fusedMatrixProduct: Operator = {
	shapes: (call) => {
		const operand = (i: number, side: "A" | "B"): Shape => {
			const [first = 1, ...others] = call.shape(i);
			const last = others.pop() ?? 1;
			const moved = call.integer(`transBatch${side}`, 0) === 1 ? [...others, first, last] : [first, ...others, last];
			return call.integer(`trans${side}`, 0) === 1 ? swapLastTwo(moved) : moved;
		};
		return [product(call, operand(0, "A"), operand(1, "B"))];
	},
};

/** Two matrices, each transposed if asked for. */
export const generalProduct: Operator = {
	shapes: (call) => {
		const a = call.integer("transA", 0) === 1 ? swapLastTwo(call.shape(0)) : call.shape(0);
		const b = call.integer("transB", 0) === 1 ? swapLastTwo(call.shape(1)) : call.shape(1);
		if (a.length !== 2 || b.length !== 2) call.fail("Gemm takes matrices");
		return [product(call, a, b)];
	},
};

function product(call: Call, left: Shape, right: Shape): Shape {
	if (left.length === 0 || right.length === 0) call.fail("a scalar in a matrix product");
	const [a, b] = [left.length === 1 ? [1, ...left] : left, right.length === 1 ? [...right, 1] : right];
	if (a.at(-1) !== b.at(-2)) call.fail(`rows of ${a.at(-1)} meet columns of ${b.at(-2)}`);
	const rows = left.length === 1 ? [] : a.slice(-2, -1);
	const columns = right.length === 1 ? [] : b.slice(-1);
	return [...broadcast(call, [a.slice(0, -2), b.slice(0, -2)]), ...rows, ...columns];
}

function swapLastTwo(shape: Shape): Shape {
	return shape.length < 2 ? shape : [...shape.slice(0, -2), ...shape.slice(-2).reverse()];
}
