/** What can be wrong in the messages of an ONNX model, each damage by itself. */
import type { Random } from "../../../src/numerics/random.ts";
import { awkwardNames, extremeNumbers, oneOf } from "../bytes.ts";
import { copyOf, type Field, isMessage, type Message, messagesByType, type Nesting } from "../protobuf.ts";

/** The nested messages of onnx.proto that are damaged. */
export const nesting: Nesting = {
	Model: { 7: "Graph", 8: "Opset", 14: "Entry", 25: "Function" },
	Graph: { 1: "Node", 5: "Tensor", 11: "Value", 12: "Value", 13: "Value" },
	Function: { 7: "Node", 9: "Opset", 11: "Attribute" },
	Node: { 5: "Attribute" },
	Attribute: { 5: "Tensor", 6: "Graph" },
	Tensor: { 13: "Entry" },
	Value: { 2: "Type" },
	Type: { 1: "TensorType" },
	TensorType: { 2: "Shape" },
	Shape: { 1: "Dimension" },
};

/** Changes a model in place. */
type Damage = (root: Message, source: Random) => void;

export function damageGraph(root: Message, source: Random): void {
	for (let damages = 1 + source.below(2); damages > 0; damages--) oneOf(kinds, source)(root, source);
}

const otherNumber: Damage = (root, source) => {
	const field = oneField(root, source, ({ value }) => typeof value === "bigint");
	if (field !== undefined) field.value = integer(source);
};

const otherName: Damage = (root, source) => {
	const isName = ({ value }: Field) => value instanceof Uint8Array && value.length < 200;
	const field = oneField(root, source, isName);
	const borrowed = source.below(3) > 0 ? oneField(root, source, isName)?.value : undefined;
	if (field !== undefined) field.value = borrowed ?? text(oneOf(awkwardNames, source));
};

const otherOperator: Damage = (root, source) => {
	const node = oneMessage(root, "Node", source);
	const field = node?.fields.find(({ number }) => number === 4);
	if (field !== undefined) field.value = text(oneOf(operators, source));
};

/** Of a message left out, doubled, or put into another of its type. */
const movedField: Damage = (root, source) => {
	const message = anyMessage(root, source);
	const at = source.below(message.fields.length);
	const field = message.fields[at];
	if (field === undefined) return;
	const way = source.below(3);
	if (way === 0) message.fields.splice(at, 1);
	else {
		const target = way === 1 ? message : (oneMessage(root, message.type, source) ?? message);
		const value = isMessage(field.value) ? copyOf(field.value) : field.value;
		target.fields.splice(source.below(target.fields.length + 1), 0, { number: field.number, value });
	}
};

const otherAttribute: Damage = (root, source) => {
	const node = oneMessage(root, "Node", source);
	if (node === undefined) return;
	const own = node.fields
		.filter(({ number }) => number === 5)
		.map(({ value }) => value)
		.filter(isMessage);
	const names = own.flatMap(({ fields }) => fields.filter(({ number }) => number === 1).map(({ value }) => value));
	const name = names.length > 0 && source.below(2) === 0 ? oneOf(names, source) : text(oneOf(attributeNames, source));
	node.fields.push({
		number: 5,
		value: { type: "Attribute", fields: [{ number: 1, value: name }, ...content(source)] },
	});
};

/** What an attribute holds: one of each kind, with its type. */
function content(source: Random): Field[] {
	const count = source.below(2) === 0 ? source.below(6) : source.below(80);
	const many = <T>(make: () => T): T[] => Array.from({ length: count }, make);
	const typed = (type: number, fields: Field[]): Field[] => [...fields, { number: 20, value: BigInt(type) }];
	switch (source.below(7)) {
		case 0:
			return typed(1, [{ number: 2, value: float(source) }]);
		case 1:
			return typed(2, [{ number: 3, value: integer(source) }]);
		case 2:
			return typed(3, [{ number: 4, value: text(oneOf(strings, source)) }]);
		case 3:
			return typed(4, [{ number: 5, value: smallTensor("", source) }]);
		case 4:
			return typed(
				6,
				many(() => ({ number: 7, value: float(source) })),
			);
		case 5:
			return typed(
				7,
				many(() => ({ number: 8, value: integer(source) })),
			);
		// Without a type, or with one of another kind.
		default:
			return [
				{ number: 8, value: integer(source) },
				...(source.below(2) ? [{ number: 20, value: integer(source) }] : []),
			];
	}
}

