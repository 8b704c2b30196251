/** Gives the tensors of a checkpoint other names, by rules. */
import { SightlineError } from "../../errors.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** What a name becomes where the pattern is found ($1, ... as in String.replace); null: the tensor is left out. */
export type Rule = readonly [pattern: RegExp, name: string | null];

/**
 * Each name goes through the first rule that it matches; what matches none keeps its name, and the builder then says that
 * there is no place for it.
 *
 * @throws SightlineError BAD_INPUT where two tensors get one name
 */
export function renamed(tensors: ReadonlyMap<string, Tensor>, rules: readonly Rule[]): Map<string, Tensor> {
	const result = new Map<string, Tensor>();
	for (const [name, tensor] of tensors) {
		const [pattern, target] = rules.find(([each]) => each.test(name)) ?? [/^/, ""];
		if (target === null) continue;
		const other = name.replace(pattern, target);
		if (result.has(other)) throw new SightlineError("BAD_INPUT", `two tensors would be ${other}, one of them ${name}`);
		result.set(other, tensor);
	}
	return result;
}

/** The same with another layout: how a tensor is converted, or null where it stays as it is. */
export type Conversion = readonly [
	pattern: RegExp,
	name: string,
	convert: ((name: string, tensor: Tensor) => Tensor) | null,
];

/** @throws SightlineError BAD_INPUT where two tensors get one name, or one has another number of axes */
export function converted(
	tensors: ReadonlyMap<string, Tensor>,
	conversions: readonly Conversion[],
): Map<string, Tensor> {
	const moved = [...tensors].map(([name, tensor]): [string, Tensor] => {
		const convert = conversions.find(([pattern]) => pattern.test(name))?.[2] ?? null;
		return [name, convert === null ? tensor : convert(name, tensor)];
	});
	return renamed(
		new Map(moved),
		conversions.map(([pattern, name]) => [pattern, name]),
	);
}
