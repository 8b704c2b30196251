/** Writes a model's graph node by node; every tensor gets the name by which the parts of a model are known. */
import type { Attribute, Model, Node } from "../onnx/model.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { float32s, fromFloat32s } from "../tensor/values.ts";

/** An attribute as one writes it: a whole number is an int, a list of them ints, `{ float: 1e-6 }` a float. */
export type AttributeValue = number | readonly number[] | { readonly float: number };

const tile = 64;

export class GraphWriter {
	readonly #nodes: Node[] = [];
	readonly #initializers = new Map<string, Tensor>();
	readonly #weights: ReadonlyMap<string, Tensor>;

	/** @param weights the checkpoint's, already checked: only names that are there are asked for */
	constructor(weights: ReadonlyMap<string, Tensor>) {
		this.#weights = weights;
	}

	/** Adds a node and returns the name of its first output, `output`. */
	node(
		operator: string,
		inputs: readonly string[],
		output: string | readonly [string, ...string[]],
		attributes: Readonly<Record<string, AttributeValue>> = {},
	): string {
		const outputs = typeof output === "string" ? ([output] as const) : output;
		const read = new Map(Object.entries(attributes).map(([name, value]) => [name, attributeOf(value)]));
		this.#nodes.push({ name: outputs[0], operator, domain: "", inputs, outputs, attributes: read });
		return outputs[0];
	}

	/** Adds a constant and returns its name. */
	constant(name: string, tensor: Tensor): string {
		this.#initializers.set(name, tensor);
		return name;
	}

	/** A weight of the checkpoint, widened to float32; returns its name. */
	weight(name: string): string {
		const weight = this.#weight(name);
		return this.constant(
			name,
			floatsOnDemand(weight.shape, () => float32s(weight)),
		);
	}

	/** A weight [channels] of the checkpoint as [channels, 1, 1], as it stretches over maps [batch, channels, rows, columns]. */
	perChannel(name: string): string {
		const weight = this.#weight(name);
		return this.constant(
			name,
			floatsOnDemand([...weight.shape, 1, 1], () => float32s(weight)),
		);
	}

	/** A weight matrix [outputs, inputs] of the checkpoint as [inputs, outputs], as MatMul multiplies tokens by it. */
	transposed(name: string): string {
		const weight = this.#weight(name);
		const [rows = 0, columns = 0] = weight.shape;
		const make = () => transposed(float32s(weight), rows, columns);
		return this.constant(`${name}.transposed`, floatsOnDemand([columns, rows], make));
	}

	/**
	 * The model: opset 17, images "pixels" [batch, 3, height, width] in.
	 *
	 * @param output the tensor [batch, width] that comes out: "logits", or features where there is no head
	 */
	finish(
		name: string,
		[height, width]: readonly [height: number, width: number],
		output: { readonly name: string; readonly width: number },
	): Model {
		return {
			irVersion: 8n,
			producer: { name: "sightline", version: "" },
			opsets: new Map([["", 17]]),
			graph: {
				name,
				nodes: this.#nodes,
				initializers: this.#initializers,
				inputs: [{ name: "pixels", type: "float32", shape: ["batch", 3, height, width] }],
				outputs: [{ name: output.name, type: "float32", shape: ["batch", output.width] }],
				values: [],
				rest: new Uint8Array(),
			},
			functions: [],
			metadata: new Map(),
			rest: new Uint8Array(),
		};
	}

	/** Its bytes as they are now: a file may be written anew before they are asked for. */
	#weight(name: string): Tensor {
		const weight = this.#weights.get(name);
		if (weight === undefined) throw new Error(`no weight ${name} among those checked`);
		return { type: weight.type, shape: weight.shape, bytes: weight.bytes };
	}
}

/**
 * A float32 tensor that is made when it is first asked for, since who looks at a graph alone needs no numbers; what it is
 * made from is let go of then.
 */
function floatsOnDemand(shape: readonly number[], make: () => Float32Array): Tensor {
	let source: (() => Float32Array) | null = make;
	let bytes: Uint8Array = new Uint8Array();
	return {
		type: "float32",
		shape,
		get bytes() {
			if (source !== null) ({ bytes } = fromFloat32s(shape, source()));
			source = null;
			return bytes;
		},
	};
}

function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
	const result = new Float32Array(values.length);
	// In tiles that stay in the cache: row by row, each number of a large matrix would be written to another page.
	for (let top = 0; top < rows; top += tile) {
		for (let left = 0; left < columns; left += tile) {
			for (let row = top; row < Math.min(top + tile, rows); row++) {
				for (let column = left; column < Math.min(left + tile, columns); column++) {
					result[column * rows + row] = values[row * columns + column] as number;
				}
			}
		}
	}
	return result;
}

function attributeOf(value: AttributeValue): Attribute {
	if (typeof value === "number") return { kind: "int", value: BigInt(value) };
	// A file keeps float32.
	if ("float" in value) return { kind: "float", value: Math.fround(value.float) };
	return { kind: "ints", value: value.map(BigInt) };
}