const otherTensor: Damage = (root, source) => {
	const tensor = oneMessage(root, "Tensor", source);
	if (tensor === undefined) return;
	const without = (...numbers: number[]) => tensor.fields.filter(({ number }) => !numbers.includes(number));
	switch (source.below(6)) {
		case 0:
			tensor.fields = [...without(1), ...shape(source)];
			return;
		case 1:
			tensor.fields = [...without(2), { number: 2, value: BigInt(source.below(30)) }];
			return;
		case 2:
			tensor.fields = [...without(4, 5, 7, 9, 10, 11, 13)];
			return;
		case 3: {
			const raw = tensor.fields.find(({ number }) => number === 9)?.value;
			const length = raw instanceof Uint8Array ? raw.length : 0;
			if (raw instanceof Uint8Array)
				tensor.fields = [...without(9), { number: 9, value: raw.subarray(source.below(length + 1)) }];
			return;
		}
		case 4: {
			const number = oneOf([4, 5, 7, 10, 11], source);
			tensor.fields = [...without(9), { number, value: new Uint8Array(source.below(100)).fill(source.below(256)) }];
			return;
		}
		default:
			tensor.fields = [...without(9, 13, 14), ...elsewhere(source)];
	}
};

/** Weights in another file: outside, missing, the model itself, or at no possible place. */
function elsewhere(source: Random): Field[] {
	const location = oneOf(
		["model.data", "model.onnx", "../model.data", "/etc/passwd", "", ".", "/dev/zero", "gone", "a\0b"],
		source,
	);
	const number = () => `${oneOf([...extremeNumbers, Number.NaN, 0.5], source)}`;
	const entries = { location, offset: number(), length: number(), checksum: "0" };
	const kept = Object.entries(entries).filter(([key]) => key === "location" || source.below(3) > 0);
	return [
		...kept.map(([key, value]) => ({
			number: 13,
			value: {
				type: "Entry",
				fields: [
					{ number: 1, value: text(key) },
					{ number: 2, value: text(value) },
				],
			},
		})),
		{ number: 14, value: 1n },
	];
}

const otherWire: Damage = (root, source) => {
	const [node, other] = [oneMessage(root, "Node", source), oneMessage(root, "Node", source)];
	const inputs = node?.fields.filter(({ number }) => number === 1) ?? [];
	const tensor =
		source.below(3) === 0 ? oneMessage(root, "Tensor", source)?.fields.find(({ number }) => number === 8) : undefined;
	const made = tensor ?? other?.fields.find(({ number }) => number === 2);
	if (inputs.length > 0 && made !== undefined) oneOf(inputs, source).value = made.value;
};

const otherShape: Damage = (root, source) => {
	const message = oneMessage(root, "Shape", source);
	if (message === undefined) return;
	const dimension = (value: bigint): Field => ({
		number: 1,
		value: { type: "Dimension", fields: [{ number: 1, value }] },
	});
	if (source.below(2) === 0)
		message.fields = shape(source).flatMap(({ value }) => (typeof value === "bigint" ? dimension(value) : []));
	else if (message.fields.length > 0) message.fields[source.below(message.fields.length)] = dimension(integer(source));
};

/** A constant in place of an input: what a node computes its shape, axes, pads, ... from. */
const otherConstant: Damage = (root, source) => {
	const graph = oneMessage(root, "Graph", source);
	const nodes = graph?.fields.flatMap(({ number, value }) => (number === 1 && isMessage(value) ? [value] : [])) ?? [];
	if (graph === undefined || nodes.length === 0) return;
	const node = oneOf(nodes, source);
	const name = text(`constant ${source.below(1_000_000)}`);
	graph.fields.push({ number: 5, value: smallTensor(name, source) });
	const inputs = node.fields.filter(({ number }) => number === 1);
	const at = source.below(inputs.length + 2);
	const replaced = inputs[at];
	if (replaced !== undefined) replaced.value = name;
	else node.fields.push({ number: 1, value: name });
};

