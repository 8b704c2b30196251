/** Einstein's summation: letters name axes, those missing on the right are summed over. */
import { positions, stridesOf } from "../../tensor/strides.ts";
import { elementCount } from "../../tensor/tensor.ts";
import { fromValues, isInteger, numbers } from "../../tensor/values.ts";
import { unbroadcast } from "./broadcast.ts";
import type { Call, Operator, Shape } from "./operator.ts";

export const einsum: Operator = {
	shapes: (call) => {
		const { output, sides } = summationOf(call);
		return [sidesOf(output, sides)];
	},
	terms: (call) => {
		const summation = summationOf(call);
		return elementCount(sidesOf(summedLetters(summation), summation.sides));
	},
	evaluate: (call, [shape = []]) => {
		if (call.tensors.some(({ type }) => isInteger(type))) return null;
		const summation = summationOf(call);
		const { terms, output, sides } = summation;
		const summed = summedLetters(summation);
		const inner = elementCount(sidesOf(summed, sides));
		const operands = terms.map((term, i) => {
			const [own, strides] = [call.shape(i), stridesOf(call.shape(i))];
			// A letter named twice runs along the diagonal; an axis of side 1 stays where it is.
			const strideOf = (letter: string): number =>
				[...term].reduce(
					(sum, each, at) => (each === letter && own[at] !== 1 ? sum + (strides[at] as number) : sum),
					0,
				);
			const all = output + summed;
			return { values: numbers(call.tensor(i)), at: positions(sidesOf(all, sides), [...all].map(strideOf)) };
		});
		const result = new Float64Array(elementCount(shape));
		for (let i = 0; i < result.length * inner; i++) {
			// Positions lie within the tensors by construction.
			const product = operands.reduce((found, { values, at }) => found * (values[at[i] as number] as number), 1);
			const at = Math.floor(i / inner);
			result[at] = (result[at] as number) + product;
		}
		return [fromValues(call.tensor(0).type, shape, result)];
	},
	// The gradient stands in the operand's place among the terms, and the operand's letters where the output's were.
	gradient: (site) => {
		const { call, emit, upstream, needs } = site;
		const gradient = upstream(0);
		if (gradient === null) return [];
		const { terms, output, sides } = summationOf(call);
		const [seeds = ""] = unusedLetters(terms.join(""));
		return terms.map((term, i) => {
			if (!needs(i)) return null;
			const others = terms.flatMap((_, other) => (other === i ? [] : [other]));
			const known = output + others.map((other) => terms[other]).join("");
			if ([...term].some((letter) => !known.includes(letter)) || new Set(term).size < term.length) {
				call.fail("no gradient is known where a letter is in one operand only, or in it twice");
			}
			const inputs = [gradient, ...others.map((other) => call.node.inputs[other] as string)]; // all are given
			const left = [seeds + output, ...others.map((other) => terms[other])].join(",");
			const product = emit.add("Einsum", inputs, { equation: `${left}->${seeds}${term}` });
			return unbroadcast(site, product, sidesOf(term, sides), call.shape(i));
		});
	},
};

interface Summation {
	/** A letter an axis; an ellipsis has been given letters too. */
	readonly terms: readonly string[];
	readonly output: string;
	readonly sides: ReadonlyMap<string, number>;
}

function summationOf(call: Call): Summation {
	const equation = call.text("equation", "").replaceAll(" ", "");
	const [left = "", right = implicitOutput(left)] = equation.split("->");
	const given = left.split(",");
	if (given.length !== call.shapes.length) call.fail(`${given.length} terms in "${left}"`);
	/** How many axes the ellipsis of a term stands for. */
	const rests = given.map((term, i) => (term.includes("...") ? call.shape(i).length - term.length + "...".length : 0));
	const longest = Math.max(0, ...rests);
	const ellipsis = unusedLetters(equation).slice(0, longest).join("");
	const spelled = (term: string, rest: number) => term.replace("...", ellipsis.slice(longest - Math.max(0, rest)));
	const terms = given.map((term, i) => spelled(term, rests[i] ?? 0));
	const sides = new Map<string, number>();
	for (const [i, term] of terms.entries()) name(call, term, call.shape(i), sides);
	return { terms, output: spelled(right, longest), sides };
}

function name(call: Call, letters: string, shape: Shape, sides: Map<string, number>): void {
	if (letters.length !== shape.length) call.fail(`"${letters}" names ${letters.length} axes, not ${shape.length}`);
	for (const [i, letter] of [...letters].entries()) {
		const side = shape[i] ?? 1;
		const known = sides.get(letter) ?? 1;
		if (known !== 1 && side !== 1 && known !== side) call.fail(`axis "${letter}" is ${known} and ${side}`);
		sides.set(letter, Math.max(known, side));
	}
}

/** Without an arrow: what stretched, then the letters that occur once, in alphabetical order. */
function implicitOutput(left: string): string {
	const letters = [...left.replaceAll(/[^a-zA-Z]/g, "")];
	const single = letters.filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter)).sort();
	return (left.includes("...") ? "..." : "") + single.join("");
}

/** The letters that the output does not have. */
function summedLetters({ output, sides }: Summation): string {
	return [...sides.keys()].filter((letter) => !output.includes(letter)).join("");
}

function unusedLetters(used: string): string[] {
	return [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"].filter((letter) => !used.includes(letter));
}

function sidesOf(letters: string, sides: ReadonlyMap<string, number>): number[] {
	return [...letters].map((letter) => sides.get(letter) ?? 1);
}
