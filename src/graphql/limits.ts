/**
 * What one operation may ask for. The numbers leave room for a whole report in one request and for the paper's largest
 * setting (10 240 images in batches of 1 024), and stop floods: of tokens in the parser, of depth and of answer fields
 * before anything runs, of images before a model runs.
 */
import {
	type DocumentNode,
	type FieldNode,
	GraphQLError,
	type GraphQLField,
	GraphQLList,
	GraphQLNonNull,
	type GraphQLObjectType,
	type GraphQLSchema,
	getNamedType,
	isObjectType,
	isType,
	Kind,
	type OperationDefinitionNode,
	SchemaMetaFieldDef,
	type SelectionSetNode,
	TypeMetaFieldDef,
} from "graphql";

export const limits = {
	/** Of a document: names, punctuation, values. */
	tokens: 5000,
	/** Fields inside fields. */
	depth: 16,
	/** Fields that an answer may hold (schema/limits.graphql). */
	cost: 500_000,
	/** In one field's `images.count`. */
	imagesPerField: 100_000,
	batchSize: 2048,
	/** CKA keeps a number for each pair of images in a batch. */
	imagesTimesBatch: 2 ** 24,
	/** Of a probe: images of each class, choices of them, and values of l2. */
	shots: 1000,
	seeds: 100,
	ridges: 32,
	/** Bytes of the features that one field's probes read: a gibibyte. */
	probeBytes: 2 ** 30,
	/** That one operation may send through models, added over its passes. */
	imagesPerOperation: 400_000,
} as const;

/** @returns an error with the number and the limit where an operation is too deep or too costly */
export function excessOf(
	schema: GraphQLSchema,
	document: DocumentNode,
	operation: OperationDefinitionNode,
): GraphQLError | undefined {
	const { cost, depth } = extentOf(schema, document, operation);
	if (depth > limits.depth) return limitError("depth", depth, limits.depth, "Ask for less deeply nested fields.");
	if (cost > limits.cost)
		return limitError("cost", cost, limits.cost, "Ask for fewer fields of long lists, or in several requests.");
	return undefined;
}

/** The parser's own error about too many tokens with a code and the limit; undefined for any other. */
export function tokenExcessOf(message: string): GraphQLError | undefined {
	if (!message.includes(`more that ${limits.tokens} tokens`)) return undefined; // graphql-js spells it so
	return new GraphQLError(`the document has more than ${limits.tokens} tokens`, {
		extensions: {
			code: "LIMIT",
			limit: limits.tokens,
			hint: "Put long lists into variables, or ask in several requests.",
			http: { status: 400 },
		},
	});
}

function limitError(what: string, given: number, limit: number, hint: string): GraphQLError {
	return new GraphQLError(`the operation's ${what} is ${given}; at most ${limit} is allowed`, {
		extensions: { code: "LIMIT", given, limit, hint, http: { status: 400 } },
	});
}

/** How large an answer may be. An upper bound: @skip and @include are not looked at, and a field asked twice counts twice. */
export interface Extent {
	/** Fields, each as often as the lists above it have items. */
	readonly cost: number;
	readonly depth: number;
}

/** `document` must be valid: fragments exist and hold no cycle. Each fragment is looked at once. */
export function extentOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Extent {
	const root = schema.getRootType(operation.operation);
	const fragments = new Map<string, Extent>();

	function ofSet(set: SelectionSetNode, type: GraphQLObjectType): Extent {
		let [cost, depth] = [0, 0];
		for (const selection of set.selections) {
			const extent =
				selection.kind === Kind.FIELD
					? ofField(selection, type)
					: selection.kind === Kind.FRAGMENT_SPREAD
						? ofFragment(selection.name.value)
						: ofSet(selection.selectionSet, typeNamed(selection.typeCondition?.name.value) ?? type);
			cost += extent.cost;
			depth = Math.max(depth, extent.depth);
		}
		return { cost, depth };
	}

	function ofField(node: FieldNode, parent: GraphQLObjectType): Extent {
		const field = fieldOf(schema, parent, node.name.value);
		const type = field && getNamedType(field.type);
		const inner = node.selectionSet && isObjectType(type) ? ofSet(node.selectionSet, type) : { cost: 0, depth: 0 };
		const [items, weight] = field ? [itemsOf(field), numberOf(field, "cost", "weight") ?? 1] : [1, 1];
		return { cost: items * (weight + inner.cost), depth: 1 + inner.depth };
	}

	function ofFragment(name: string): Extent {
		const known = fragments.get(name);
		if (known !== undefined) return known;
		const fragment = document.definitions.find(
			(node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name,
		);
		const type = fragment?.kind === Kind.FRAGMENT_DEFINITION ? typeNamed(fragment.typeCondition.name.value) : undefined;
		const extent =
			fragment?.kind === Kind.FRAGMENT_DEFINITION && type ? ofSet(fragment.selectionSet, type) : { cost: 0, depth: 0 };
		fragments.set(name, extent);
		return extent;
	}

	function typeNamed(name: string | undefined): GraphQLObjectType | undefined {
		const type = name === undefined ? undefined : schema.getType(name);
		return isType(type) && isObjectType(type) ? type : undefined;
	}

	return root == null ? { cost: 0, depth: 0 } : ofSet(operation.selectionSet, root);
}

function fieldOf(schema: GraphQLSchema, parent: GraphQLObjectType, name: string) {
	if (parent === schema.getQueryType() && name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
	if (parent === schema.getQueryType() && name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
	return parent.getFields()[name];
}

type Field = GraphQLField<unknown, unknown>;

/** Lists of the language's own types (introspection) carry no @listSize and count as ten. */
function itemsOf(field: Field): number {
	const type = field.type instanceof GraphQLNonNull ? field.type.ofType : field.type;
	if (!(type instanceof GraphQLList) || !isObjectType(getNamedType(type))) return 1;
	return numberOf(field, "listSize", "assumedSize") ?? 10;
}

/** The number that a directive of the schema gives a field. */
function numberOf(field: Field, directive: string, argument: string): number | undefined {
	const node = field.astNode?.directives?.find(({ name }) => name.value === directive);
	const value = node?.arguments?.find(({ name }) => name.value === argument)?.value;
	return value?.kind === Kind.INT ? Number(value.value) : undefined;
}