/** What a few nodes make of constants alone, in place of an input: it is computed when the graph is read. */
const otherArithmetic: Damage = (root, source) => {
	const graph = oneMessage(root, "Graph", source);
	const replaced = oneMessage(root, "Node", source)?.fields.find(({ number }) => number === 1);
	if (graph === undefined || replaced === undefined) return;
	const id = source.below(1_000_000);
	const constant = (name: string): Uint8Array => {
		graph.fields.push({ number: 5, value: smallTensor(text(name), source) });
		return text(name);
	};
	const attribute = (): Field => {
		const fields = [{ number: 1, value: text(oneOf(attributeNames, source)) }, ...content(source)];
		return { number: 5, value: { type: "Attribute", fields } };
	};
	let made: Field["value"] = constant(`constant ${id}`);
	for (let step = source.below(4); step >= 0; step--) {
		const others = Array.from({ length: source.below(4) }, (_, index) => constant(`constant ${id} ${step} ${index}`));
		const inputs = [made, ...others];
		made = text(`made ${id} ${step}`);
		const fields: Field[] = [
			...inputs.map((value) => ({ number: 1, value })),
			{ number: 2, value: made },
			{ number: 4, value: text(oneOf(operators, source)) },
			...Array.from({ length: source.below(3) }, attribute),
		];
		graph.fields.push({ number: 1, value: { type: "Node", fields } });
	}
	replaced.value = made;
};

/** int64 or float32, of a few extreme or small elements; the shape fits them. */
function smallTensor(name: string | Uint8Array, source: Random): Message {
	const count = source.below(7);
	const isFloat = source.below(3) === 0;
	const dims = source.below(4) === 0 ? [1n, BigInt(count)] : [BigInt(count)];
	const values: Field[] = Array.from({ length: count }, () =>
		isFloat ? { number: 4, value: float(source) } : { number: 7, value: integer(source) },
	);
	return {
		type: "Tensor",
		fields: [
			...(count === 1 && source.below(2) === 0 ? [] : dims.map((value) => ({ number: 1, value }))),
			{ number: 2, value: isFloat ? 1n : 7n },
			{ number: 8, value: typeof name === "string" ? text(name) : name },
			...values,
		],
	};
}

/** As many nodes in a row as make whoever calls itself for each of them fall. */
const longChain: Damage = (root, source) => {
	const graph = oneMessage(root, "Graph", source);
	const first = oneMessage(root, "Node", source)?.fields.filter(({ number }) => number === 1) ?? [];
	if (graph === undefined || first.length === 0) return;
	const replaced = oneOf(first, source);
	const operator = text(oneOf(["Identity", "Relu", "Transpose", "Cast", "Neg", "Dropout"], source));
	const length = oneOf([50, 500, 5000, 10_000], source);
	let from = replaced.value;
	for (let index = 0; index < length; index++) {
		const output = text(`chain ${index}`);
		const fields: Field[] = [
			{ number: 1, value: from },
			{ number: 2, value: output },
			{ number: 4, value: operator },
		];
		graph.fields.push({ number: 1, value: { type: "Node", fields } });
		from = output;
	}
	replaced.value = from;
};

