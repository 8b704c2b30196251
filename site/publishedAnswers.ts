/**
 * Answers queries from published files, where a site has no server: those of its figures, with the variables that they were
 * asked with, and questions about the schema itself. Anything else gets an error that says what to do. For browsers too.
 */
import {
	buildSchema,
	type DefinitionNode,
	type DocumentNode,
	GraphQLError,
	type GraphQLSchema,
	getOperationAST,
	getVariableValues,
	graphql,
	Kind,
	type OperationDefinitionNode,
	parse,
	print,
	stripIgnoredCharacters,
} from "graphql";

/** The file beside a published playground. */
export interface Published {
	/** Goes up when an older playground could not read it. */
	readonly format: 1;
	/** In the schema definition language, with its descriptions. */
	readonly schema: string;
	readonly queries: readonly PublishedQuery[];
}

export interface PublishedQuery {
	/** "Figure 1. Similarity of layers within a model". */
	readonly title: string;
	readonly query: string;
	readonly variables: Readonly<Record<string, unknown>>;
	/** Address of the answer, a response of GraphQL as JSON, from the playground's folder. */
	readonly answer: string;
	/** The answer's size in bytes as it is sent. */
	readonly answerBytes: number;
}

export interface PublishedRequest {
	readonly query: string;
	readonly variables?: Readonly<Record<string, unknown>> | null;
	readonly operationName?: string | null;
}

/** A response of GraphQL, as a reader of JSON finds it. */
export interface PublishedAnswer {
	readonly data?: unknown;
	readonly errors?: readonly unknown[];
}

/**
 * Queries are the same if nothing but blanks, commas, comments and their names differ, and variables if the schema makes the
 * same values of them: what is left out takes its default.
 *
 * @param read fetches an answer by its address
 */
export function publishedAnswers(
	{ schema: language, queries }: Published,
	read: (address: string) => Promise<PublishedAnswer>,
): (request: PublishedRequest) => Promise<PublishedAnswer> {
	const schema = buildSchema(language);
	const known = queries.map((item) => ({ ...item, identity: identityOf(schema, item) }));
	return async (request) => {
		const { query, variables = null, operationName = null } = request;
		try {
			const document = parse(query);
			const operation = getOperationAST(document, operationName);
			if (operation == null) throw new GraphQLError("there is no operation, or several and none is named");
			if (isAboutSchema(operation)) {
				return await graphql({ schema, source: query, variableValues: variables, operationName });
			}
			const identity = identityOf(schema, request);
			const found = known.find((item) => item.identity.all === identity.all);
			if (found !== undefined) return await read(found.answer);
			const others = known.filter((item) => item.identity.text === identity.text);
			return { errors: [others.length === 0 ? unknownQuery(known) : otherVariables(others)] };
		} catch (error) {
			return { errors: [error instanceof GraphQLError ? error.toJSON() : { message: String(error) }] };
		}
	};
}

const hint = 'On your own machine "npx sightline serve" opens a playground that answers any query.';

function unknownQuery(known: readonly PublishedQuery[]): object {
	return {
		message:
			"This site has no server: it holds the answers to the queries of its figures, and this query is none of them.",
		extensions: { code: "NOT_PUBLISHED", hint, published: known.map(({ title }) => title) },
	};
}

function otherVariables(those: readonly PublishedQuery[]): object {
	return {
		message:
			"This site has no server: it holds the answer to this query with the variables that its figure was made with, and these are others.",
		extensions: {
			code: "NOT_PUBLISHED",
			hint,
			published: those.map(({ title, variables }) => ({ title, variables })),
		},
	};
}

/** Every field at its top asks what types there are. */
function isAboutSchema({ selectionSet: { selections } }: OperationDefinitionNode): boolean {
	return selections.every((field) => field.kind === Kind.FIELD && field.name.value.startsWith("__"));
}

/** What makes two requests the same: of their text, and of text and variables together. */
function identityOf(
	schema: GraphQLSchema,
	{ query, variables, operationName }: PublishedRequest,
): { readonly text: string; readonly all: string } {
	const document = parse(query);
	const operation = getOperationAST(document, operationName);
	const text = stripIgnoredCharacters(print(withoutName(document, operation)));
	const { coerced, errors } = getVariableValues(schema, operation?.variableDefinitions ?? [], variables ?? {});
	if (errors !== undefined) throw errors[0];
	return { text, all: `${text} ${JSON.stringify(sorted(coerced))}` };
}

/** An operation's own name says nothing of what it asks; other operations of the document are left out. */
function withoutName(document: DocumentNode, operation: OperationDefinitionNode | null | undefined): DocumentNode {
	return {
		...document,
		definitions: document.definitions.flatMap((node): DefinitionNode[] => {
			if (node.kind !== Kind.OPERATION_DEFINITION) return [node];
			if (node !== operation) return [];
			const { name: _, ...unnamed } = node;
			return [unnamed];
		}),
	};
}

/** With the keys of all objects in one order. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, item]) => [key, sorted(item)]),
	);
}
