/** What an architecture expects of a checkpoint: its tensors' names and shapes, held against those that are there. */
import { notFound, SightlineError } from "../errors.ts";
import type { ElementType, Tensor } from "../tensor/tensor.ts";

export type TensorShapes = ReadonlyMap<string, readonly number[]>;

const weightTypes: ReadonlySet<ElementType> = new Set(["float32", "float16", "bfloat16", "float64"]);
/** A counter that PyTorch keeps in BatchNorm while training. */
const counter = /\.num_batches_tracked$/;

/**
 * @param architecture in words, for messages: "vit of width 96"
 * @throws SightlineError BAD_INPUT: a tensor that is missing, too many, of another shape or of no floating type
 */
export function checkTensors(tensors: ReadonlyMap<string, Tensor>, expected: TensorShapes, architecture: string): void {
	const names = [...tensors.keys()];
	for (const [name, shape] of expected) {
		const tensor = tensors.get(name);
		if (tensor === undefined) {
			const { hint } = notFound("tensor", name, names);
			throw new SightlineError("BAD_INPUT", `${architecture}: the tensor ${name} [${shape.join(", ")}] is missing`, {
				...(hint === undefined ? {} : { hint }),
			});
		}
		if (tensor.shape.join() !== shape.join()) {
			const [given, wanted] = [tensor.shape.join(", "), shape.join(", ")];
			throw new SightlineError("BAD_INPUT", `${architecture}: ${name} is [${given}], expected [${wanted}]`, {
				hint: "Weights and architecture do not belong together.",
			});
		}
		if (!weightTypes.has(tensor.type)) {
			const types = [...weightTypes].join(", ");
			throw new SightlineError("BAD_INPUT", `${architecture}: ${name} is ${tensor.type}, expected one of ${types}`);
		}
	}
	const extra = names.filter((name) => !expected.has(name) && !counter.test(name));
	if (extra.length > 0) {
		const [first = ""] = extra;
		const shape = tensors.get(first)?.shape.join(", ");
		const others = extra.length > 1 ? `, as for ${extra.length - 1} others` : "";
		throw new SightlineError(
			"BAD_INPUT",
			`${architecture}: there is no place for the tensor ${first} [${shape}]${others}`,
		);
	}
}