/** Ways that part and meet again, each time twice as many; or as many readers of one tensor. */
const manyWays: Damage = (root, source) => {
	const graph = oneMessage(root, "Graph", source);
	const replaced = oneMessage(root, "Node", source)?.fields.find(({ number }) => number === 1);
	if (graph === undefined || replaced === undefined) return;
	const add = (operator: string, inputs: readonly Field["value"][], output: string): Uint8Array => {
		const fields: Field[] = [
			...inputs.map((value) => ({ number: 1, value })),
			{ number: 2, value: text(output) },
			{ number: 4, value: text(operator) },
		];
		graph.fields.push({ number: 1, value: { type: "Node", fields } });
		return text(output);
	};
	let from = replaced.value;
	if (source.below(2) === 0) {
		for (let reader = 0; reader < 5000; reader++) add("Identity", [from], `reader ${reader}`);
		return;
	}
	const operator = oneOf(["Add", "Reshape", "Concat", "Max", "Expand"], source);
	for (let level = 0; level < 60; level++) {
		const [left, right] = [add("Identity", [from], `left ${level}`), add("Identity", [from], `right ${level}`)];
		from = add(operator, [left, right], `met ${level}`);
	}
	replaced.value = from;
};

/** Graphs within graphs, as attributes of nodes. */
const deepGraphs: Damage = (root, source) => {
	const node = oneMessage(root, "Node", source);
	let attribute: Message = { type: "Attribute", fields: [{ number: 1, value: text("body") }, ...content(source)] };
	for (let depth = oneOf([3, 63, 70, 600], source); depth > 0; depth--) {
		const inner: Message = {
			type: "Node",
			fields: [
				{ number: 4, value: text("If") },
				{ number: 5, value: attribute },
			],
		};
		const graph: Message = { type: "Graph", fields: [{ number: 1, value: inner }] };
		const fields = [
			{ number: 1, value: text("then_branch") },
			{ number: 6, value: graph },
			{ number: 20, value: 5n },
		];
		attribute = { type: "Attribute", fields };
	}
	node?.fields.push({ number: 5, value: attribute });
};

/** Functions that call each other, themselves, or each twice. */
const functions: Damage = (root, source) => {
	const called = oneMessage(root, "Node", source);
	if (called === undefined) return;
	const depth = oneOf([1, 3, 30, 80], source);
	const domain = text("own");
	for (let index = 0; index < depth; index++) {
		const next = source.below(4) === 0 ? 0 : index + 1;
		const call = (input: string, output: string): Field => ({
			number: 7,
			value: {
				type: "Node",
				fields: [
					{ number: 1, value: text(input) },
					{ number: 2, value: text(output) },
					{ number: 4, value: text(next < depth ? `f${next}` : "Identity") },
					...(next < depth ? [{ number: 7, value: domain }] : []),
				],
			},
		});
		const fields: Field[] = [
			{ number: 1, value: text(`f${index}`) },
			{ number: 10, value: domain },
			{ number: 4, value: text("x") },
			{ number: 5, value: text("y") },
			call("x", "m"),
			call("m", "y"),
		];
		root.fields.push({ number: 25, value: { type: "Function", fields } });
	}
	called.fields = [
		...called.fields.filter(({ number }) => number !== 4 && number !== 7),
		{ number: 4, value: text("f0") },
		{ number: 7, value: domain },
	];
};

const kinds: readonly Damage[] = [
	otherNumber,
	otherNumber,
	otherName,
	otherOperator,
	otherOperator,
	movedField,
	movedField,
	otherAttribute,
	otherAttribute,
	otherAttribute,
	otherTensor,
	otherTensor,
	otherWire,
	otherWire,
	otherShape,
	otherConstant,
	otherConstant,
	otherArithmetic,
	otherArithmetic,
	otherArithmetic,
	longChain,
	manyWays,
	deepGraphs,
	functions,
];

function anyMessage(root: Message, source: Random): Message {
	return oneOf(
		[...messagesByType(root).values()].map((messages) => oneOf(messages, source)),
		source,
	);
}

function oneMessage(root: Message, type: string, source: Random): Message | undefined {
	const messages = messagesByType(root).get(type) ?? [];
	return messages.length === 0 ? undefined : oneOf(messages, source);
}

/** Of a message of any type, each type as likely as any other. */
function oneField(root: Message, source: Random, isWanted: (field: Field) => boolean): Field | undefined {
	const fields = [...messagesByType(root).values()].flatMap((messages) => {
		const wanted = oneOf(messages, source).fields.filter(isWanted);
		return wanted.length === 0 ? [] : [oneOf(wanted, source)];
	});
	return fields.length === 0 ? undefined : oneOf(fields, source);
}

