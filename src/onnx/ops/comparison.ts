/** Operators that tell true from false: no gradient flows through any. */
import { elementwise } from "./elementwise.ts";
import type { Operator } from "./operator.ts";

type Pair<E> = (a: E, b: E) => boolean;

function comparison(float: Pair<number>, integer: Pair<bigint>): Operator {
	return elementwise(
		() => ({
			float: (a = 0, b = 0) => Number(float(a, b)),
			integer: (a = 0n, b = 0n) => Number(integer(a, b)),
			type: "bool",
		}),
		"none",
	);
}

function integers(integer: (...elements: readonly bigint[]) => bigint): Operator {
	return elementwise(() => ({ integer }), "none");
}

const test = (float: (x: number) => boolean): Operator =>
	elementwise(() => ({ float: (x = 0) => Number(float(x)), type: "bool" }), "none");

export const comparisonOperators: Readonly<Record<string, Operator>> = {
	Equal: comparison(
		(a, b) => a === b,
		(a, b) => a === b,
	),
	Less: comparison(
		(a, b) => a < b,
		(a, b) => a < b,
	),
	LessOrEqual: comparison(
		(a, b) => a <= b,
		(a, b) => a <= b,
	),
	Greater: comparison(
		(a, b) => a > b,
		(a, b) => a > b,
	),
	GreaterOrEqual: comparison(
		(a, b) => a >= b,
		(a, b) => a >= b,
	),
	IsNaN: test((x) => Number.isNaN(x)),
	IsInf: elementwise((call) => {
		const [detectsNegative, detectsPositive] = [call.integer("detect_negative", 1), call.integer("detect_positive", 1)];
		const isFound = (x: number): boolean =>
			(x === Number.NEGATIVE_INFINITY && detectsNegative === 1) ||
			(x === Number.POSITIVE_INFINITY && detectsPositive === 1);
		return { float: (x = 0) => Number(isFound(x)), type: "bool" };
	}, "none"),
	Not: integers((a = 0n) => 1n - a),
	And: integers((a = 0n, b = 0n) => a & b),
	Or: integers((a = 0n, b = 0n) => a | b),
	Xor: integers((a = 0n, b = 0n) => a ^ b),
};
