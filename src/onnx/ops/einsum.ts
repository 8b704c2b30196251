/** Einstein's summation: letters name axes, those missing on the right are summed over. */
import { broadcast } from "./broadcast.ts";
import type { Call, Operator, Shape } from "./operator.ts";

export const einsum: Operator = {
	shapes: (call) => {
		const [left = "", right] = call.text("equation", "").replaceAll(" ", "").split("->");
		const terms = left.split(",");
		if (terms.length !== call.shapes.length) call.fail(`${terms.length} terms in "${left}"`);
		const sides = new Map<string, number>();
		let stretched: Shape = [];
		for (const [i, term] of terms.entries()) {
			const shape = call.shape(i);
			const [before = "", after] = term.split("...");
			if (after !== undefined) {
				stretched = broadcast(call, [stretched, shape.slice(before.length, shape.length - after.length)]);
				name(call, after, shape.slice(shape.length - after.length), sides);
			}
			name(call, before, after === undefined ? shape : shape.slice(0, before.length), sides);
		}
		const [before = "", after] = (right ?? implicitOutput(left)).split("...");
		const sidesOf = (letters: string): number[] => [...letters].map((letter) => sides.get(letter) ?? 1);
		return [[...sidesOf(before), ...(after === undefined ? [] : [...stretched, ...sidesOf(after)])]];
	},
};

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