function shape(source: Random): Field[] {
	const count = source.below(12) === 0 ? 2000 : source.below(7);
	return Array.from({ length: count }, () => ({ number: 1, value: integer(source) }));
}

function integer(source: Random): bigint {
	return BigInt(source.below(2) === 0 ? source.below(12) - 3 : oneOf(extremeNumbers, source));
}

function float(source: Random): Field["value"] {
	const value = oneOf(
		[0, 1, -1, 0.5, 1e-45, 1e30, -1e30, Number.NaN, Number.POSITIVE_INFINITY, source.below(100)],
		source,
	);
	return { fixed: new Uint8Array(Float32Array.of(value).buffer) };
}

function text(value: string): Uint8Array {
	return new TextEncoder().encode(value);
}

const strings = [
	"SAME_UPPER",
	"VALID",
	"NOTSET",
	"linear",
	"cubic",
	"align_corners",
	"tf_crop_and_resize",
	"CRD",
	"add",
	"Relu",
	"ij,jk->ik",
	"...i->",
	"bhwc,hwk->",
	"reflect",
	"wrap",
	"\xff",
	"",
];

const attributeNames = [
	"axis",
	"axes",
	"perm",
	"pads",
	"strides",
	"dilations",
	"kernel_shape",
	"group",
	"to",
	"epsilon",
	"keepdims",
	"num_heads",
	"split",
	"num_outputs",
	"starts",
	"ends",
	"steps",
	"mode",
	"auto_pad",
	"ceil_mode",
	"value",
	"value_ints",
	"value_float",
	"equation",
	"blocksize",
	"alpha",
	"transA",
	"transB",
	"q_num_heads",
	"kv_num_heads",
	"scale",
	"output_padding",
	"output_shape",
	"allowzero",
	"sorted",
	"largest",
	"k",
	"batch_dims",
	"num_groups",
	"stash_type",
	"activation",
	"coordinate_transformation_mode",
	"nearest_mode",
	"size",
	"p",
	"upper",
	"exclusive",
	"block_size",
	"qkv_hidden_sizes",
	"noop_with_empty_axes",
	"count_include_pad",
];

/** Those with rules of their own, and some without. */
const operators = [
	"Add",
	"Mul",
	"MatMul",
	"Gemm",
	"Conv",
	"ConvTranspose",
	"AveragePool",
	"MaxPool",
	"LpPool",
	"GlobalAveragePool",
	"BatchNormalization",
	"LayerNormalization",
	"GroupNormalization",
	"InstanceNormalization",
	"LRN",
	"Softmax",
	"LogSoftmax",
	"Hardmax",
	"Reshape",
	"Flatten",
	"Squeeze",
	"Unsqueeze",
	"Transpose",
	"Concat",
	"Split",
	"Slice",
	"Gather",
	"GatherElements",
	"GatherND",
	"ScatterElements",
	"ScatterND",
	"Expand",
	"Tile",
	"Pad",
	"Resize",
	"Upsample",
	"DepthToSpace",
	"SpaceToDepth",
	"Range",
	"ConstantOfShape",
	"EyeLike",
	"Shape",
	"Size",
	"Cast",
	"Einsum",
	"ReduceMean",
	"ReduceSum",
	"ReduceMax",
	"ArgMax",
	"CumSum",
	"TopK",
	"Trilu",
	"Where",
	"Clip",
	"Dropout",
	"Identity",
	"Constant",
	"QuantizeLinear",
	"DequantizeLinear",
	"QLinearConv",
	"QLinearMatMul",
	"Attention",
	"Erf",
	"Gelu",
	"Pow",
	"PRelu",
	"MeanVarianceNormalization",
	"LpNormalization",
	"If",
	"Loop",
	"Scan",
	"NonZero",
	"NonMaxSuppression",
	"Unique",
	"Compress",
	"OneHot",
	"GridSample",
	"RoiAlign",
	"toString",
	"constructor",
	"__proto__",
];
