/** Operators that compute each element of the output from the elements at the same place in the inputs. */
import type { ElementType, Tensor } from "../../tensor/tensor.ts";
import { fromValues, int64s, isInteger, numbers } from "../../tensor/values.ts";
import { broadcast, broadcastPositions } from "./broadcast.ts";
import type { Call, Gradient, Operator, Shape } from "./operator.ts";

/** A function for floating-point elements, and one for integers (booleans are 0n and 1n) where that type is legal. */
export interface Functions {
	readonly float?: (...elements: readonly number[]) => number | bigint;
	readonly integer?: (...elements: readonly bigint[]) => number | bigint;
	/** The output's type, if it is not that of the first input. */
	readonly type?: ElementType;
}

/** @param functions of a node's elements, which may depend on its attributes */
export function elementwise(functions: (call: Call) => Functions, gradient?: Gradient | "none"): Operator {
	return {
		...(gradient === undefined ? {} : { gradient }),
		shapes: (call) => [broadcast(call, call.shapes)],
		evaluate: (call, [shape = []]) => {
			const result = mapElements(call.tensors, shape, functions(call));
			return result === null ? null : [result];
		},
	};
}

/** What the functions make of the elements of each place; null where there is none for their type. */
export function mapElements(tensors: readonly Tensor[], shape: Shape, functions: Functions): Tensor | null {
	const [first] = tensors;
	if (first === undefined) return null;
	const { float, integer, type = first.type } = functions;
	const places = tensors.map((tensor) => broadcastPositions(tensor.shape, shape));
	const count = places[0]?.length ?? 0;
	/** f of the elements at each place. */
	const map = <E>(elements: readonly ArrayLike<E>[], f: (...elements: readonly E[]) => number | bigint): Tensor =>
		fromValues(
			type,
			shape,
			// Positions lie within the tensors by construction.
			Array.from({ length: count }, (_, i) => f(...elements.map((each, k) => each[places[k]?.[i] as number] as E))),
		);
	if (tensors.every((tensor) => isInteger(tensor.type))) return integer ? map(tensors.map(int64s), integer) : null;
	return float ? map(tensors.map(numbers), float) : null;
}

/** Operators written once for numbers and once for integers. */
export function both(
	float: (...elements: readonly number[]) => number,
	integer: (...elements: readonly bigint[]) => bigint,
	gradient?: Gradient | "none",
): Operator {
	return elementwise(() => ({ float, integer }), gradient);
}
